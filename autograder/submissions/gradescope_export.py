"""Gradescope's export of submissions: a list says whose each folder is, and when it was handed in.

Gradescope documents only the names in `submission_metadata.json`, which an autograder gets. The list of an export has
the same facts with other names: for each folder, such as `submission_123`, `:submitters` with `:name`, `:sid` and
`:email`, and `:created_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from autograder.protocol.text import visible
from autograder.submissions import UnreadableSubmission
from autograder.submissions.handed_in import parsed

LIST = "submission_metadata.yml"


@dataclass(frozen=True)
class HandIn:
    """What the list says about one folder.

    Attributes:
        learner: the learner, or all members of a group; empty if it does not say.
        submitted: when it was handed in; None if it does not say.
    """

    learner: str
    submitted: datetime | None


def read_list(folder: Path) -> dict[str, HandIn]:
    """Return what the list in an export says, by the name of the folder; nothing if there is no list.

    Raises:
        UnreadableSubmission: if it cannot be read.
    """
    path = folder / LIST
    if not path.is_file():
        return {}
    import yaml  # only here

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(path.read_bytes(), loader) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableSubmission(f"{path} is not Gradescope's list of submissions: {reason}") from None
    if not isinstance(found, dict):
        raise UnreadableSubmission(f"{path} is not Gradescope's list of submissions")
    return {
        name: HandIn(_learner(facts.get(":submitters")), _time(facts.get(":created_at")))
        for name, facts in found.items()
        if isinstance(name, str) and isinstance(facts, dict)
    }


def _learner(people: Any) -> str:
    if not isinstance(people, list):
        return ""
    return ", ".join(_person(person) for person in people if isinstance(person, dict) and person.get(":name"))


def _person(person: dict[str, Any]) -> str:
    """Return a name with an ID, because two learners may have the same name."""
    number = person.get(":sid") or person.get(":email")
    return visible(f"{person[':name']} ({number})" if number else str(person[":name"]))


def _time(value: Any) -> datetime | None:
    if isinstance(value, str):
        return parsed(value)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=timezone.utc)
