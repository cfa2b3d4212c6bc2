# Everything here needs python3 (3.11 or newer) and make; the first target that runs sets up .venv by itself.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-pyproject

.DEFAULT_GOAL := help
.PHONY: help setup demo room test golden docs check fuzz supply audit lint clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | sort

setup: $(STAMP) ## Make .venv with everything in it; again when pyproject.toml changes

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Diurna needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
		{ echo "Python's venv module is not complete; on Debian and Ubuntu: apt install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## Read the demo's reports and print what was found
	$(BIN)/diurna demo

room: $(STAMP) ## Make screenshots of every page of the reading room (needs Chromium)
	$(BIN)/python -m tests.web.screenshots docs/img/room

test: $(STAMP) ## Run the tests, on all cores
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

golden: $(STAMP) ## Write the export formats' golden files again
	$(BIN)/python -m tests.export.samples

FUZZ_SECONDS ?= 60
fuzz: $(STAMP) ## Throw broken input at reader, times, attribution, lexicons and pages, a minute each (FUZZ_SECONDS=1200 for more)
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

supply: $(STAMP) ## Lock versions anew (needs uv), list licences, write the bill of materials to dist/
	$(BIN)/python -m tools.supply lock
	$(BIN)/python -m tools.supply licences
	$(BIN)/python -m tools.supply sbom

audit: $(STAMP) ## Known faults of locked versions: from ADVISORIES=PyPI.zip (OSV records), or over the network by pip-audit
ifdef ADVISORIES
	$(BIN)/python -m tools.advisories $(ADVISORIES)
else
	$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements.lock
endif

docs: $(STAMP) ## Make the documentation site in build/site; open build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

lint: $(STAMP) ## Check form, style, types and imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## Run all checks, then all tests (the documentation's among them)

clean: ## Remove .venv and caches
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
