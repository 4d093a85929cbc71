"""What is kept between readings: the same object for the same origin, and no more than one round needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmogen.source.files import read_sources
from pmogen.source.kept import Exactly, Kept, Same


def counted(made: list[str], name: str) -> Callable[[], list[str]]:
    """A step that notes that it was done, and gives a new object each time."""

    def make() -> list[str]:
        made.append(name)
        return [name]

    return make


def test_a_step_is_done_once_for_an_origin() -> None:
    """The same name and an equal origin give the very same object; another origin is another step."""
    made: list[str] = []
    kept = Kept()
    first = kept.once(("a",), "x", counted(made, "a"))
    assert kept.once(("a",), "x", counted(made, "a")) is first
    assert kept.once(("a",), "y", counted(made, "a")) is not first
    assert kept.once(("b",), "y", counted(made, "b")) == ["b"]
    assert made == ["a", "a", "b"]


def test_what_a_round_does_not_ask_for_is_forgotten() -> None:
    """Nothing grows: what was last asked for two rounds ago is gone."""
    kept = Kept()
    for number in range(10):
        kept.begin()
        kept.once(("file", number), number, lambda: "made")
        assert len(kept) <= 2


def test_steps_within_a_step_are_kept_with_it() -> None:
    """A result that is given again asks for nothing; what it was made of stays for the round in which it changes."""
    made: list[str] = []
    kept = Kept()

    def whole() -> list[str]:
        return kept.once(("part",), "same", counted(made, "part"))

    for origin in ("x", "x", "x", "y"):
        kept.begin()
        kept.once(("whole",), origin, whole)
    assert made == ["part"]


def test_a_step_that_fails_is_done_again() -> None:
    """An exception is no result, and what is asked for afterwards is kept as ever."""
    kept = Kept()

    def fail() -> str:
        kept.once(("part",), 1, lambda: "part")
        raise OSError("refused")

    with pytest.raises(OSError, match="refused"):
        kept.once(("whole",), 1, fail)
    kept.once(("other",), 1, lambda: "other")
    kept.begin()
    assert len(kept) == 1
    assert kept.once(("whole",), 1, lambda: "made") == "made"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            (1, 1.0),
            (1, True),
            (0, False),
            (0.0, -0.0),
            ([1], [True]),
            ({"a": 1}, {"a": 1.0}),
            ((1,), (1.0,)),
            ("", None),
        ),
        *(([1], [1, 2]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({"a": 1}, {"b": 1}), ("a", "b")),
    ],
)
def test_exact_values_differ_by_type_and_order(one: object, other: object) -> None:
    """What a model may read differently is not the same."""
    assert Exactly(one) != Exactly(other)
    assert Exactly(other) != Exactly(one)


def test_exact_values_are_equal_all_the_way_down() -> None:
    """A value read a second time is the same."""
    assert Exactly({"a": [1, {"b": None, "c": 0.5}], "d": "x"}) == Exactly({"a": [1, {"b": None, "c": 0.5}], "d": "x"})


def test_the_same_objects_are_not_equal_ones() -> None:
    """Objects count, not what they hold."""
    one, other = [1], [1]
    assert Same(one, other) == Same(one, other)
    assert Same(one) != Same(other)
    assert Same(one) != Same(one, other)


def test_reading_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """Unchanged files are the same objects, and all of them together the same sources."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.yml").write_text("a: 1")
    (content / "b.yml").write_text("b: 1")
    kept = Kept()
    first = read_sources(tmp_path, kept)
    assert read_sources(tmp_path, kept) is first
    (content / "b.yml").write_text("b: 2")
    second = read_sources(tmp_path, kept)
    assert second.files["content/a.yml"] is first.files["content/a.yml"]
    assert second == read_sources(tmp_path)
    assert second.files["content/b.yml"] == b"b: 2"
