# Two commands matter: `make demo` shows what Comity does, `make test` checks that it does it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GUM ?= ../shared/data/gum
STAMP := $(VENV)/.installed

.PHONY: demo test lint quality bench train clean
.DEFAULT_GOAL := demo

demo: $(STAMP)
	@$(BIN)/comity demo

test: $(VENV)/.installed-dev
	@sh scripts/browsers_and_servers.sh
	@COMITY_TEST_POSTGRESQL=$$(ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && echo start) $(BIN)/python -m pytest -n 2

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

quality: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.quality

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m benchmarks

train: $(VENV)/.installed-dev
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	@$(BIN)/python scripts/train_tagger.py $(GUM)
	@$(BIN)/python -m scripts.train_weights

$(VENV)/bin/python:
	@sh scripts/make_venv.sh "$(PYTHON)" $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Comity into $(VENV) (once) ..."
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Comity and what its tests need into $(VENV) (once) ..."
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(STAMP)

clean:
	rm -rf $(VENV) build dist
