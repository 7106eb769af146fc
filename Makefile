# `make` sets everything up and builds the book; `make help` lists the rest.
# Set-up is tools/setup, taken again only when what it reads has changed.
# PYTHON=python3.12 names another interpreter, JOBS=4 runs more tests at once than 3,
# PYTEST_ARGS="-k notes" goes to pytest.

JOBS ?= 3
PYTEST_ARGS ?=

bin := .venv/bin
ready := .venv/.project

.DEFAULT_GOAL := all
.PHONY: all pdf epub handout check test format bench lock setup clean distclean help

all: $(ready)  ## build the PDF, the EPUB and the handout in build/ (plain `make`)
	$(bin)/book build

pdf: $(ready)  ## build only the PDF
	$(bin)/book build pdf

epub: $(ready)  ## build only the EPUB
	$(bin)/book build epub

handout: $(ready)  ## build only the handout
	$(bin)/book build handout

check: $(ready)  ## say what is wrong with the chapters and what was made of them
	$(bin)/book check

test: $(ready) .venv/.test  ## lint, check types and run the tests
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy --strict book tests bench
	$(bin)/python -m compileall -q book  # hundreds of processes are started, and not all may write
	$(bin)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

format: $(ready)  ## put the code in its standard form
	$(bin)/ruff check --fix-only
	$(bin)/ruff format

bench: $(ready)  ## measure how fast books are made
	$(bin)/python -m bench

lock: $(ready)  ## renew requirements.lock from pyproject.toml
	$(bin)/uv pip compile pyproject.toml --extra dev --output-file requirements.lock \
		--universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --custom-compile-command 'make lock' --quiet

setup: $(ready)  ## only set up what building needs

clean:  ## remove what was built
	rm -rf build

distclean: clean  ## remove the set-up too
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(wildcard book tests bench) -name __pycache__ -prune -exec rm -rf {} +

help:  ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/.packages: requirements.lock tools/setup
	@tools/setup packages

.venv/.project: .venv/.packages pyproject.toml
	@tools/setup project

.venv/.test: .venv/.packages tools/setup tests/node/package-lock.json
	@tools/setup test
