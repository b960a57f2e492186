#!/usr/bin/env bash
# The whole tree is formatted by .clang-format. To mend: clang-format -i FILE
set -euo pipefail
cd "$1"
git ls-files '*.h' '*.cpp' '*.cu' '*.cuh' |
    xargs -r clang-format --dry-run --Werror
