# gezhi: everything is reached from here. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0

BASEMAP := web/public/basemap/meta.json
EXTRACT := internal/mapview/osm/chengdu_center.osm.gz
WEB_SOURCES := $(shell find web/src web/public -type f -not -path 'web/public/basemap/*' 2>/dev/null) \
	$(wildcard web/*.html web/*.ts web/*.json)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: build ## build all, load the demo into data/demo and serve it on http://127.0.0.1:8080
	GEZHI_DATA=data/demo bin/gezhi serve --demo

.PHONY: test
test: ## everything: Go on both engines, web, browser
	@scripts/test.sh

.PHONY: build
build: web ## bin/gezhi with the web application inside
	go build -o bin/gezhi ./cmd/gezhi

.PHONY: bench
bench: build e2e/node_modules/.stamp ## loops per second, the minute, figures over a million matters, exports, the screen; about two hours
	GEZHI_PG_DURABLE=1 scripts/postgres.sh with bin/gezhi bench
	GEZHI_PG_DURABLE=1 scripts/postgres.sh with bin/gezhi bench figures
	bin/gezhi bench live
	bin/gezhi bench dispatch
	bin/gezhi bench sweep
	bin/gezhi bench export
	node e2e/bench-screen.mjs

.PHONY: bench-web
bench-web: build e2e/node_modules/.stamp ## keystrokes, seconds and bytes of a person at each face, into docs/benchmarks.md
	node e2e/bench.mjs
	node e2e/bench-screen.mjs

.PHONY: verify
verify: web/node_modules/.stamp ## formatting, vet, import rule, folder map, generated files
	@scripts/verify.sh

.PHONY: generate
generate: web/node_modules/.stamp ## write the OpenAPI document, its TypeScript types, workflow pages, folder map
	scripts/generate.sh

.PHONY: web
web: web/dist/index.html ## the web application alone

.PHONY: e2e
e2e: build e2e/node_modules/.stamp ## the browser journeys alone; ONLY=word picks some
	node e2e/run.mjs $(ONLY)

.PHONY: fmt
fmt: ## format the Go files
	gofmt -w cmd internal migrations scripts web/*.go

.PHONY: clean
clean: ## remove what was built; data/ stays
	rm -rf bin web/dist web/public/basemap e2e/out

%/node_modules/.stamp: %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BASEMAP): $(EXTRACT) $(wildcard internal/mapview/*.go internal/mapview/build/*.go)
	go run ./internal/mapview/build -in $(EXTRACT) -out $(@D)
	@touch $@

web/dist/index.html: web/node_modules/.stamp $(BASEMAP) $(WEB_SOURCES)
	npm --prefix web run build
	@touch $@
