# Two commands are sacred: `make demo` runs the product, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: setup demo check test soak bench lock messages clean

setup: $(VENV)/.run

$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Tamizdat needs Python 3.11 or newer: apt install python3, or make PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo 'Python lacks its venv module: apt install python3-venv'; exit 1; }
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/run.txt
	$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "tamizdat-checkout.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/test.txt
	@touch $@

demo: setup
	$(BIN)/python -m tamizdat demo paper-demo

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest tests/house

test: $(VENV)/.test check
	$(BIN)/python -m tests.run

soak: $(VENV)/.test
	$(BIN)/python -m tests.run --soak

bench: $(VENV)/.test
	@for module in bench/[a-z]*.py; do $(BIN)/python -m bench.$$(basename $$module .py) --quick || exit 1; done

# Takes what readers are told from the code into tamizdat/locale/, and compiles what is translated there.
messages: $(VENV)/.run
	$(BIN)/python -m tests.catalogues

lock:
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group test --group bench --constraint requirements/run.txt --output-file requirements/test.txt

clean:
	rm -rf $(VENV) dist build paper-demo
