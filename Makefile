# `make` lists the targets. Each makes the virtual environment that it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# The four IDX files of MNIST, for `make mnist`.
MNIST ?= mnist

LEARNERS := autograder/learners_folder

.PHONY: help grade train test attacks coverage lint exercises screens verify bench bench-peers load mnist \
	digits mutation home answers explained explained-class diagnosis three-ways nbgrader-class scale faults sandbox clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

grade: $(INSTALLED) sandbox ## make a small class and grade it
	$(BIN)/python examples/make_class.py results/class
	$(BIN)/autograder grade results/class --out results/examples

train: $(INSTALLED) ## train the CNN on digits that need no download, with the reference's parts
	$(BIN)/trainer train cnn --parts solutions --learning-rate 1e-3 --iterations 1500 --overwrite

# A file's tests run in one process, for what several of them need is made once; in the order of their names, for
# those with the fewest tests are not the shortest.
test: $(INSTALLED) sandbox lint ## the kit's own tests, the public suites on the solutions, the docstrings' examples
	$(BIN)/pytest tests/autograder tests/trainer tests/course -n auto --dist loadfile --no-loadscope-reorder -q \
		--show-capture=all
	$(BIN)/pytest exercises --submission solutions -q
	PYTHONPATH=solutions $(BIN)/pytest --doctest-modules solutions autograder trainer -q

attacks: $(INSTALLED) sandbox ## every attack as root, as another user, and at the level `user`
	ALL_ATTACKS=1 $(BIN)/pytest tests/autograder/sandbox/test_attacks.py -q

# Processes that the tests start are measured too, except fork servers: these get only the environment that they need.
coverage: $(INSTALLED) sandbox ## how much of autograder/ and trainer/ the kit's own tests run
	$(BIN)/pytest tests/autograder tests/trainer tests/course -n auto --dist loadfile --no-loadscope-reorder -q --cov

lint: $(INSTALLED) ## format, style, types, imports between packages, workflows, Dockerfiles
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows \
		.github/workflows/*.yml $(LEARNERS)/dot_github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@test ! -x $(BIN)/hadolint || $(BIN)/hadolint docker/*.Dockerfile $(LEARNERS)/Dockerfile

verify: $(INSTALLED) ## the course itself: solutions and alternatives pass; stubs, mistakes and trivial answers do not
	$(BIN)/autograder verify

exercises: $(INSTALLED) ## a learner's own run
	$(BIN)/pytest exercises

screens: $(INSTALLED) grade ## draw the README's two screens again; needs chromium
	$(BIN)/python docs/pictures/screens.py results/examples

bench: $(INSTALLED) sandbox ## print the benchmark table
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/training_speed.py
	$(BIN)/python benchmarks/sandbox.py
	$(BIN)/python benchmarks/watch_latency.py

bench-peers: $(INSTALLED) sandbox ## the same work by nbgrader, Otter, plain pytest and this grader
	$(BIN)/python benchmarks/peers.py

load: $(INSTALLED) sandbox ## what submissions that hang, sleep and fork cost a class of 60; half an hour
	$(BIN)/python benchmarks/load.py

digits: $(INSTALLED) ## how well the network in NumPy learns small digits, with ten seeds; four minutes
	$(BIN)/python benchmarks/digits.py

mutation: $(INSTALLED) ## how many small faults the hidden suites catch; twenty minutes the first time
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python benchmarks/mutation.py

home: $(INSTALLED) ## how many known mistakes the public suites catch alone; ten minutes
	$(BIN)/python benchmarks/home.py

answers: $(INSTALLED) ## how answers written from the stubs alone are judged and explained; five minutes
	$(BIN)/python benchmarks/answers.py

explained: $(INSTALLED) ## how many of 500 small faults are explained, and how long that takes; twenty minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python benchmarks/explained.py

explained-class: $(INSTALLED) ## what explanations cost a class of 500; twenty minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python benchmarks/explained_class.py

diagnosis: $(INSTALLED) ## how many known mistakes are named, in more than one style
	$(BIN)/python benchmarks/diagnosis.py

three-ways: $(INSTALLED) sandbox ## modules, notebooks in nbgrader, notebooks in the sandbox: the same points
	$(BIN)/python benchmarks/three_ways.py

nbgrader-class: $(INSTALLED) sandbox ## ten learners through the whole of nbgrader, the same points as their modules
	$(BIN)/python benchmarks/nbgrader_class.py

scale: $(INSTALLED) sandbox ## more workers, a cluster, a class of ten thousand; an hour on two cores
	$(BIN)/python benchmarks/scale.py

faults: $(INSTALLED) sandbox ## kill graders and workers twenty times while they grade a class; eight minutes
	$(BIN)/python benchmarks/faults.py

mnist: $(INSTALLED) ## every network on real MNIST, an hour on two cores: make mnist MNIST=folder
	$(BIN)/python benchmarks/mnist.py $(MNIST)

# Root, or whoever may use sudo, gets what is missing; to others the grader says what to do.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
sandbox: ## install bubblewrap, which keeps submissions apart
	@command -v bwrap >/dev/null || { command -v apt-get >/dev/null \
		&& $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq bubblewrap libseccomp2 libarchive13; } \
		|| echo "bubblewrap is not installed"

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean: ## remove the virtual environment and everything that was built, graded or trained
	rm -rf $(VENV) results runs build *.egg-info .pytest_cache .mypy_cache .ruff_cache
