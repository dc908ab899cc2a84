"""Match records with people in a roster; doubtful matches are reported, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.gradebooks.roster import Person

# The form in which `autograder.submissions.names` writes a name with a platform's number.
_NUMBERED = re.compile(r"(?P<name>.+) \((?P<number>\d+)\)", re.DOTALL)


@dataclass(frozen=True)
class Matches:
    """The matched people by learner, and a message for each learner without a match."""

    found: dict[str, Person]
    unmatched: list[str]


@dataclass(frozen=True)
class _Meant:
    """The people who could be meant; `by_number` is True if they were found by their number."""

    people: list[Person]
    by_number: bool


def match(learners: Iterable[str], people: Sequence[Person]) -> Matches:
    """Match learners with people: by the platform's number, otherwise by a unique name."""
    numbers: dict[str, list[Person]] = defaultdict(list)
    names: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        numbers[person.number].append(person)
        for name in filter(None, map(_composed, person.names)):
            names[name].append(person)
    meant = {learner: _meant(learner, numbers, names) for learner in learners}
    claims = Counter(one.people[0] for one in meant.values() if len(one.people) == 1)
    certain = Counter(one.people[0] for one in meant.values() if len(one.people) == 1 and one.by_number)
    matches = Matches({}, [])
    mentioned: set[Person] = set()
    for learner, one in meant.items():
        mentioned.update(one.people)
        if not one.people:
            matches.unmatched.append(f"{learner}: not in the roster, no grade is written")
        elif len(one.people) > 1:
            shown = " or ".join(person.shown for person in one.people)
            matches.unmatched.append(f"{learner}: is it {shown}? No grade is written")
        elif (certain if one.by_number else claims)[one.people[0]] > 1:
            matches.unmatched.append(
                f"{learner}: not the only record for {one.people[0].shown}, its grade is not written"
            )
        else:
            matches.found[learner] = one.people[0]
    matches.unmatched.extend(
        f"{person.shown}: in the roster, but without a record"
        for person in people
        if person.expected and person not in mentioned
    )
    return matches


def _meant(learner: str, numbers: Mapping[str, list[Person]], names: Mapping[str, list[Person]]) -> _Meant:
    parts = _NUMBERED.fullmatch(learner)
    wanted = [learner, parts["name"]] if parts else [learner]
    named = list(dict.fromkeys(person for name in wanted for person in names.get(_composed(name), [])))
    numbered = numbers.get(parts["number"], []) if parts else []
    if not numbered:
        return _Meant(named, by_number=False)
    if named and not set(named) & set(numbered):
        # "ann (2)" may be the second download of ann's file, not number 2.
        return _Meant([*numbered, *named], by_number=False)
    return _Meant(numbered, by_number=True)


def _composed(name: str) -> str:
    """Return a name with each accented letter as one character; some file systems use two."""
    return unicodedata.normalize("NFC", name.strip())
