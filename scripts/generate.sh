#!/usr/bin/env bash
# Writes everything that is derived from the code: the OpenAPI document and the TypeScript types made from it, the
# workflow pages, the folder map, and the ground of the demo.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root_dir"

go run -tags noweb ./internal/app/generate
go run ./internal/arch/foldermap
go run ./internal/app/demo/ground/build
npm --prefix web run --silent api
