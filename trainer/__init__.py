"""The trainer: trains networks built from a folder of parts, either a learner's or the reference solutions."""


class TrainerError(Exception):
    """A user error. Its text is one line: what is wrong and what to do."""
