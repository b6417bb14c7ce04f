# `make report` writes the report of the example case, `make test` checks everything, `make bench` measures it.
# They make .venv on first use (with uv if it is there, else with python3) and need nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.syngraph-run
DEV := $(VENV)/.syngraph-dev
BENCH := $(VENV)/.syngraph-bench

CASE ?= cases/openai-microsoft
REPORT ?= build/openai-microsoft.html

.PHONY: help report test mutations bench clean
.DELETE_ON_ERROR:

help:
	@echo "make report   write the report of $(CASE) to $(REPORT)"
	@echo "make test     ruff, mypy, import-linter and pytest"
	@echo "make mutations  break the code once for each law and see its test fail"
	@echo "make bench    one table of how fast it is, beside other tools"
	@echo "make clean    remove build/ and $(VENV)/"

report: $(RUN)
	@mkdir -p $(dir $(REPORT))
	$(BIN)/syngraph report $(CASE) -o $(REPORT)
	@echo "the report is in $(abspath $(REPORT))"

test: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

mutations: $(DEV)
	$(BIN)/python tests/mutations/run.py

bench: $(BENCH)
	$(BIN)/python -m bench $(ONLY)

clean:
	rm -rf build $(VENV)

# uv fetches a Python if there is none that is new enough; without uv the python3 at hand must be 3.11 or newer.
$(BIN)/python:
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python '>=3.11' $(VENV); \
	else \
	  $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)' && \
	  $(PYTHON) -m venv $(VENV); \
	fi

define install
@echo "installing into $(VENV): $(1)"
@if command -v uv >/dev/null 2>&1; then \
  uv pip install --quiet --python $(BIN)/python --editable '$(1)'; \
else \
  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$(1)'; \
fi
endef

$(RUN): pyproject.toml | $(BIN)/python
	$(call install,.)
	@touch $@

$(DEV): pyproject.toml | $(BIN)/python
	$(call install,.[dev])
	@touch $(RUN) $@

$(BENCH): pyproject.toml | $(BIN)/python
	$(call install,.[bench])
	@touch $(RUN) $@
