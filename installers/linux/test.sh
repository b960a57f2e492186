#!/usr/bin/env bash
# Installs what is missing, builds the release and runs every test. The last line tells the result.
# With CI set, warnings are errors.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)

options=()
[ -z "${CI:-}" ] || options+=(-DDEEPWELL_WARNINGS_AS_ERRORS=ON)
"$here/build.sh" "${options[@]}"
log="$top/build/release/test.log"
status=0
ctest --test-dir "$top/build/release" --output-on-failure --parallel 2 "$@" </dev/null 2>&1 |
    tee "$log" || status=$?
grep -E '[0-9]+% tests passed' "$log" | tail -n 1 || true
exit "$status"
