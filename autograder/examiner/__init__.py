"""The examiner: one submission is run against the suites, and scored.

`pool` hands submissions to examiners; `servers` keeps the two fork servers behind them; `run` is the examiner's
process; `result` is what it reports; `scoring` turns that into points.
"""
