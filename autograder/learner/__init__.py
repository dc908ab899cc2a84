"""The learner's side: the pytest plugin, and the commands watch, status, hint, why, reset and solution."""
