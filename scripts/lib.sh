# Helpers that the scripts share. Sourced, never run.

root_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache_dir=${GEZHI_CACHE:-$root_dir/.cache}
case $cache_dir in /*) ;; *) cache_dir=$root_dir/$cache_dir ;; esac

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

in_ci() { [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; }

is_root() { [ "$(id -u)" = 0 ]; }

can_apt() { is_root && command -v apt-get >/dev/null 2>&1 && [ "${GEZHI_NO_APT:-}" = "" ]; }

# missing WHAT ADVICE: what the tests want is not here. In CI that is a failure, elsewhere a clear word.
missing() {
  say "skipped: $1 ($2)"
  if in_ci; then
    say "CI=true: nothing may be skipped"
    exit 1
  fi
}

# apt_install PACKAGE...: installs Debian packages, waiting for another apt that may be at work.
apt_install() {
  say "installing: $*"
  local log try
  log=$(mktemp)
  for try in 1 2 3 4 5; do
    if DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update </dev/null >"$log" 2>&1 &&
      DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" \
        </dev/null >>"$log" 2>&1; then
      rm -f "$log"
      return 0
    fi
    sleep $((try * 3))
  done
  tail -n 15 "$log" >&2
  rm -f "$log"
  return 1
}

# The Go packages of the repository; a pattern over everything would walk into web/node_modules.
go_packages="./cmd/... ./internal/... ./migrations/... ./scripts/... ./web"

# Without cgo the binary is static, and every step but the race detector shares one build cache.
export CGO_ENABLED="${CGO_ENABLED:-0}"
