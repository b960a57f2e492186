#!/usr/bin/env bash
# Builds and runs the suite under GCC's sanitizers (presets tsan and asan, without the window).
#
#   tests/sanitizers/run.sh threads [NAMES]   data races, in all that has threads
#   tests/sanitizers/run.sh memory [NAMES]    memory, leaks and undefined behaviour, in everything
#
# NAMES: test programs, instead of all of the kind. JOBS sets how many run and compile at a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# The emulator's fibers mean nothing to the thread sanitizer, so what runs on the card stays out.
threads=(test_kernels_cpu test_engine_tokenizer test_engine_session test_app_base test_app_storage
    test_app_generation test_app_inference test_app_models test_app_exchange test_app_rendering
    test_app_cli)
memory=(test_kernels_formats test_kernels_cpu test_kernels_emulator test_kernels_cuda
    test_engine_base test_engine_gguf test_engine_tokenizer test_engine_prompt test_engine_sampling
    test_engine_models test_engine_session test_engine_thinking test_engine_backend_card
    test_app_base test_app_conversations test_app_storage test_app_problems test_app_generation
    test_app_inference test_app_models test_app_exchange test_app_rendering test_app_cli
    replay_gguf replay_tokenizer replay_template)

case "${1:-}" in
    threads) preset=tsan names=("${threads[@]}") ;;
    memory) preset=asan names=("${memory[@]}") ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
shift
[ $# -eq 0 ] || names=("$@")

jobs=${JOBS:-$(nproc)}
cmake --preset "$preset" -DDEEPWELL_UI=OFF >/dev/null
cmake --build --preset "$preset" --parallel "$jobs" --target "${names[@]}"
ctest --preset "$preset" --parallel "$jobs" --no-tests=error \
    --tests-regex "^($(IFS='|'; echo "${names[*]}"))\$"
