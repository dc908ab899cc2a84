"""How hard a sentence is to read: what learners are told should need no second reading.

The grade is the Automated Readability Index, the school year in which a text is understood (Senter and Smith 1967, AMRL
Technical Report 66-220). It needs the lengths of words and sentences alone, and no dictionary.
"""

from __future__ import annotations

import re

HIGHEST_GRADE = 9
_WORD = re.compile(r"[A-Za-z0-9'-]+")
# In backticks, or with a character that no word has. It is read as one short word.
_CODE = re.compile(r"`[^`]*`|\S*[_\[\]()=<>*/@+]\S*")
_INDENTED_CODE = re.compile(r"^ {4}.*$", re.MULTILINE)
_END = re.compile(r"[.!?;:]+(?:\s+|$)")


def reading_grade(text: str) -> float:
    """Return the school year for which a text is written.

        4.71 * characters / words + 0.5 * words / sentences - 21.43

    Args:
        text: sentences, with code in backticks or indented. A colon or a semicolon ends a sentence too.

    >>> round(reading_grade("The odd zero comes after the row; you put it before."), 1)
    -1.6
    """
    plain = _CODE.sub("it", _INDENTED_CODE.sub("", text))
    words = _WORD.findall(plain)
    sentences = [part for part in _END.split(plain) if _WORD.search(part)]
    if not words:
        return 0.0
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def hard_to_read(text: str, most_words: int | None = None) -> str:
    """Return what makes a text hard to read, in a few words; empty if nothing does."""
    words, grade = len(text.split()), reading_grade(text)
    if most_words is not None and words > most_words:
        return f"{words} words, more than {most_words}"
    return f"reading grade {grade:.1f}, more than {HIGHEST_GRADE}" if grade > HIGHEST_GRADE else ""
