#!/usr/bin/env bash
# Everything that must hold, what fails fast first: rules and generated files; Go on both engines with the race
# detector, beside the web application's types, unit tests and build; then the journeys in a browser. The last line
# counts what ran on each engine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root_dir"

results=$cache_dir/test
summary=$results/summary
export NO_COLOR=1 # the output of the lanes is kept in files
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
  if [ $rc != 0 ] && ! grep -qs '"failed":[1-9]' "$results"/*.json; then
    echo '{"failed":1}' >"$results/step.json" # a step broke before or beside its tests
  fi
  "$summary" total "$results"/*.json || [ $rc != 0 ] || rc=1
  exit $rc
}

# skip NAME WHAT ADVICE: something could not be tested; it is counted.
skip() {
  echo '{"skipped":1}' >"$results/skipped-$1.json"
  missing "$2" "$3"
}

go_lane() {
  local race= cgo=0
  if have_compiler; then race=-race cgo=1; else skip race "race detector" "it needs a C compiler: install gcc"; fi
  [ -n "${GEZHI_TEST_POSTGRES:-}" ] || skip postgres "PostgreSQL tests" "see above"
  # shellcheck disable=SC2086
  CGO_ENABLED=$cgo go test $race -tags noweb -timeout 25m -json $go_packages |
    "$summary" go "$results/go.json"
}

have_compiler() {
  command -v "${CC:-gcc}" >/dev/null 2>&1 && return
  if can_apt; then apt_install gcc libc6-dev >&2 && return; fi
  return 1
}

web_lane() {
  local rc=0
  (cd web && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest.report") || rc=$?
  "$summary" vitest "$results/vitest.report" "$results/web.json"
  [ $rc = 0 ] || return $rc
  make --no-print-directory build
}

if [ "${1:-}" = go ]; then # called again by itself, inside postgres.sh
  go_lane
  exit
fi

rm -rf "$results" e2e/out
mkdir -p "$results"
go build -o "$summary" ./scripts/summary
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "packages of the web application and the browser journeys"
make --no-print-directory web/node_modules/.stamp e2e/node_modules/.stamp

step "rules and generated files"
scripts/verify.sh

step "Go on both engines; web types, unit tests and build"
set -m # each lane is a process group, so that the one is ended when the other fails
web_lane >"$results/web.log" 2>&1 &
lanes+=($!)
web=$!
scripts/postgres.sh with "$0" go </dev/null &
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
