# Every command a user, a developer or CI runs. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
CARGO ?= cargo
SHARED ?=
DATA ?=

help: ## This list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 22

run: prerequisites web ## Build and start on http://127.0.0.1:8080
	$(CARGO) build --profile quick --locked --bin greenroom
	./target/quick/greenroom serve

release: prerequisites web ## Build target/release/greenroom as it is deployed: the same sources, the same bytes
	scripts/build-release

reproducible: ## Build it twice in two places and compare the bytes (Linux): make reproducible PROFILE=quick
	scripts/check-reproducible $(or $(PROFILE),release)

dev: ## Start from a development build
	$(CARGO) run --locked -- serve

test: ## Everything that CI runs
	@scripts/prerequisites test
	scripts/test

test-shared: ## The same code on data outside the repository: make test-shared SHARED=DIR
	scripts/test-shared "$(SHARED)"

check: ## Formats, lints, layers, generated files, question bank
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	scripts/check-layers
	scripts/gen --check
	$(CARGO) run -q --locked -- bank validate

e2e: prerequisites web ## The whole product in a real browser
	$(CARGO) build --locked --bin greenroom
	scripts/e2e

screenshots: prerequisites web ## Take the pictures in docs/images
	$(CARGO) build --locked --bin greenroom
	scripts/e2e --config screenshots.config.ts

bench: bench-program bench-crowd bench-media bench-voice ## All four measurements: program, crowd, lines of sound, spoken interview

bench-program: prerequisites ## Measure the program, and our layer over language models (Linux); figures in target/bench.json
	$(CARGO) build --profile quick --locked --bin greenroom
	$(CARGO) build --profile quick --locked -p greenroom-bench
	scripts/with-services --durable ./target/quick/greenroom-bench program target/quick/greenroom
	./target/quick/greenroom-bench models

faults: prerequisites ## Break what is beneath the server while people answer (Linux, root): nothing acknowledged is lost
	scripts/faults all

bench-crowd: prerequisites ## Measure 2 000 people in interviews at once, on PostgreSQL (Linux); fails beyond 250 ms (p99) or 40 KiB each
	$(CARGO) build --profile quick --locked --bin greenroom
	$(CARGO) build --profile quick --locked -p greenroom-bench
	ulimit -n 16384 && scripts/with-services --durable ./target/quick/greenroom-bench crowd target/quick/greenroom \
		--most-p99 250 --most-kib 40
	scripts/cost-of-interviews

bench-media: prerequisites ## Measure how many spoken interviews a machine carries: make bench-media SESSIONS=250 LENGTH=60
	$(CARGO) run --release --locked -p greenroom-media --example capacity -- $(or $(SESSIONS),250) $(or $(LENGTH),60)

bench-voice: prerequisites web ## Measure a spoken interview in a real browser (Linux): make bench-voice TURNS=30; target/bench-voice.json
	$(CARGO) build --profile quick --locked --bin greenroom
	TURNS=$(or $(TURNS),30) GREENROOM_BIN=$$PWD/target/quick/greenroom scripts/e2e --config bench.config.ts

recording: prerequisites web ## Hold an interview aloud in a real browser, keep how it sounds in docs/audio, and listen to it
	$(CARGO) build --profile quick --locked --bin greenroom
	GREENROOM_BIN=$$PWD/target/quick/greenroom scripts/e2e --config recording.config.ts
	"$$(scripts/python-tools speech)/bin/python" tools/listen.py docs/audio/spoken-interview.ogg target/recording

soak: prerequisites ## The same for 20 minutes; fails beyond 250 ms, or when memory grows by more than 1 % a minute in the last ten
	$(CARGO) build --profile quick --locked --bin greenroom
	$(CARGO) build --profile quick --locked -p greenroom-bench
	ulimit -n 16384 && scripts/with-services --durable ./target/quick/greenroom-bench crowd target/quick/greenroom \
		--seconds 1200 --most-p99 250 --most-growth 1

bench-adaptive: prerequisites ## Ability estimates beside catsim, calibration beside girth
	$(CARGO) build --profile quick --locked --bin greenroom
	"$$(scripts/python-tools adaptive)/bin/python" tools/compare_adaptive.py target/quick/greenroom

train: prerequisites ## Train the model of the built-in scorer on public data: make train DATA=DIR
	$(CARGO) build --profile quick --locked -p greenroom-bench
	"$$(scripts/python-tools scorer)/bin/python" tools/scorer train --data "$(DATA)" --features target/quick/greenroom-bench

eval: prerequisites ## Print the tables of docs/scoring.md; fails where the ladder does: make eval DATA=DIR
	$(CARGO) build --profile quick --locked -p greenroom-bench -p greenroom
	"$$(scripts/python-tools scorer)/bin/python" tools/scorer measure --data "$(DATA)" --features target/quick/greenroom-bench --program target/quick/greenroom
	./target/quick/greenroom-bench languages
	./target/quick/greenroom check --judge

fuzz: ## Ten minutes of looking for what breaks each reader of what strangers send (FUZZ_SECONDS; scripts/fuzz resume)
	scripts/fuzz

sbom: ## Write what the program is made of (CycloneDX) to target/greenroom.cdx.json
	@mkdir -p target
	python3 tools/sbom.py target/greenroom.cdx.json

advisories: ## Look up known flaws of dependencies at RustSec and npm
	scripts/check-supply --advisories

gen: ## Write the generated contract files
	scripts/gen

web: ## Build the web app into web/dist
	cd web && npm ci --no-audit --no-fund && npm run build

prerequisites:
	@scripts/prerequisites

.PHONY: help run release reproducible dev test faults test-shared check e2e screenshots bench bench-program bench-crowd bench-media bench-voice recording soak bench-adaptive gen web prerequisites train eval fuzz sbom advisories
