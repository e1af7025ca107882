# What people run here; `make` alone lists it. Every recipe is a command that can be typed by hand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# As typed: make would read the $1 of a statement as one of its own variables. NAME is set on some machines anyway.
export PACELINE_SQL := $(value SQL)
export PACELINE_REPLAY := $(value REPLAY)
export PACELINE_ONLY := $(value ONLY)
export PACELINE_VARIANT := $(if $(findstring command,$(origin NAME)),$(value NAME))

# Tools are looked for once a command; what is missing is said before anything is downloaded.
with_tools = @tools=$$(dev/toolchain) && eval "$$tools" &&

# What only ends or removes downloads nothing: without an environment no demo has run.
where_set_up = @[ ! -x .venv/dev/bin/python ] ||

.PHONY: help setup demo airflow psql stop demo-clean test test-live test-airflow torture lint format bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## run the DAG once on a simulated athlete's years; REPLAY=DIR takes recorded activities instead
	$(with_tools) dev/setup && dev/python -m paceline_local demo

airflow: ## run Airflow itself with its pages and the DAG unpaused, until Ctrl-C; REPLAY=DIR as above
	$(with_tools) dev/setup && exec dev/python -m paceline_local airflow

psql: ## a prompt on the warehouse of the last demo; SQL='select …' prints rows, NAME=… picks another demo
	$(with_tools) dev/setup dev postgres && dev/python -m paceline_local psql

stop: ## end the servers that demos left running
	$(where_set_up) dev/python -m paceline_local stop

demo-clean: ## end the servers and remove the lakes and warehouses of all demos
	$(where_set_up) dev/python -m paceline_local clean

test: ## run every test of every language, and sum them up
	$(with_tools) dev/setup dev transformation orchestration postgres && dev/python -m paceline_ci.suites

test-live: ## five calls at most to the real Strava, your lake and warehouse; skipped where a setting is missing
	$(with_tools) dev/setup java dev && dev/python -m paceline_live

test-airflow: export PACELINE_AIRFLOW := $(if $(filter-out 3.2.1,$(AIRFLOW)),airflow-$(AIRFLOW),orchestration)
test-airflow: ## run the DAGs' tests alone; AIRFLOW=3.3.1 runs them on the next Airflow
	$(with_tools) dev/setup java dev transformation $(PACELINE_AIRFLOW) postgres && dev/python -m paceline_ci.airflow

torture: export PACELINE_KILLS ?= 50
torture: export PACELINE_DAYS ?= 30
torture: ## the tests of kills and convergence, with 50 kills a step and 30 simulated days
	$(with_tools) dev/setup java dev postgres && dev/python -m paceline_ci.torture

lint: ## check the format and the habits of every language
	$(with_tools) dev/setup dev && dev/python -m paceline_ci.lint

format: ## format Java, Python and SQL
	$(with_tools) dev/setup dev && dev/python -m paceline_ci.lint --fix

bench: ## measure, each speed beside a floor; ONLY=load. picks by prefix
	$(with_tools) dev/setup && dev/python -m paceline_bench

setup: ## build the jars and the Python environments, where something changed
	$(with_tools) dev/setup

clean: demo-clean ## remove everything that was built or set up as well
	$(with_tools) "$$PACELINE_MAVEN" -q clean
	rm -rf .venv .paceline
