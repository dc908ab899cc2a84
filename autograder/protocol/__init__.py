"""The protocol: the bytes, values and messages exchanged between the grader's processes.

`channel` frames messages on a socket; `plain` packs the only values that cross to a submission and back; `calls` are
the requests that a suite makes of a submission, and their replies, checked before they are believed; `messages` are
what the grader, the examiner and the fork servers send each other; `failure` is why a test failed.
"""
