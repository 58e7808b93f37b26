# One command for each thing. Needs Python 3.11 or later; everything else is set up here.
# `make demo PORT=8010` serves elsewhere; `make demo CHILDREN=2000` builds a larger city (the first time).

PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
HERE := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help demo test test-fast test-long setup check fix serve bench docs requirements up-to-date wheel pictures

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: ## sets everything up, builds the invented city the first time, serves it on 127.0.0.1:8000
	@$(PYTHON) scripts/setup.py run
	@$(HERE) -m alongside demo --host $(HOST) --port $(PORT) $(if $(CHILDREN),--children $(CHILDREN))

setup: ## sets up what developers need
	@$(PYTHON) scripts/setup.py dev

test: ## sets up what tests need and runs every test, on both databases
	@$(PYTHON) scripts/setup.py test
	@$(HERE) scripts/run_tests.py

test-fast: ## every test but those in a browser, on SQLite
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) -m pytest -n 2 -q -m "not browser"

check: ## style, types of mistakes a machine finds, direction between rooms, house tests
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) -m ruff check .
	@$(HERE) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(HERE) -m pytest -q tests/house

test-long: ## the suites that take minutes, whole (what the last run found: docs/reference/trust.md)
	@$(PYTHON) scripts/setup.py test
	@ALONGSIDE_TESTS_LONG=1 $(HERE) -m pytest -q -n 1 -m "long or matrix"

fix: ## mends what a machine can mend
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) -m ruff check --fix .
	@$(HERE) -m ruff format .
	@$(HERE) scripts/write_reference.py

serve: ## serves with the settings of the environment (not the demo)
	@$(PYTHON) scripts/setup.py run
	@$(HERE) -m alongside serve --host $(HOST) --port $(PORT)

bench: ## measures, beside named peers, into benchmarks/results/
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) -m benchmarks

docs: ## writes the reference pages that come from the code
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) scripts/write_reference.py

pictures: ## takes the pictures of the documentation from the running demo
	@$(PYTHON) scripts/setup.py test
	@$(HERE) scripts/take_pictures.py http://$(HOST):$(PORT)

requirements: ## pins every requirement with its hashes
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) scripts/pin_requirements.py

up-to-date: ## the same with the newest of each; Health counts from that day
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) scripts/pin_requirements.py --up-to-date

wheel: ## builds the wheel, pages' styles and playbooks in it
	@$(PYTHON) scripts/setup.py dev
	@$(HERE) -m build --wheel --no-isolation
