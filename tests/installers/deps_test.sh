#!/usr/bin/env bash
# Every package that deps.sh names exists, and everything that QML imports has its package named.
set -euo pipefail
top=$1
names=$("$top/installers/linux/deps.sh" --list)
[ "$(sort <<<"$names" | uniq -d)" = "" ] || { echo "named twice: $(sort <<<"$names" | uniq -d)"; exit 1; }

fail=0
need() { grep -qx -- "$1" <<<"$names" || { echo "$2 needs $1, which deps.sh does not name"; fail=1; }; }
while read -r module; do
    case $module in
    Deepwell*) ;;
    QtQuick) need qml6-module-qtquick "import $module" ;;
    QtQuick.Window) need qml6-module-qtquick-window "import $module" ;;
    QtQuick.Templates) need qml6-module-qtquick-templates "import $module" ;;
    QtQuick.Controls*) need qml6-module-qtquick-controls "import $module" ;;
    QtQuick.Layouts) need qml6-module-qtquick-layouts "import $module" ;;
    QtQuick.Dialogs) need qml6-module-qtquick-dialogs "import $module" ;;
    QtQuick.Shapes) need qml6-module-qtquick-shapes "import $module" ;;
    QtQml) need qml6-module-qtqml "import $module" ;;
    QtQml.Models) need qml6-module-qtqml-models "import $module" ;;
    QtTest) need qml6-module-qttest "import $module" ;;
    *) echo "no package known for import $module: add it here and in deps.sh"; fail=1 ;;
    esac
done < <(grep -rhoE '^import [A-Z][A-Za-z0-9.]*' "$top/ui" "$top/tests" --include='*.qml' 2>/dev/null |
    awk '{ print $2 }' | sort -u)
command -v apt-cache >/dev/null || exit "$fail"
known=$(apt-cache pkgnames 2>/dev/null || true)
[ -n "$known" ] || exit "$fail"
while read -r package; do
    grep -qx -- "$package" <<<"$known" || { echo "no such package: $package"; fail=1; }
done <<<"$names"
exit "$fail"
