#!/usr/bin/env bash
# Builds the .deb, unpacks it into a scratch folder and starts both programs from there.
set -euo pipefail
build=$1
command -v dpkg-deb >/dev/null || { echo "dpkg-deb is absent: no Debian package here"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cpack --config "$build/CPackConfig.cmake" -G DEB -B "$scratch/package" >"$scratch/cpack.log" 2>&1 ||
    { cat "$scratch/cpack.log"; exit 1; }
deb=$(ls "$scratch"/package/*.deb)
dpkg-deb -x "$deb" "$scratch/root"
dpkg-deb -f "$deb" Package Version Depends

usr="$scratch/root/usr"
for file in bin/deepwell bin/deepwell-cli share/applications/deepwell.desktop \
    share/icons/hicolor/scalable/apps/deepwell.svg share/doc/deepwell/copyright; do
    [ -e "$usr/$file" ] || { echo "the package lacks $file"; exit 1; }
done

# What an attacker finds closed (reliability.md row 24), and no network in the terminal's program.
for program in "$usr/bin/deepwell" "$usr/bin/deepwell-cli"; do
    elf=$(readelf --wide --file-header --program-headers --dynamic --dyn-syms "$program")
    for mark in 'Type: *DYN' GNU_RELRO BIND_NOW __stack_chk_fail; do
        grep -q "$mark" <<<"$elf" || { echo "${program##*/} was built without $mark"; exit 1; }
    done
    ! grep -q 'GNU_STACK.* RWE' <<<"$elf" || { echo "${program##*/} has an executable stack"; exit 1; }
done
if readelf --dynamic "$usr/bin/deepwell-cli" | grep 'NEEDED.*Network'; then
    echo "the terminal's program links a network library"
    exit 1
fi
if command -v desktop-file-validate >/dev/null; then
    desktop-file-validate "$usr/share/applications/deepwell.desktop"
fi

export HOME="$scratch/home" XDG_DATA_HOME="$scratch/data"
mkdir -p "$HOME" "$XDG_DATA_HOME"
"$usr/bin/deepwell-cli" --version
if [ -e "$usr/share/deepwell/deepwell-starter.gguf" ]; then
    "$usr/bin/deepwell-cli" run "What is 2 + 3?" --json | tail -n 1 | tee "$scratch/reply.json"
    grep -q '"finish": *"stop"' "$scratch/reply.json" || { echo "the installed starter did not answer"; exit 1; }
fi
QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software timeout 60 \
    "$usr/bin/deepwell" --data "$scratch/profile" --screenshot "$scratch/window.png" --page first-start
[ "$(head -c 8 "$scratch/window.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] ||
    { echo "the window of the unpacked package drew nothing"; exit 1; }
echo "package: built, unpacked, started"
