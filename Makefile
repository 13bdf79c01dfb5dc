# The commands of Common Ground. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PORT DATA_DIR

.PHONY: help demo test check format bench setup migrations
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

demo: .venv/run-ready ## Set up and run everything with a demonstration programme (PORT=8000, DATA_DIR=var)
	@exec $(BIN)/python -m programme.demo.launcher

test: .venv/test-ready ## Run the whole suite on SQLite and PostgreSQL, with a real broker, mail server and browser
	@$(BIN)/python -m tests.run

check: .venv/test-ready ## Style, import floors, templates, migrations, deploy settings, known vulnerabilities
	@$(BIN)/python -m tests.check

format: .venv/test-ready ## Format Python the one way
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/test-ready ## Measure speed as ratios to a floor in the same run
	@$(BIN)/python -m benchmarks

setup: .venv/test-ready ## Install everything for development

migrations: .venv/test-ready ## Write migrations for changed models (give them a name: NAME=why)
	@MODE=development $(BIN)/python manage.py makemigrations --name $(NAME)

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Common Ground needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Installing the venv module …"; apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }
	@touch $@

.venv/run-ready: .venv/made requirements.txt
	@echo "Installing what Common Ground needs (about a minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test-ready: .venv/run-ready requirements-dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@command -v chromium >/dev/null || { echo "Installing Chromium …"; apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }
	@touch $@
