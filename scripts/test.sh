#!/usr/bin/env bash
# Everything that must hold, what fails fast first: rules and generated files; Go on both engines with the race
# detector, beside the web application's types, unit tests and build; then the journeys in a browser. The last line
# counts what ran on each engine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root_dir"

results=$cache_dir/test
rm -rf "$results"
mkdir -p "$results"
lanes=()

step() { say "== $*"; }

finish() {
  local rc=$? lane
  trap - EXIT INT TERM
  for lane in "${lanes[@]:-}"; do
    [ -z "$lane" ] || kill -TERM -- "-$lane" 2>/dev/null || true
  done
  wait || true
  [ ! -f e2e/out/totals.json ] || cp e2e/out/totals.json "$results/e2e.json"
  go run ./scripts/summary total "$results"/*.json || [ $rc != 0 ] || rc=1
  exit $rc
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
rm -rf e2e/out

# skip NAME WHAT ADVICE: something could not be tested; it is counted.
skip() {
  echo '{"skipped":1}' >"$results/skipped-$1.json"
  missing "$2" "$3"
}

go_lane() {
  local race=
  if have_compiler; then race=-race; else skip race "race detector" "it needs a C compiler: install gcc"; fi
  [ -n "${GEZHI_TEST_POSTGRES:-}" ] || skip postgres "PostgreSQL tests" "see above"
  # shellcheck disable=SC2086
  CGO_ENABLED=${race:+1} go test $race -tags noweb -timeout 25m -json $go_packages |
    go run ./scripts/summary go "$results/go.json"
}

have_compiler() {
  command -v "${CC:-gcc}" >/dev/null 2>&1 && return
  if can_apt; then apt_install gcc libc6-dev >&2 && return; fi
  return 1
}

web_lane() {
  local rc=0
  (cd web && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest.report") || rc=$?
  go run ./scripts/summary vitest "$results/vitest.report" "$results/web.json"
  [ $rc = 0 ] || return $rc
  make --no-print-directory build
}

if [ "${1:-}" = go ]; then # called again by itself, inside postgres.sh
  trap - EXIT
  go_lane
  exit
fi

step "packages of the web application and the browser journeys"
make --no-print-directory web/node_modules/.stamp e2e/node_modules/.stamp

step "rules and generated files"
scripts/verify.sh

step "Go on both engines; web types, unit tests and build"
set -m # each lane is a process group, so that the one is ended when the other fails
web_lane >"$results/web.log" 2>&1 &
lanes+=($!)
web=$!
scripts/postgres.sh with "$0" go &
lanes+=($!)
gone=$!
set +m
first=0
wait -n "$web" "$gone" || first=$?
[ $first = 0 ] || { kill -0 "$gone" 2>/dev/null && cat "$results/web.log" >&2; exit $first; }
wait "$web" || { rc=$?; cat "$results/web.log" >&2; exit $rc; }
say "web: types, unit tests and build passed"
wait "$gone"
lanes=()

step "journeys in a browser"
node e2e/run.mjs
