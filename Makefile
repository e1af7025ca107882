# The commands of this repository; `make` lists them. Every recipe can also be typed by hand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Unexpanded: make would read the $1 of an SQL statement as one of its variables. Some machines set NAME, so only a NAME
# on the command line counts.
export PACELINE_SQL := $(value SQL)
export PACELINE_REPLAY := $(value REPLAY)
export PACELINE_ENGINE := $(if $(findstring command,$(origin ENGINE)),$(value ENGINE))
export PACELINE_ONLY := $(value ONLY)
export PACELINE_VARIANT := $(if $(findstring command,$(origin NAME)),$(value NAME))

# Finds the tools once per command; what is missing is reported before anything is downloaded.
with_tools = @tools=$$(dev/toolchain) && eval "$$tools" &&

# Stopping and deleting must not download anything: without an environment no demo has run.
if_set_up = @[ ! -x .venv/dev/bin/python ] ||

.PHONY: help setup demo airflow psql stop demo-clean aws-run images test test-live test-airflow test-containers test-iac torture lint format bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## run the DAG once on years of a simulated athlete; REPLAY=DIR uses recorded activities, ENGINE=docker containers
	$(with_tools) dev/setup $(if $(PACELINE_ENGINE),dev) && dev/python -m paceline_local demo

airflow: ## run a real Airflow with its UI and the DAG unpaused, until Ctrl-C; REPLAY=DIR as above
	$(with_tools) dev/setup && exec dev/python -m paceline_local airflow

psql: ## open a prompt on the warehouse of the last demo; SQL='select …' prints rows, NAME=… picks another demo
	$(with_tools) dev/setup dev postgres && dev/python -m paceline_local psql

stop: ## stop the servers that demos left running
	$(if_set_up) dev/python -m paceline_local stop

demo-clean: ## stop the servers and delete the lakes and warehouses of all demos
	$(if_set_up) dev/python -m paceline_local clean

# As above: many machines set some of these names.
aws_run_choices := ENVIRONMENT DEPLOYMENT IMAGE DEFINITION CMD CAPACITY MINUTES DETACH
given = $(if $(findstring command,$(origin $1)),$(value $1))
$(foreach name,$(aws_run_choices),$(eval aws-run: export PACELINE_AWS_$(name) := $$(call given,$(name))))
aws-run: ## run one task on AWS and follow its log: ENVIRONMENT=qa IMAGE=load CMD='status strava'; see docs/reference/aws-run.md
	$(with_tools) dev/setup dev && exec dev/python -m paceline_aws.run_task

test: ## run every test of every language, and print the totals
	$(with_tools) dev/setup dev transformation orchestration postgres && dev/python -m paceline_ci.suites

test-live: ## check the real Strava (five calls at most), your lake and your warehouse; skipped if a setting is missing
	$(with_tools) dev/setup java dev && dev/python -m paceline_live

test-airflow: export PACELINE_AIRFLOW := $(if $(filter-out 3.2.1,$(AIRFLOW)),airflow-$(AIRFLOW),orchestration)
test-airflow: ## run only the DAGs' tests; AIRFLOW=3.3.1 runs them on the next Airflow
	$(with_tools) dev/setup java dev transformation $(PACELINE_AIRFLOW) postgres && dev/python -m paceline_ci.airflow

test-containers: export PACELINE_IMAGES := dev
test-containers: ## build all images, and test them and the local stack in Docker containers
	$(with_tools) dev/setup dev java postgres orchestration transformation && dev/python -m paceline_ci.containers

test-iac: ## test the Terraform in iac/: format, policies, plans, and applies on a simulated AWS
	$(with_tools) dev/setup dev java postgres orchestration transformation iac && dev/python -m paceline_ci.iac

torture: export PACELINE_KILLS ?= 50
torture: export PACELINE_DAYS ?= 30
torture: export PACELINE_FUZZ ?= 45
torture: ## run the tests of kills and convergence with 50 kills per step and 30 simulated days, and ten minutes of random input
	$(with_tools) dev/setup java dev postgres && dev/python -m paceline_ci.torture

lint: ## check format and style of every language
	$(with_tools) dev/setup dev && dev/python -m paceline_ci.lint

format: ## format Java, Python and SQL
	$(with_tools) dev/setup dev && dev/python -m paceline_ci.lint --fix

images: ## build the images of extract, load and transformation with their SBOMs, and print the size of each
	$(with_tools) dev/setup dev && dev/python -m paceline_ci.images

bench: ## measure speed, memory and calls; ONLY=load. selects by prefix
	$(with_tools) dev/setup && dev/python -m paceline_bench

setup: ## build the jars and the Python environments, if something changed
	$(with_tools) dev/setup

clean: demo-clean ## also delete everything that was built or set up
	$(with_tools) "$$PACELINE_MAVEN" -q clean
	rm -rf .venv .paceline
