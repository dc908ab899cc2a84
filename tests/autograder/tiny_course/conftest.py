pytest_plugins = ["autograder.learner.plugin"]
