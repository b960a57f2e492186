#!/usr/bin/env bash
# On a machine with an NVIDIA card and nvcc: builds for its architecture and runs everything that
# needs it: kernels, tiny models against the processor, the bench.
#   tests/gpu/run.sh [MODEL.gguf]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v nvcc >/dev/null || { echo "nvcc is absent: install the CUDA toolkit, then run this again"; exit 1; }
architecture=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -n 1 | tr -d .)
cmake --preset release -DDEEPWELL_CUDA=ON -DDEEPWELL_CUDA_ARCHITECTURE="$architecture" -DDEEPWELL_UI=OFF
cmake --build build/release
bin=build/release/bin
"$bin/deepwell-cli" devices
DEEPWELL_TEST_DEVICE=cuda ctest --test-dir build/release --output-on-failure -R 'card'
if [ $# -gt 0 ]; then
    "$bin/deepwell-cli" bench "$1" --device cuda --json
else
    for mix in Q4_K_M Q8_0; do
        "$bin/deepwell-cli" bench --shape R1-Distill-Qwen-1.5B --quant "$mix" --device cuda --json
        "$bin/deepwell-cli" bench --shape R1-Distill-Qwen-7B --quant "$mix" --device cuda --json
    done
fi
