"""The commands: what each takes, which part does it, how its errors are told. `autograder.cli` lists them."""
