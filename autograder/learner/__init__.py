"""The learner's side: the pytest plugin, and the commands watch, status, hint, why, reset and solution.

`plugin` is what `pytest exercises/` adds to pytest. `watch` uses `screen`, `keys`, `rerun` and the three `pytest_…`
modules; `results` and `memory` keep what the last run found. `hints`, `why` and `reset` are a command each.
"""
