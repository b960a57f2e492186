#include "kernels/cuda/code_books.h"

#include <algorithm>
#include <iterator>

#include "kernels/formats/code_books.h"

namespace deepwell::kernels::cuda {
namespace {

template <class Entry, int kCount>
void copy(const Entry (&from)[kCount], Entry (&to)[kCount]) {
    std::copy(std::begin(from), std::end(from), to);
}

}  // namespace

CodeBooks code_books() {
    CodeBooks books;
    copy(kIq2XxsGrid, books.iq2_xxs);
    copy(kIq2XsGrid, books.iq2_xs);
    copy(kIq2SGrid, books.iq2_s);
    copy(kIq3XxsGrid, books.iq3_xxs);
    copy(kIq3SGrid, books.iq3_s);
    copy(kIq1SGrid, books.iq1);
    copy(kIq4Values, books.iq4);
    copy(kMxfp4Values, books.mxfp4);
    return books;
}

}  // namespace deepwell::kernels::cuda
