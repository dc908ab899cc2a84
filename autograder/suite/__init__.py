"""What runs inside of pytest when a suite examines a submission.

`hooks` are pytest's hooks, with a fixture for each exercise; `proxy` stands for the submission's modules, and
`remote_transport` carries its requests to another process; `transcript` holds the calls of a test, `tape` its
exchanges; `expected` compares answers, `weights` marks what a test is worth, `properties` limits hypothesis;
`explain` makes a failure of an exception; `prerequisites` blames an earlier exercise.
"""
