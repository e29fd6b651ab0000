# The two commands a fresh machine needs are `make audit` and `make test`; `make check` is what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: audit test check format generate lowest fuzz clean

audit: $(STAMP)  ## The audit of seeds/ into reports/.
	$(BIN)/content-audit check seeds --report reports --exit-zero --output-format concise
	@echo "The report is in reports/index.html, its data in reports/audit.json, cleaned documents in reports/cleaned/."

test: $(STAMP)  ## The whole test suite.
	$(BIN)/python -m pytest -n auto

check: $(STAMP)  ## Format, lint, types, imports, generated files, then the tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check
	$(BIN)/python tools/sizes.py
	$(MAKE) test

format: $(STAMP)  ## Format and mend what can be mended.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generate: $(STAMP)  ## The files made from rules: the README's table, the configuration's schema.
	$(BIN)/python tools/generate.py

lowest: pyproject.toml  ## The suite with the lowest versions that pyproject.toml allows.
	$(PYTHON) -m venv build/lowest
	build/lowest/bin/python -m pip install --quiet --upgrade pip uv
	build/lowest/bin/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --editable '.[semantic,watch]' --group dev
	build/lowest/bin/python -m pytest -n auto

FUZZ_SECONDS ?= 300
fuzz: $(STAMP)  ## Twenty times the examples of the properties, at random; then what coverage leads to.
	CONTENT_AUDIT_EXAMPLES=20 $(BIN)/python -m pytest -n auto tests/properties
	test -x build/fuzz/bin/python || $(PYTHON) -m venv build/fuzz
	build/fuzz/bin/python -m pip install --quiet atheris --editable .
	mkdir -p build/corpus
	build/fuzz/bin/python fuzz/documents.py -max_total_time=$(FUZZ_SECONDS) build/corpus tests/files/hostile seeds

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[semantic,watch]' --group dev
	@touch $@

clean:
	rm -rf build dist reports/audit.json reports/index.html reports/history.json reports/folders reports/cleaned .content-audit-cache
