"""The examiner runs the suites on one submission; scoring computes the points.

`pool` starts an examiner for each submission; `servers` runs the two fork servers; `run` is the examiner's process;
`result` is its report; `scoring` computes points from the report.
"""
