"""The commands with their arguments; each calls a part of the kit. `autograder.cli` lists them."""
