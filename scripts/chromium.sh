#!/usr/bin/env bash
# Prints the path of a Chromium for the browser journeys, installing Debian's when it may. Prints nothing when there
# is none, and fails then in CI. GEZHI_CHROMIUM names one directly.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

works() { [ -n "$1" ] && [ -x "$1" ] && "$1" --version </dev/null >/dev/null 2>&1; }

find_chromium() {
  local name path
  for name in "${GEZHI_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
    [ -n "$name" ] || continue
    path=$(command -v "$name" || true)
    if works "$path"; then
      echo "$path"
      return
    fi
  done
}

# Without a Chinese font every label is a row of boxes, and the screenshots prove nothing.
chinese_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }

path=$(find_chromium)
if can_apt; then
  if [ -z "$path" ]; then
    apt_install chromium fonts-noto-cjk fontconfig || true
    path=$(find_chromium)
  elif ! chinese_font; then
    apt_install fonts-noto-cjk fontconfig || true
  fi
fi
if [ -z "$path" ]; then
  missing "browser journeys" "no Chromium here: install the package chromium, or set GEZHI_CHROMIUM"
  exit 0
fi
echo "$path"
