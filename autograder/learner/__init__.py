"""What a learner has beside `pytest exercises/`: watch, hints, status, reset, and the solution at the end."""
