# The commands of geomap. `make run` and `make test` need Python 3.11+, git and make, no more.
.DEFAULT_GOAL := help
.PHONY: help install dev run test check bench fuzz hostile fix js lock clean
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=
ONLY ?=
PART ?= large

help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "geomap needs Python 3.11 or newer: '$(PYTHON)' is not; install it, or name it with 'make PYTHON=python3.12 ...'." >&2; exit 2; }
	@echo "Creating $(VENV)/ ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is not complete here: on Debian and Ubuntu, install the package python3-venv." >&2; exit 2; }

# A stamp is newer than the lock it was made from, so a second run installs nothing.
$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	@echo "Installing the locked dependencies (once; about a minute) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the locked tools for tests ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.runtime ## make .venv/ with geomap in it, from the lock file

dev: $(VENV)/.dev ## the same with the tools for tests

run: $(VENV)/.runtime ## set up what is missing and open the app on 127.0.0.1:8501
	@$(BIN)/geomap run $(ARGS)

$(VENV)/.chromium: $(VENV)/.dev tools/chromium.py
	@$(BIN)/python tools/chromium.py > $@ || { rm -f $@; exit 2; }

test: $(VENV)/.dev $(VENV)/.chromium ## everything that CI runs: linters, types, all tests, the app in Chromium
	@$(MAKE) --no-print-directory lint
ifdef ARGS
	@GEOMAP_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest $(ARGS)
else
	@$(BIN)/python -m pytest -q -m "not browser" --numprocesses auto --maxprocesses 8
	@GEOMAP_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest -q -m browser
endif

.PHONY: lint
lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/oxlint --deny-warnings src/geomap tests/js

check: lint ## before each commit: ruff, mypy, import-linter, oxlint and the fast tests
	@$(BIN)/python -m pytest -q -m "not browser and not slow" --numprocesses auto --maxprocesses 8 $(ARGS)

bench: $(VENV)/.dev $(VENV)/.chromium ## measure; ONLY=map for one group
	@GEOMAP_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m bench $(ONLY)

fuzz: $(VENV)/.dev ## feed 5,000 broken files of each kind to the readers (some minutes)
	@GEOMAP_FUZZ_EXAMPLES=5000 $(BIN)/python -m pytest -q tests/readers/test_fuzz.py tests/readers/test_hostile_files.py tests/readers/test_hostile_library.py $(ARGS)

hostile: $(VENV)/.dev ## feed files that were made to break readers to geomap (PART=small|tables|large)
	@PYTHONPATH=. $(BIN)/python -m tools.hostile_files $(PART) $(ARGS)

fix: $(VENV)/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

node_modules/.package-lock.json: package-lock.json
	@npm ci --silent
	@touch $@

js: node_modules/.package-lock.json $(VENV)/.dev ## write their constants and bundle the pages' scripts (needs Node)
	@$(BIN)/python tools/write_vocabulary.py
	@$(BIN)/python tools/build_js.py

lock: ## resolve the lock files anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --group build --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean: ## remove what make made (never a workspace)
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis bench/results
