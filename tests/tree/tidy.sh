#!/usr/bin/env bash
# clang-tidy's naming check: of the sources that the last commit (or DEEPWELL_TIDY_BASE..HEAD and the
# working tree) touches, or of all.
#   tidy.sh --changed|--all SOURCE_DIR BUILD_DIR
set -euo pipefail
mode=$1 build=$3
cd "$2"
if [ "$mode" = "--all" ]; then
    files=$(git ls-files 'app/*.cpp' 'engine/*.cpp' 'kernels/*.cpp' 'ui/*.cpp')
else
    base=${DEEPWELL_TIDY_BASE:-$(git rev-parse -q --verify HEAD~1 || git rev-parse HEAD)}
    files=$(git diff --name-only --diff-filter=d "$base" -- 'app/*.cpp' 'engine/*.cpp' 'kernels/*.cpp' 'ui/*.cpp' | head -n 25)
fi
[ -n "$files" ] || { echo "no source to check"; exit 0; }
# Only what this build compiles has its flags in the database.
known=$(grep -oE '"file": "[^"]*"' "$build/compile_commands.json" | cut -d '"' -f 4)
status=0
for file in $files; do
    grep -qx -- "$PWD/$file" <<<"$known" || continue
    clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$build" "$file" 2>/dev/null || status=1
done
exit "$status"
