#!/usr/bin/env bash
# What only a machine with an NVIDIA card can show, in one command: builds for its architecture, then
# runs the kernels' tests on the card, tiny models against the processor, and the bench.
#
#   tests/gpu/run.sh [MODEL.gguf]      a model adds its own bench
#   tests/gpu/run.sh --dry-run         the same steps with the emulated card, where there is none
#
# BUILD_DIR names another build folder than build/release. The figures go to the screen, one JSON line
# a bench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '\n== %s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# The toolkit's usual place is not always in the PATH.
find_nvcc() {
    command -v nvcc || { [ -x /usr/local/cuda/bin/nvcc ] && echo /usr/local/cuda/bin/nvcc; } ||
        stop "nvcc is absent: install the CUDA toolkit (Debian: nvidia-cuda-toolkit), then run this again."
}

# The card's architecture, "86"; the newest that this nvcc knows where the card is newer (the driver
# then compiles the rest from PTX).
architecture_for() {
    local nvcc=$1 card newest
    card=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -n 1 | tr -d '. ')
    newest=$("$nvcc" --list-gpu-code | sed -n 's/^sm_\([0-9]*\)$/\1/p' | sort -n | tail -n 1)
    [ "$card" -le "$newest" ] && echo "$card" || echo "$newest"
}

model=
device=cuda
case "${1:-}" in
    --dry-run) device=emulation ;;
    -*) stop "usage: tests/gpu/run.sh [MODEL.gguf | --dry-run]" ;;
    *) model=${1:-} ;;
esac
[ -z "$model" ] || [ -f "$model" ] || stop "There is no file $model."
build=${BUILD_DIR:-build/release}

if [ "$device" = cuda ]; then
    nvidia-smi -L || stop "The NVIDIA driver does not answer (nvidia-smi -L)."
    nvcc=$(find_nvcc)
    say "Build for compute $(architecture_for "$nvcc")"
    cmake --preset release -B "$build" -DDEEPWELL_UI=OFF -DDEEPWELL_CUDA=ON \
        -DCMAKE_CUDA_COMPILER="$nvcc" -DDEEPWELL_CUDA_ARCHITECTURE="$(architecture_for "$nvcc")"
else
    say "Dry run: the emulated card"
    [ -f "$build/CMakeCache.txt" ] || cmake --preset release -B "$build" -DDEEPWELL_UI=OFF
fi
cmake --build "$build" --target deepwell-cli test_engine_backend_card test_kernels_cuda
[ "$device" = emulation ] || cmake --build "$build" --target deepwell-cuda test_kernels_on_card
cli=$build/bin/deepwell-cli

say "Devices"
"$cli" devices

say "Kernels"
if [ "$device" = cuda ]; then
    ctest --test-dir "$build" --output-on-failure -R '^test_kernels_on_card$'
else
    ctest --test-dir "$build" --output-on-failure -R '^test_kernels_cuda$'
fi

say "Tiny models against the processor"
DEEPWELL_TEST_DEVICE=$device ctest --test-dir "$build" --output-on-failure -R '^test_engine_backend_card$'

say "Bench"
if [ "$device" = emulation ]; then
    "$cli" bench --shape R1-Distill-Qwen-1.5B --layers 1 --quant Q4_0 -p 2 -n 1 -r 1 \
        --device "$device" --json
    exit 0
fi
[ -z "$model" ] || "$cli" bench "$model" --device "$device" --json
for shape in R1-Distill-Qwen-1.5B R1-Distill-Qwen-7B; do
    for mix in Q4_K_M Q8_0; do
        "$cli" bench --shape "$shape" --quant "$mix" --device "$device" --json
    done
done
