#include "kernels/cuda/cublas_lt.h"

#include <cublasLt.h>
#include <dlfcn.h>

namespace deepwell::kernels::cuda {
namespace {

// Only calls whose structures have been the same since CUDA 11.
struct Functions {
    decltype(&cublasLtCreate) create;
    decltype(&cublasLtDestroy) destroy;
    decltype(&cublasLtMatmulDescCreate) make_matmul;
    decltype(&cublasLtMatmulDescDestroy) drop_matmul;
    decltype(&cublasLtMatmulDescSetAttribute) set_matmul;
    decltype(&cublasLtMatrixLayoutCreate) make_layout;
    decltype(&cublasLtMatrixLayoutDestroy) drop_layout;
    decltype(&cublasLtMatmulPreferenceCreate) make_preference;
    decltype(&cublasLtMatmulPreferenceDestroy) drop_preference;
    decltype(&cublasLtMatmulPreferenceSetAttribute) set_preference;
    decltype(&cublasLtMatmulAlgoGetHeuristic) choose;
    decltype(&cublasLtMatmul) matmul;
};

bool find_all(const LibraryLoader& loader, void* library, Functions& functions) {
    const auto find = [&](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(
            loader.symbol(library, name));
        return function != nullptr;
    };
    return find("cublasLtCreate", functions.create) && find("cublasLtDestroy", functions.destroy) &&
           find("cublasLtMatmulDescCreate", functions.make_matmul) &&
           find("cublasLtMatmulDescDestroy", functions.drop_matmul) &&
           find("cublasLtMatmulDescSetAttribute", functions.set_matmul) &&
           find("cublasLtMatrixLayoutCreate", functions.make_layout) &&
           find("cublasLtMatrixLayoutDestroy", functions.drop_layout) &&
           find("cublasLtMatmulPreferenceCreate", functions.make_preference) &&
           find("cublasLtMatmulPreferenceDestroy", functions.drop_preference) &&
           find("cublasLtMatmulPreferenceSetAttribute", functions.set_preference) &&
           find("cublasLtMatmulAlgoGetHeuristic", functions.choose) &&
           find("cublasLtMatmul", functions.matmul);
}

// A descriptor of the library, given back at the end.
template <class Pointer>
class Owned {
public:
    explicit Owned(cublasStatus_t (*drop)(Pointer)) : drop_(drop) {}
    ~Owned() {
        if (pointer != nullptr) drop_(pointer);
    }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;

    Pointer pointer = nullptr;

private:
    cublasStatus_t (*drop_)(Pointer);
};

// What the library may count on: the largest power of two up to 256 that divides the address.
std::uint32_t alignment_of(const void* memory) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory) | 256u;
    return static_cast<std::uint32_t>(address & (~address + 1));
}

class CublasLt final : public MatrixLibrary {
public:
    CublasLt(const Functions& functions, cublasLtHandle_t handle, void* workspace)
        : functions_(functions), handle_(handle), workspace_(workspace) {}
    ~CublasLt() override { functions_.destroy(handle_); }

    int multiply(StreamHandle stream, const MatrixProduct& product) override {
        Owned<cublasLtMatmulDesc_t> matmul(functions_.drop_matmul);
        Owned<cublasLtMatrixLayout_t> weight(functions_.drop_layout);
        Owned<cublasLtMatrixLayout_t> x(functions_.drop_layout);
        Owned<cublasLtMatrixLayout_t> out(functions_.drop_layout);
        Owned<cublasLtMatmulPreference_t> preference(functions_.drop_preference);
        // The library counts column after column: what lies here row after row is transposed there.
        // out^T [m, n] = (weight^T [k, m])^T x^T [k, n].
        const cudaDataType_t type =
            product.element == MatrixProduct::Element::Half ? CUDA_R_16F : CUDA_R_32F;
        const cublasOperation_t transposed = CUBLAS_OP_T;
        const auto m = static_cast<std::uint64_t>(product.m);
        const auto n = static_cast<std::uint64_t>(product.n);
        const auto k = static_cast<std::uint64_t>(product.k);
        const bool described =
            ok(functions_.make_matmul(&matmul.pointer, CUBLAS_COMPUTE_32F, CUDA_R_32F)) &&
            ok(functions_.set_matmul(matmul.pointer, CUBLASLT_MATMUL_DESC_TRANSA, &transposed,
                                     sizeof transposed)) &&
            ok(functions_.make_layout(&weight.pointer, type, k, m, product.weight_stride)) &&
            ok(functions_.make_layout(&x.pointer, type, k, n, product.x_stride)) &&
            ok(functions_.make_layout(&out.pointer, CUDA_R_32F, m, n, product.out_stride)) &&
            ok(functions_.make_preference(&preference.pointer)) &&
            prefer(preference.pointer, product);
        if (!described) return 1;

        cublasLtMatmulHeuristicResult_t chosen{};
        int found = 0;
        if (!ok(functions_.choose(handle_, matmul.pointer, weight.pointer, x.pointer, out.pointer,
                                  out.pointer, preference.pointer, 1, &chosen, &found)) ||
            found < 1) {
            return 1;
        }
        const float one = 1.0f;
        const float zero = 0.0f;
        return functions_.matmul(handle_, matmul.pointer, &one, product.weight, weight.pointer,
                                 product.x, x.pointer, &zero, product.out, out.pointer, product.out,
                                 out.pointer, &chosen.algo, workspace_, kMatrixLibraryBytes,
                                 static_cast<cudaStream_t>(stream));
    }

private:
    static bool ok(cublasStatus_t status) { return status == CUBLAS_STATUS_SUCCESS; }

    bool prefer(cublasLtMatmulPreference_t preference, const MatrixProduct& product) const {
        const auto set = [&](cublasLtMatmulPreferenceAttributes_t attribute, const auto& value) {
            return ok(functions_.set_preference(preference, attribute, &value, sizeof value));
        };
        const std::uint64_t bytes = kMatrixLibraryBytes;
        return set(CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, bytes) &&
               set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, alignment_of(product.weight)) &&
               set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, alignment_of(product.x)) &&
               set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, alignment_of(product.out)) &&
               set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, alignment_of(product.out));
    }

    Functions functions_;
    cublasLtHandle_t handle_;
    void* workspace_;
};

}  // namespace

std::vector<std::string> cublas_lt_names(int driver_version) {
    std::vector<std::string> names;
    for (const int major : {13, 12, 11}) {
        if (major > driver_version / 1000) continue;
        const std::string name = "libcublasLt.so." + std::to_string(major);
        names.push_back(name);
        names.push_back("/usr/local/cuda/lib64/" + name);
    }
    return names;
}

std::unique_ptr<MatrixLibrary> open_cublas_lt(const LibraryLoader& loader, int driver_version,
                                              void* workspace) {
    for (const std::string& name : cublas_lt_names(driver_version)) {
        void* const library = loader.open(name);
        Functions functions{};
        cublasLtHandle_t handle = nullptr;
        if (library != nullptr && find_all(loader, library, functions) &&
            functions.create(&handle) == CUBLAS_STATUS_SUCCESS) {
            return std::make_unique<CublasLt>(functions, handle, workspace);
        }
    }
    return nullptr;
}

// The library stays open once it is: it keeps threads and memory that outlive its handles.
OpenMatrixLibrary matrix_library_opener() {
    const LibraryLoader system = {
        [](const std::string& name) { return dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL); },
        [](void* library, const char* name) { return dlsym(library, name); }};
    return [system](void* workspace) {
        return open_cublas_lt(system, list_devices().driver_version, workspace);
    };
}

}  // namespace deepwell::kernels::cuda
