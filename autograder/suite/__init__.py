"""The code that runs inside pytest when a suite tests a submission.

`hooks` has the pytest hooks and a fixture for each exercise; `proxy` represents the submission's modules, and
`remote_transport` sends its requests to another process; `transcript` records the calls of a test, `tape` the
requests and replies; `expected` compares answers, `weights` sets the weights of tests, `properties` configures
hypothesis; `explain` makes a failure from an exception; `prerequisites` finds the earlier exercise at fault.
"""
