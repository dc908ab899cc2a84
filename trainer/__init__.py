"""The trainer: turns a folder of parts, the reference's or a learner's own, into trained networks."""


class TrainerError(Exception):
    """A mistake of the user; its text is one line that says what is wrong and what to do."""
