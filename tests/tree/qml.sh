#!/bin/sh
# qml.sh SOURCE BUILD QMLLINT: qmllint finds nothing in the window's QML files. The types that the
# C++ side registers are read from the build folder; without them (nothing was built) it is skipped.
set -eu
source=$1 build=$2 qmllint=$3
if [ ! -e "$build/qml/Deepwell/ViewModels/qmldir" ]; then
    echo "the window is not built in $build"
    exit 77
fi
cd "$source/ui/qml"
found=$(find . -name '*.qml' -exec "$qmllint" -I "$build/qml" {} + 2>&1 |
    grep -A3 -E '^(Warning|Error)' || true)
[ -z "$found" ] && exit 0
echo "$found"
exit 1
