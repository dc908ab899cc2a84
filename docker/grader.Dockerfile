# The grader with the course: docs/containers.md says how to build and run it.
FROM python:3.12-slim-bookworm

# The sandbox. Debian's own updates are wanted, so no version is pinned.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends bubblewrap libseccomp2 libarchive13 \
    && rm -rf /var/lib/apt/lists/*

# First what rarely changes, so that a change of the course does not install TensorFlow again.
WORKDIR /kit
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY autograder autograder
COPY trainer trainer
RUN pip install --no-cache-dir --quiet --constraint constraints.txt '.[cluster,nbgrader]'

WORKDIR /course
COPY grading.toml conftest.py pytest.ini constraints.txt LICENSE ./
COPY solutions solutions
COPY exercises exercises
COPY tests tests
# The user of a submission may read Python, and nothing of these. `autograder release` copies /kit.
RUN chmod -R go-rwx /course /kit

ENV TF_CPP_MIN_LOG_LEVEL=3
ENTRYPOINT ["autograder"]
CMD ["--help"]
