"""The commands: their arguments, and which part of the kit does each. `autograder.cli` lists them."""
