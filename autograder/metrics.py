"""Numbers about a run of the grader, for Prometheus: http://127.0.0.1:PORT/metrics."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from autograder.grade import Done

# A light exercise takes tenths of a second, the whole course half a minute, one that hangs some minutes.
_SECONDS = (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """Counts what is graded, and serves the counts to this machine alone.

    Args:
        port: where; 0 for one that is free.
        submissions: how many there are.

    Attributes:
        port: where.

    Raises:
        OSError: where the port is taken.
    """

    def __init__(self, port: int, submissions: int):
        registry = CollectorRegistry()
        self._done = Counter(
            "autograder_submissions", "Submissions that are done.", ["outcome"], registry=registry
        )
        for outcome in ("graded", "kept", "problem"):
            self._done.labels(outcome)
        self._looks = Counter("autograder_looks", "Submissions that need a look.", registry=registry)
        self._seconds = Histogram(
            "autograder_submission_seconds", "What grading one took.", buckets=_SECONDS, registry=registry
        )
        self._tests = Counter(
            "autograder_tests_seconds", "What the tests of an exercise took.", ["exercise"], registry=registry
        )
        self._waiting = Gauge("autograder_waiting", "Submissions that are not done.", registry=registry)
        self._waiting.set(submissions)
        self._server, self._thread = start_http_server(port, addr="127.0.0.1", registry=registry)
        self.port = self._server.server_port

    def graded(self, done: Done) -> None:
        """Count a submission."""
        self._done.labels(done.outcome).inc()
        self._waiting.dec()
        if done.look:
            self._looks.inc()
        if done.outcome != "kept":
            self._seconds.observe(done.seconds)
        for exercise, seconds in done.by_exercise.items():
            self._tests.labels(exercise).inc(seconds)

    def close(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
