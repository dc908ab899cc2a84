"""Independent implementations that the hidden suites compare with, one module an exercise.

None imports `solutions`: the reference is graded by the same suites.
"""
