# Karvan. Python 3.11 or newer and make are all that is needed; `make run` or `make test` first.

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
# Passed on: `make test ARGS="-m 'not browser'"`, `make lock ARGS=--upgrade`
ARGS   ?=

VENV := .venv
BIN  := $(VENV)/bin
# Only built packages with the locked hashes: nothing is compiled here, nothing comes unchecked.
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all:

TRANSLATIONS := $(patsubst %.po,%.mo,$(shell find karvan -name '*.po'))

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check content bench lock messages wheel clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

install: $(VENV)/installed $(TRANSLATIONS)  ## the environment in .venv, from requirements.lock

install-dev: $(VENV)/installed-dev install  ## the same with what tests and checks need

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Karvan needs Python 3.11 or newer. Name it: make PYTHON=python3.11 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'Python has no venv module here. On Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

%.mo: %.po | $(VENV)/installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

run: install  ## serve Karvan at http://127.0.0.1:8000; PORT=8080 for another port
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py publish_editions
	$(BIN)/python manage.py publish_figures
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@echo 'Karvan answers at http://$(HOST):$(PORT) (Ctrl+C stops it)'
	@$(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --blocking-threads 3 --log-level warning \
		karvan.site.wsgi:application

test: install-dev  ## the tests
	$(BIN)/pytest $(ARGS)

check: install-dev  ## everything but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint karvan --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=karvan.site.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/karvan law check
	$(BIN)/karvan data check

content: install  ## the law of every State and the shipped figures: is all of it sound
	$(BIN)/karvan law check
	$(BIN)/karvan data check

bench: install-dev  ## measure against named peers
	$(BIN)/python -m benchmarks $(ARGS)

# Hashes for every platform and Python from 3.11 on, and no host's name.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --system-certs

lock: install-dev  ## write both lock files again from pyproject.toml
	$(LOCK) pyproject.toml --group build --output-file requirements.lock $(ARGS)
	$(LOCK) pyproject.toml --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock $(ARGS)
	@! grep --line-number --extended-regexp '://|--(extra-)?index|--find-links' requirements.lock requirements-dev.lock

messages: install-dev  ## collect the words of the interface for its translators (needs gettext)
	@command -v xgettext >/dev/null || { echo 'xgettext is missing. On Debian: apt-get install gettext' >&2; exit 1; }
	$(BIN)/python manage.py makemessages --locale ru --locale tr --add-location file --no-obsolete \
		--ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'

wheel: install  ## a package with the law and the translations inside, in dist/
	$(BIN)/python -m build --no-isolation --wheel --outdir dist

clean:  ## remove the environment, built files and caches; a local database stays
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find karvan tests benchmarks \( -name __pycache__ -o -name '*.mo' \) -prune -exec rm -rf {} +
