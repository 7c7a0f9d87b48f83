# Everything installs from requirements.lock into .venv; `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Files of tests go whole to one process each, in their order: those of tests/unit, the shortest, come last.
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder
# Real articles and gold sets, used where they are there; nothing needs them.
SHARED ?= ../shared
CORPUS ?= $(SHARED)/corpora/news2017.articles.jsonl.gz

.PHONY: help setup run test test-full fuzz lint types bench accuracy docs examples gallery lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: $(READY) ## make the environment from the lock file

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Python 3.11 to 3.13 is needed: install it, or set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@# the lock is its own constraint, or pip would take the newest of what is asked for with an extra
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -c requirements.lock -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## run the flow over the sample articles into warehouse/dateline.duckdb
	@$(BIN)/dateline run

test: $(READY) lint types ## run lint, types and the tests (about 18 minutes on two cores)
	$(PYTEST) -m "not full"

test-full: $(READY) ## run all tests, the long ones included (over two hours on two cores)
	$(PYTEST)

fuzz: $(READY) ## a million random inputs, new ones each time (nightly; the seed is printed)
	DATELINE_FUZZ_SEED=$$(date +%Y%m%d%H%M) $(BIN)/pytest -q tests/reliability/test_fuzz.py -m full

lint: $(READY) ## check style with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## check types with mypy
	$(BIN)/mypy

bench: $(READY) ## measure MB/s of each stage and peak memory; writes bench.json
	$(BIN)/python -m tests.benchmarks.pipeline $(CORPUS)

accuracy: $(READY) ## score the gold sets and write tests/accuracy/REPORT.md
	$(BIN)/python -m tests.accuracy.report $(SHARED)/gold

docs: $(READY) ## write the dictionaries from contracts and marts (Markdown and HTML)
	$(BIN)/python -m warehouse.dictionary

examples: $(READY) ## take the dictionary's examples anew from the sample articles
	@folder=$$(mktemp -d) && trap "rm -rf $$folder" EXIT && cd $$folder && \
		$(CURDIR)/$(BIN)/dateline run --warehouse samples.duckdb > run.txt && \
		$(CURDIR)/$(BIN)/python -m warehouse.examples samples.duckdb
	$(BIN)/python -m warehouse.dictionary

gallery: $(READY) ## take the screenshots of README anew (needs Chromium)
	$(BIN)/python -m tests.browser.gallery tests/browser/pictures

lock: $(READY) ## resolve pyproject.toml anew into requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --quiet --extra dev pyproject.toml -o requirements.lock

clean: ## remove the environment and everything made by runs
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis bench.json
	rm -rf warehouse/dateline.duckdb warehouse/.dateline
