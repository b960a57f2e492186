// matrix_library.h by cuBLASLt, opened by name: a start must not need a library of 500 MB.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernels/cuda/matrix_library.h"

namespace deepwell::kernels::cuda {

// dlopen and dlsym; tests have others.
struct LibraryLoader {
    std::function<void*(const std::string& name)> open;
    std::function<void*(void* library, const char* name)> symbol;
};

// Names to try, the newest first. A library of a newer CUDA than the driver's does not run.
std::vector<std::string> cublas_lt_names(int driver_version);

// `workspace`: kMatrixLibraryBytes of the card's memory. Null where no library can be used.
std::unique_ptr<MatrixLibrary> open_cublas_lt(const LibraryLoader& loader, int driver_version,
                                              void* workspace);

}  // namespace deepwell::kernels::cuda
