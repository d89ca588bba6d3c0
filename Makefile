# Each target does its own set-up on a machine with Python >= 3.11 (with venv) and make; uv is used when it is there.
PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python -m
SOURCES := pyproject.toml build_catalogues.py $(wildcard po/*/*.po)

.PHONY: demo test soak bench lint types imports catalogues snapshots check clean

demo: $(VENV)/.ready
	$(RUN) floodready demo

test: $(VENV)/.ready-dev catalogues
	$(RUN) pytest -n auto --dist worksteal

check: test lint types imports

soak: $(VENV)/.ready-dev
	$(RUN) pytest -m soak --override-ini addopts=-q -s

bench: $(VENV)/.ready-dev
	$(RUN) benchmarks

lint: $(VENV)/.ready-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) build_catalogues --check

types: $(VENV)/.ready-dev
	$(RUN) mypy

imports: $(VENV)/.ready-dev
	$(VENV)/bin/lint-imports

catalogues: $(VENV)/.ready-dev
	$(RUN) build_catalogues

snapshots: $(VENV)/.ready-dev
	$(RUN) pytest -n auto --snapshot-update

# The program, or with its tools where $(1) says so, into the environment.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "floodready needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && uv pip install --quiet --python $(VENV) -e $(1); \
	else $(PYTHON) -m venv $(VENV) && $(RUN) pip install --quiet --disable-pip-version-check -e $(1); fi
endef

$(VENV)/.ready: $(SOURCES)
	$(call install,.)
	@touch $@

$(VENV)/.ready-dev: $(SOURCES)
	$(call install,'.[dev]')
	@touch $@ $(VENV)/.ready

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
