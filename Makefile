.DEFAULT_GOAL := help
.PHONY: help setup format lint build test bench bench-robustness bench-water demo check \
	score-footage check-models crash-suite samples clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "make %-16s %s\n", $$1, $$2 }'

setup: ## install missing Debian packages, check Swift
	scripts/setup --tests

format: ## format every Swift file in place
	scripts/format

lint: ## file and function sizes, import arrows, leftovers
	scripts/lint

build: ## build products and tests, release, warnings are errors
	scripts/setup
	scripts/build

test: ## install what is missing, build, run every test
	scripts/test

bench: ## print the measured tables: decode ratio and what else is in scripts/bench.d
	scripts/bench

demo: ## install what is missing, build, score SampleStreams, print the alerts
	scripts/demo

check: ## what a change must pass: formatting, lint, build, tests
	scripts/setup --tests
	scripts/format --check
	scripts/lint
	scripts/test

score-footage: ## score real clips against their truth (FOOTAGE=DIR, default ../shared/footage)
	scripts/score-footage

check-models: ## compare models with ONNX Runtime (MODELS=DIR, default ../shared/models)
	scripts/check-models

bench-robustness: ## disturb real clips, write docs/robustness.md (FOOTAGE=DIR, ARGUMENTS=...)
	scripts/bench-robustness $(ARGUMENTS)

bench-water: ## render scenes at the water and score them (SEEDS=20)
	scripts/bench-water $(SEEDS)

crash-suite: ## kill the program at 300 random moments, check that no alert is lost (SEED=1)
	scripts/crash-suite

samples: ## render SampleStreams anew
	scripts/samples

clean: ## remove what was built and written
	rm -rf .build Output
