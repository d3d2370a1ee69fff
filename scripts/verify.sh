#!/usr/bin/env bash
# Holds the tree to its own rules without running the tests: formatting, vet, the import rule and the folder map, and
# that nothing generated is stale. What was stale is fresh afterwards, so a second run passes.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root_dir"

generated="web/openapi.json web/src/api docs/workflows docs/figures.md docs/architecture.md internal/app/demo/ground/ground.json"

unformatted=$(gofmt -l cmd internal migrations scripts web/*.go)
[ -z "$unformatted" ] || die "not formatted (make fmt):"$'\n'"$unformatted"

# shellcheck disable=SC2086
go vet -tags noweb $go_packages
go test -count=1 ./internal/arch/ >/dev/null || { go test -count=1 ./internal/arch/ >&2 || true; exit 1; }

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
for path in $generated; do
  if [ -e "$path" ]; then
    mkdir -p "$before/$(dirname "$path")"
    cp -R "$path" "$before/$path"
  fi
done
scripts/generate.sh
stale=
for path in $generated; do
  diff -ru "$before/$path" "$path" >&2 || stale="$stale $path"
done
[ -z "$stale" ] || die "stale, now generated anew; commit it:$stale"
say "verified: formatting, vet, imports, folder map, generated files"
