"""Untrusted texts: names of files and learners, messages of exceptions, everything that a submission says."""

from __future__ import annotations

import re
from collections.abc import Sequence

# An explanation is shorter; nobody reads more.
LONGEST_TEXT = 2000
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_LINE_ENDS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def visible(text: str) -> str:
    r"""Return a text in one line, in which every character can be seen; two different texts stay different.

    It has no control characters. Bytes that are not UTF-8, which come from the system as lone surrogates, are shown
    as `\xe9`.

    >>> visible("Jos\udce9"), visible("a\nb\x1b[31m"), visible("Zoë 王")
    ('Jos\\xe9', 'a\\nb\\x1b[31m', 'Zoë 王')
    """
    return "".join(map(_visible, text))


def _visible(letter: str) -> str:
    if letter.isprintable():
        return letter
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode()


def one_line(value: object) -> str:
    r"""Return an untrusted text, short, in one line, with no control characters.

    >>> one_line("first\nsecond \x07")
    'first second \\x07'
    """
    return visible(_LINE_ENDS.sub(" ", str(value)[:LONGEST_TEXT]))[:LONGEST_TEXT]


# An underscore within a word is no markup; an address may become a link.
_MARKUP = re.compile(r"[\\`*{}\[\]<>|#~&!$]|(?<!\w)_|_(?!\w)|:(?=//)")


def markdown(text: str) -> str:
    r"""Return an untrusted text as one line of Markdown that shows it and marks nothing up.

    >>> print(markdown("# 10 of 10\n<b>same_padding</b>"))
    \# 10 of 10\\n\<b\>same_padding\</b\>
    """
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def listed(names: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
