"""Floods whoever listens."""

print("x" * 10_000_000)
