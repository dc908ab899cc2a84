"""Fork servers: processes that import the slow libraries once, and fork a child for every connection.

`client` starts a server and ends it; `server` is that process; `handler` is what a child does, which each use of a
fork server defines; `connect` asks the candidates' server for a candidate.
"""
