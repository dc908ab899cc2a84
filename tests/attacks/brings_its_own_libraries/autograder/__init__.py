from autograder.expected import same
