// What cuBLASLt is asked, without it: its functions stand here, and multiply in double precision by
// the descriptors they were given.
#include "kernels/cuda/cublas_lt.h"

#include <cublasLt.h>

#include <cstring>
#include <map>

#include "kernels/formats/half.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

namespace {

struct Layout {
    cudaDataType type;
    std::uint64_t rows, columns;
    std::int64_t stride;
};

// Of the one test that runs.
struct Seen {
    int open_descriptors = 0;
    int handles = 0;
    bool transposed = false;
    cublasComputeType_t compute{};
    std::map<int, std::uint64_t> preferences;
    bool no_algorithm = false;
    bool no_handle = false;
} seen;

cublasStatus_t create(cublasLtHandle_t* handle) {
    if (seen.no_handle) return CUBLAS_STATUS_NOT_INITIALIZED;
    ++seen.handles;
    *handle = reinterpret_cast<cublasLtHandle_t>(&seen);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t destroy(cublasLtHandle_t) {
    --seen.handles;
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t make_matmul(cublasLtMatmulDesc_t* made, cublasComputeType_t compute,
                           cudaDataType_t) {
    ++seen.open_descriptors;
    seen.compute = compute;
    *made = reinterpret_cast<cublasLtMatmulDesc_t>(new int);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t drop_matmul(cublasLtMatmulDesc_t made) {
    --seen.open_descriptors;
    delete reinterpret_cast<int*>(made);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t set_matmul(cublasLtMatmulDesc_t, cublasLtMatmulDescAttributes_t attribute,
                          const void* value, std::size_t bytes) {
    if (attribute != CUBLASLT_MATMUL_DESC_TRANSA || bytes != sizeof(cublasOperation_t)) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    seen.transposed = *static_cast<const cublasOperation_t*>(value) == CUBLAS_OP_T;
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t make_layout(cublasLtMatrixLayout_t* made, cudaDataType type, std::uint64_t rows,
                           std::uint64_t columns, std::int64_t stride) {
    ++seen.open_descriptors;
    *made = reinterpret_cast<cublasLtMatrixLayout_t>(new Layout{type, rows, columns, stride});
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t drop_layout(cublasLtMatrixLayout_t made) {
    --seen.open_descriptors;
    delete reinterpret_cast<Layout*>(made);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t make_preference(cublasLtMatmulPreference_t* made) {
    ++seen.open_descriptors;
    *made = reinterpret_cast<cublasLtMatmulPreference_t>(new int);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t drop_preference(cublasLtMatmulPreference_t made) {
    --seen.open_descriptors;
    delete reinterpret_cast<int*>(made);
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t set_preference(cublasLtMatmulPreference_t,
                              cublasLtMatmulPreferenceAttributes_t attribute, const void* value,
                              std::size_t bytes) {
    std::uint64_t number = 0;
    std::memcpy(&number, value, bytes);
    seen.preferences[attribute] = number;
    return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t choose(cublasLtHandle_t, cublasLtMatmulDesc_t, cublasLtMatrixLayout_t,
                      cublasLtMatrixLayout_t, cublasLtMatrixLayout_t, cublasLtMatrixLayout_t,
                      cublasLtMatmulPreference_t, int, cublasLtMatmulHeuristicResult_t* results,
                      int* found) {
    *found = seen.no_algorithm ? 0 : 1;
    results[0].algo.data[0] = 42;
    return seen.no_algorithm ? CUBLAS_STATUS_NOT_SUPPORTED : CUBLAS_STATUS_SUCCESS;
}

double at(const Layout& layout, const void* memory, std::uint64_t row, std::uint64_t column) {
    const std::uint64_t place = column * static_cast<std::uint64_t>(layout.stride) + row;
    return layout.type == CUDA_R_16F
               ? half_to_float(static_cast<const std::uint16_t*>(memory)[place])
               : static_cast<const float*>(memory)[place];
}

cublasStatus_t matmul(cublasLtHandle_t, cublasLtMatmulDesc_t, const void* alpha, const void* a,
                      cublasLtMatrixLayout_t a_layout, const void* b,
                      cublasLtMatrixLayout_t b_layout, const void* beta, const void* c,
                      cublasLtMatrixLayout_t, void* d, cublasLtMatrixLayout_t d_layout,
                      const cublasLtMatmulAlgo_t* algorithm, void*, std::size_t bytes,
                      cudaStream_t) {
    const auto& left = *reinterpret_cast<const Layout*>(a_layout);
    const auto& right = *reinterpret_cast<const Layout*>(b_layout);
    const auto& out = *reinterpret_cast<const Layout*>(d_layout);
    if (algorithm->data[0] != 42 || bytes != kMatrixLibraryBytes || c != d ||
        *static_cast<const float*>(alpha) != 1.0f || *static_cast<const float*>(beta) != 0.0f ||
        out.type != CUDA_R_32F || left.rows != right.rows || left.columns != out.rows ||
        right.columns != out.columns) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    for (std::uint64_t column = 0; column < out.columns; ++column) {
        for (std::uint64_t row = 0; row < out.rows; ++row) {
            double sum = 0;
            for (std::uint64_t k = 0; k < left.rows; ++k) {
                sum += at(left, a, k, row) * at(right, b, k, column);
            }
            static_cast<float*>(d)[column * out.stride + row] = static_cast<float>(sum);
        }
    }
    return CUBLAS_STATUS_SUCCESS;
}

const std::map<std::string, void*>& symbols() {
    static const std::map<std::string, void*> all = {
        {"cublasLtCreate", reinterpret_cast<void*>(create)},
        {"cublasLtDestroy", reinterpret_cast<void*>(destroy)},
        {"cublasLtMatmulDescCreate", reinterpret_cast<void*>(make_matmul)},
        {"cublasLtMatmulDescDestroy", reinterpret_cast<void*>(drop_matmul)},
        {"cublasLtMatmulDescSetAttribute", reinterpret_cast<void*>(set_matmul)},
        {"cublasLtMatrixLayoutCreate", reinterpret_cast<void*>(make_layout)},
        {"cublasLtMatrixLayoutDestroy", reinterpret_cast<void*>(drop_layout)},
        {"cublasLtMatmulPreferenceCreate", reinterpret_cast<void*>(make_preference)},
        {"cublasLtMatmulPreferenceDestroy", reinterpret_cast<void*>(drop_preference)},
        {"cublasLtMatmulPreferenceSetAttribute", reinterpret_cast<void*>(set_preference)},
        {"cublasLtMatmulAlgoGetHeuristic", reinterpret_cast<void*>(choose)},
        {"cublasLtMatmul", reinterpret_cast<void*>(matmul)}};
    return all;
}

// A machine where only the library of this name is there, perhaps without a function.
LibraryLoader machine_with(const std::string& present, std::vector<std::string>& tried,
                           const std::string& lacking = {}) {
    return {[&tried, present](const std::string& name) -> void* {
                tried.push_back(name);
                return name == present ? &seen : nullptr;
            },
            [lacking](void*, const char* name) -> void* {
                return name == lacking ? nullptr : symbols().at(name);
            }};
}

}  // namespace

class CublasLtTest : public QObject {
    Q_OBJECT

private slots:
    void init() { seen = {}; }

    void names_go_from_new_to_old_and_not_beyond_the_driver() {
        const auto names = cublas_lt_names(12040);
        QCOMPARE(names.size(), std::size_t(4));
        QCOMPARE(names[0], std::string("libcublasLt.so.12"));
        QCOMPARE(names[2], std::string("libcublasLt.so.11"));
        QCOMPARE(cublas_lt_names(13000).front(), std::string("libcublasLt.so.13"));
        QVERIFY(cublas_lt_names(0).empty());
    }

    void what_cannot_be_used_is_passed_over() {
        std::vector<std::string> tried;
        QVERIFY(open_cublas_lt(machine_with("nothing", tried), 13000, nullptr) == nullptr);
        QCOMPARE(tried.size(), std::size_t(6));
        QVERIFY(open_cublas_lt(machine_with("libcublasLt.so.12", tried), 13000, nullptr));
        QVERIFY(open_cublas_lt(machine_with("libcublasLt.so.12", tried, "cublasLtMatmul"), 13000,
                               nullptr) == nullptr);
        seen.no_handle = true;
        QVERIFY(open_cublas_lt(machine_with("libcublasLt.so.12", tried), 13000, nullptr) ==
                nullptr);
        QCOMPARE(seen.handles, 0);
    }

    void shapes_and_strides_give_the_product() {
        const int m = 37, n = 65, k = 96;
        const auto w = random_values(m * k, 1);
        const auto x = random_values(n * (k + 4), 2);
        std::vector<std::uint16_t> w_half, x_half;
        for (const float value : w) w_half.push_back(half_from_float(value));
        for (const float value : x) x_half.push_back(half_from_float(value));
        std::vector<std::string> tried;
        const auto library =
            open_cublas_lt(machine_with("libcublasLt.so.13", tried), 13000, nullptr);
        QVERIFY(library);
        for (const bool half : {false, true}) {
            std::vector<float> out(n * (m + 11), NAN);
            MatrixProduct product;
            product.element = half ? MatrixProduct::Element::Half : MatrixProduct::Element::Float;
            product.weight = half ? static_cast<const void*>(w_half.data()) : w.data();
            product.x = half ? static_cast<const void*>(x_half.data()) : x.data();
            product.out = out.data();
            product.m = m;
            product.n = n;
            product.k = k;
            product.weight_stride = k;
            product.x_stride = k + 4;
            product.out_stride = m + 11;
            QCOMPARE(library->multiply(nullptr, product), 0);
            QVERIFY(seen.transposed);
            QCOMPARE(int(seen.compute), int(CUBLAS_COMPUTE_32F));
            std::vector<float> got;
            std::vector<double> expected;
            for (int t = 0; t < n; ++t) {
                for (int r = 0; r < m; ++r) {
                    double sum = 0;
                    for (int c = 0; c < k; ++c) sum += double(w[r * k + c]) * x[t * (k + 4) + c];
                    expected.push_back(sum);
                    got.push_back(out[t * (m + 11) + r]);
                }
            }
            QVERIFY(relative_error(got, expected) <= (half ? 1e-6 : 1e-12));
        }
        QCOMPARE(seen.open_descriptors, 0);
    }

    void the_library_is_told_the_true_alignment() {
        std::vector<std::string> tried;
        const auto library =
            open_cublas_lt(machine_with("libcublasLt.so.13", tried), 13000, nullptr);
        QVERIFY(library);
        alignas(512) static float memory[1024];
        MatrixProduct product;
        product.element = MatrixProduct::Element::Float;
        product.weight = memory;
        product.x = memory + 4;
        product.out = memory + 32 + 256;
        product.m = product.n = product.k = 1;
        product.weight_stride = product.x_stride = product.out_stride = 1;
        QCOMPARE(library->multiply(nullptr, product), 0);
        QCOMPARE(seen.preferences[CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES], std::uint64_t(256));
        QCOMPARE(seen.preferences[CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES], std::uint64_t(16));
        QCOMPARE(seen.preferences[CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES], std::uint64_t(128));
        QCOMPARE(seen.preferences[CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES],
                 std::uint64_t(kMatrixLibraryBytes));
    }

    void no_algorithm_is_no_error_of_the_program() {
        std::vector<std::string> tried;
        const auto library =
            open_cublas_lt(machine_with("libcublasLt.so.13", tried), 13000, nullptr);
        seen.no_algorithm = true;
        MatrixProduct product;
        product.m = product.n = product.k = 1;
        QVERIFY(library->multiply(nullptr, product) != 0);
        QCOMPARE(seen.open_descriptors, 0);
    }
};

DEEPWELL_TEST(CublasLtTest)
#include "cublas_lt_test.moc"
