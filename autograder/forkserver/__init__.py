"""Fork servers: processes that import the slow libraries once and fork a child for every connection.

`client` starts and ends a server; `server` is the process; `handler` defines what a child does; `connect` gets a
candidate from the candidates' server.
"""
