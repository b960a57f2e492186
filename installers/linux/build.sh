#!/usr/bin/env bash
# Installs what is missing and builds the release; quiet where nothing changed. Extra arguments go
# to CMake's configure step. Used by run.sh and test.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)

"$here/deps.sh" </dev/null
cd "$top"
if [ ! -f build/release/build.ninja ] || [ $# -gt 0 ]; then
    echo "Preparing the build …" >&2
    cmake --preset release "$@" </dev/null >&2
fi
if [ -x build/release/bin/deepwell-cli ]; then
    # Nothing or little to do: quiet unless it fails.
    cmake --build build/release </dev/null >build/release/build.log 2>&1 ||
        { cat build/release/build.log >&2; exit 1; }
else
    echo "Building Deepwell (the first time takes some minutes) …" >&2
    cmake --build build/release </dev/null >&2
fi
