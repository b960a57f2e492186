#!/usr/bin/env bash
# Installs what Deepwell needs on Debian 12: only packages that are missing, as root or by sudo.
#   deps.sh          build, run and test
#   deps.sh --list   only print the names
set -euo pipefail

packages=(
    # build
    g++ cmake ninja-build ccache pkg-config dpkg-dev file git
    qt6-base-dev qt6-declarative-dev qt6-declarative-dev-tools qt6-svg-dev
    # QML modules: Debian's do not depend on each other, so each one is named
    qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtqml qml6-module-qtqml-models
    qml6-module-qtqml-workerscript qml6-module-qtquick-controls qml6-module-qtquick-templates
    qml6-module-qtquick-layouts qml6-module-qtquick-dialogs qml6-module-qt-labs-folderlistmodel
    qml6-module-qtquick-shapes
    # libraries
    libsqlitecpp-dev libsqlite3-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
    nlohmann-json3-dev libcli11-dev libfmt-dev libexpected-dev libicu-dev
    # fonts of the window
    fonts-inter fonts-noto-core fonts-hack fonts-wqy-microhei
    # tests
    qml6-module-qttest xvfb xauth xdotool strace procps python3 python3-jsonschema python3-jinja2
)

if [ "${1:-}" = "--list" ]; then
    printf '%s\n' "${packages[@]}"
    exit 0
fi

installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" { print $2 }')
missing=()
for package in "${packages[@]}"; do
    grep -qx -- "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Deepwell needs these packages: ${missing[*]}" >&2
        echo "Install them as root (apt-get install …), then run this again." >&2
        exit 1
    fi
    sudo=(sudo)
fi
echo "Installing ${#missing[@]} packages that Deepwell needs …" >&2
"${sudo[@]}" apt-get update -qq >&2
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
