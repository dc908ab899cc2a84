# `make grade`, `make train` and `make test` make the virtual environment that they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# The four IDX files of MNIST, for `make mnist`.
MNIST ?= mnist

LEARNERS := autograder/learners_folder

.PHONY: grade train test attacks lint exercises verify bench bench-peers mnist mutation diagnosis three-ways \
	nbgrader-class scale faults sandbox clean

grade: $(INSTALLED) sandbox ## grade the small class in examples/submissions
	$(BIN)/autograder grade examples/submissions --out results/examples

train: $(INSTALLED) ## train the CNN on digits that need no download, with the reference's parts
	$(BIN)/trainer train cnn --parts solutions --rate 1e-3 --iterations 1500 --overwrite

# A file's tests run in one process, for what several of them need is made once; in the order of their names, for
# those with the fewest tests are not the shortest.
test: $(INSTALLED) sandbox lint ## the kit's own tests, the public suites on the solutions, the docstrings' examples
	$(BIN)/pytest tests/autograder tests/trainer -n auto --dist loadfile --no-loadscope-reorder -q
	$(BIN)/pytest exercises --submission solutions -q
	PYTHONPATH=solutions $(BIN)/pytest --doctest-modules solutions autograder trainer -q

attacks: $(INSTALLED) sandbox ## every attack as root, as another user, and at the level `user`
	ALL_ATTACKS=1 $(BIN)/pytest tests/autograder/test_attacks.py -q

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(LEARNERS)/dot_github/workflows/*.yml
	@test ! -x $(BIN)/hadolint || $(BIN)/hadolint docker/*.Dockerfile $(LEARNERS)/Dockerfile

verify: $(INSTALLED) ## the course's: solutions pass, stubs and mistakes do not, alternatives do
	$(BIN)/autograder verify

exercises: $(INSTALLED) ## a learner's own run
	$(BIN)/pytest exercises

bench: $(INSTALLED) sandbox ## print the benchmark table
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/training_speed.py
	$(BIN)/python benchmarks/sandbox.py
	$(BIN)/python benchmarks/watch.py

bench-peers: $(INSTALLED) sandbox ## the same work by nbgrader, Otter, plain pytest and this grader
	$(BIN)/python benchmarks/peers.py

mutation: $(INSTALLED) ## how many small faults the hidden suites catch, twenty minutes the first time
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python benchmarks/mutation.py

diagnosis: $(INSTALLED) ## how many known mistakes are named, whoever writes them
	$(BIN)/python benchmarks/diagnosis.py

three-ways: $(INSTALLED) sandbox ## modules, notebooks in nbgrader, notebooks in the sandbox: the same points
	$(BIN)/python benchmarks/three_ways.py

nbgrader-class: $(INSTALLED) sandbox ## ten learners through the whole of nbgrader, the same points as their modules
	$(BIN)/python benchmarks/nbgrader_class.py

scale: $(INSTALLED) sandbox ## more workers, a cluster, a class of ten thousand; an hour on two cores
	$(BIN)/python benchmarks/scale.py

faults: $(INSTALLED) sandbox ## kill what grades a class, twenty times, and compare the records; eight minutes
	$(BIN)/python benchmarks/faults.py

mnist: $(INSTALLED) ## every network on real MNIST, an hour on two cores: make mnist MNIST=folder
	$(BIN)/python benchmarks/mnist.py $(MNIST)

# Root, or whoever may use sudo, gets what is missing; to others the grader says what to do.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
sandbox: ## install bubblewrap, which keeps submissions apart
	@command -v bwrap >/dev/null || { command -v apt-get >/dev/null \
		&& $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq bubblewrap libseccomp2; } \
		|| echo "bubblewrap is not installed"

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) results runs build *.egg-info .pytest_cache .mypy_cache .ruff_cache
