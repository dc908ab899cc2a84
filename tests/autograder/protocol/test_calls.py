"""Requests survive the journey whole; of a stranger's reply only what has the right type is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import plain
from autograder.protocol.calls import (
    EXTRAS,
    CallFunction,
    CallMethod,
    FileRequest,
    GetAttribute,
    Hold,
    ImportLibraries,
    Iterate,
    ListFiles,
    Load,
    NewFolder,
    Next,
    ReadChanges,
    ReadFile,
    Reply,
    Request,
    StandIn,
    UnreadableReply,
    WatchFiles,
    WriteFile,
    is_about_files,
    pack_request,
    read_request,
)
from autograder.protocol.failure import Location
from tests.autograder.protocol.plain_values import any_values, values

HANDLE = plain.Handle(3, "Tally")
REQUESTS = [
    ImportLibraries(["padding", "dense"]),
    Load("padding"),
    CallFunction("padding", "pad", [1, "a"], {"stride": 2}),
    CallFunction("padding", "pad", [], {}, graph="any batch"),
    CallFunction("padding", "pad", [], {}, "shape"),
    CallFunction("dense", "sigmoid", [0.5], {}, "gradient"),
    CallMethod(HANDLE, "add", [(1, 2)], {}),
    GetAttribute(HANDLE, "total"),
    Iterate(HANDLE),
    Next(HANDLE),
    StandIn("padding", "same_padding", [5, 3], {"strides": 1}),
    StandIn("dense", "relu", [1.0], {}, upstream=[2.0]),
    StandIn(
        "early_stopping", "EarlyStopping", [3], {}, then=[["update", [1, 0.5], {}], ["patience", None, {}]]
    ),
    Hold({"padding.py": b"x = 1\n"}),
    NewFolder(),
    ListFiles("/tmp/folder"),
    ReadFile("/tmp/folder/file"),
    WriteFile("/tmp/folder/file", b"\0\xff"),
    WatchFiles("/tmp/folder"),
    ReadChanges(),
]


# Requests.


def test_there_is_an_example_of_every_request():
    assert {type(request) for request in REQUESTS} == set(get_args(Request))


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
@pytest.mark.parametrize("release", [[], [1, 7]])
def test_a_request_comes_back_the_same(request_, release):
    assert read_request(pack_request(request_, release)) == (request_, release)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_requests_about_files_are_recognized(request_):
    assert is_about_files(pack_request(request_)) == isinstance(request_, FileRequest)
    large = WriteFile("/tmp/folder/file", b"x" * 100_000)
    assert is_about_files(pack_request(large, [1]))


@given(args=st.lists(values, max_size=3), kwargs=st.dictionaries(st.text(max_size=5), values, max_size=3))
def test_a_call_keeps_its_arguments_whatever_they_are(args, kwargs):
    for request in (CallFunction("a", "f", args, kwargs), CallMethod(HANDLE, "f", args, kwargs)):
        assert read_request(pack_request(request)) == (request, [])


def test_what_cannot_travel_is_no_argument():
    with pytest.raises(plain.NotPlain):
        pack_request(CallFunction("a", "f", [object()], {}))


# Replies.


TEXTS = ("raised", "text", "stopped", "unusable", "not_callable", "nobody")
FLAGS = ("unwritten", "end", "callable", "timed_out", "costly")
KEYS = [field.name for field in fields(Reply) if field.name != "has_value"]


def check_types(reply: Reply) -> None:
    """Check that every part of a reply has its type, and a length that people can read."""
    for name in TEXTS:
        text = getattr(reply, name)
        assert type(text) is str
        assert len(text) <= 2000
        assert text.isprintable()
    for name in (*FLAGS, "has_value"):
        assert type(getattr(reply, name)) is bool
    assert reply.needs in ("", *EXTRAS)
    assert type(reply.bases) is type(reply.changed) is tuple
    assert all(type(name) is str for name in reply.bases)
    for key in reply.changed:
        assert type(key) in (str, int)
        assert key.isprintable() if isinstance(key, str) else key >= 0
    for names in (reply.missing or (), [key for key in reply.changed if isinstance(key, str)]):
        assert len(names) <= 200
        assert all(type(name) is str and len(name) <= 80 for name in names)
    assert reply.missing is None or type(reply.missing) is tuple
    assert reply.where is None or 0 < reply.where.line < 2**31
    assert reply.where is None or type(reply.where.file) is type(reply.where.function) is str


right = st.fixed_dictionaries(
    {},
    optional={
        "value": values,
        **{name: st.text("ab\\é", max_size=9) for name in TEXTS},
        **{name: st.booleans() for name in FLAGS},
        "needs": st.sampled_from(list(EXTRAS)),
        "bases": st.lists(st.text(max_size=9), max_size=3),
        "changed": st.lists(st.text("ab", max_size=9) | st.integers(0, 99), max_size=3),
        "missing": st.lists(st.text("ab", max_size=9), max_size=3),
        "where": st.tuples(st.text("ab", max_size=9), st.integers(1, 9999), st.text("ab", max_size=9)).map(
            list
        ),
    },
)


@given(message=right)
def test_of_a_reply_with_the_right_types_everything_is_kept(message):
    reply = Reply.read(plain.pack(message))
    kept: dict[str, Any] = {name: getattr(reply, name) for name in message}
    for name in kept.keys() & {"bases", "changed", "missing"}:
        kept[name] = list(kept[name])
    if "where" in kept:
        kept["where"] = [reply.where.file, reply.where.line, reply.where.function]
    assert kept == message
    assert reply.has_value == ("value" in message)
    nothing = Reply()
    unsaid = set(KEYS) - message.keys()
    assert {name: getattr(reply, name) for name in unsaid} == {
        name: getattr(nothing, name) for name in unsaid
    }
    check_types(reply)


@given(
    message=st.dictionaries(
        st.sampled_from(KEYS) | st.integers() | st.binary(max_size=3), any_values, max_size=9
    )
)
def test_of_a_reply_with_other_types_nothing_harmful_is_kept(message):
    check_types(Reply.read(plain.pack(message)))


@given(value=any_values)
def test_any_plain_value_is_a_reply_or_is_unreadable(value):
    try:
        check_types(Reply.read(plain.pack(value)))
        assert isinstance(value, dict)
    except UnreadableReply:
        assert not isinstance(value, dict)


@given(data=st.binary(max_size=60))
def test_any_bytes_are_a_reply_or_are_unreadable(data):
    with suppress(UnreadableReply):
        check_types(Reply.read(data))


@given(message=right, position=st.integers(0), byte=st.integers(0, 255))
def test_a_reply_that_was_damaged_is_a_reply_or_is_unreadable(message, position, byte):
    packed = bytearray(plain.pack(message))
    packed[position % len(packed)] = byte
    with suppress(UnreadableReply):
        check_types(Reply.read(bytes(packed)))


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ({"where": ["padding.py", 3, "pad"]}, Location("padding.py", 3, "pad")),
        ({"where": ["padding.py", True, "pad"]}, None),
        ({"where": ["padding.py", 2**70, "pad"]}, None),
        ({"where": ["padding.py", -3, "pad"]}, None),
        ({"where": ["padding.py", 3]}, None),
        ({"where": "a:3"}, None),
        ({"changed": ["numbers", 0]}, ("numbers", 0)),
        ({"changed": ["\x1b[2J", "a" * 999, True, 2**70, -1, 1.5, None]}, (r"\x1b[2J", "a" * 80)),
        ({"missing": ["f", 3, "a\n" * 99]}, ("f", "3", "a " * 40)),
        ({"missing": "f"}, ()),
        ({"missing": None}, None),
        ({"unwritten": 1}, False),
        ({"end": "yes"}, False),
        ({"needs": "somebody's library"}, ""),
        ({"text": 3}, "3"),
        ({"text": "\x1b[2J\x07\u202e\n"}, "\\x1b[2J\\x07\\u202e "),
        ({"value": None}, None),
    ],
)
def test_a_part_of_the_wrong_type_is_as_if_it_were_not_there(part, kept):
    (name,) = part
    assert getattr(Reply.read(plain.pack(part)), name) == kept


def test_what_is_long_is_cut():
    """A submission may say megabytes, and name thousands."""
    many = [f"name{number}" for number in range(5000)]
    reply = Reply.read(plain.pack({"text": "a" * 10**6, "missing": many, "changed": many}))
    check_types(reply)
    assert (reply.text, reply.missing) == ("a" * 2000, tuple(many[:200]))
    assert reply.changed == tuple(many[: len(reply.changed)]) != ()


def test_none_is_a_value_that_came_back():
    assert Reply.read(plain.pack({"value": None})).has_value
    assert not Reply.read(plain.pack({})).has_value
