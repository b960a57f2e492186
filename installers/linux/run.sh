#!/usr/bin/env bash
# One command from a clone to a conversation: installs what is missing, builds, and starts the
# window where there is a display, otherwise the chat in the terminal. Arguments are passed on.
# Input may be piped:  echo "What is 17 + 25?" | installers/linux/run.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)

"$here/build.sh"
bin="$top/build/release/bin"
if [ -p /dev/stdin ] || [ -f /dev/stdin ]; then
    exec "$bin/deepwell-cli" chat "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$bin/deepwell" ]; then
    exec "$bin/deepwell" "$@"
fi
exec "$bin/deepwell-cli" chat "$@"
