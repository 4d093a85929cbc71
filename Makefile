# Two commands are enough: `make playbook` and `make test`. Both set up .venv by themselves, once.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help playbook serve check test tools words lint bench all clean lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

playbook: $(READY) ## build the playbook of content/ into site/
	@$(BIN)/pmogen build
	@echo "or:   make serve"

serve: $(READY) ## show the playbook in the browser, renewed while files change
	@$(BIN)/pmogen serve

check: $(READY) ## say what is wrong in content/ and catalog/
	@$(BIN)/pmogen check

test: $(READY) ## run all tests, several at a time
	@$(BIN)/pytest --numprocesses=auto --dist=worksteal

tools: $(READY) ## fetch what looks for barriers and wrong HTML in the tests (needs npm)
	@mkdir -p $(VENV)/site-tools
	@cp tests/browser/tools/package.json tests/browser/tools/package-lock.json $(VENV)/site-tools/
	@cd $(VENV)/site-tools && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

words: $(READY) ## bring the messages of code and templates into the .po files of the translations
	@PMOGEN_UPDATE=1 $(BIN)/pytest --quiet tests/language/test_words.py -k "hold_the_messages or left_over"

lint: $(READY) ## style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(READY) ## measure everything at three sizes and say which targets are met (some ten minutes)
	@$(BIN)/python benchmarks/run.py

all: lint check test playbook ## everything a change has to pass

clean: ## delete what was made: build/, site/ and caches; .venv stays
	@rm -rf build site dist .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

lock: $(READY) ## renew requirements.lock from pyproject.toml (needs the network)
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/pip install --quiet pip-tools
	@CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
	  --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --all-build-deps \
	  --extra dev --extra exact --extra office --extra properdocs --extra zensical --output-file requirements.lock pyproject.toml

# Hashes are checked, and the second run finds nothing to do.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "pmogen needs Python 3.11 or newer; name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || test -x $(BIN)/pip \
	  || { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (about a minute, only this once) ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
