"""Long pages are cut where it pays, and in the same places when something changes elsewhere."""

from __future__ import annotations

from pmogen.site.fast_parts import _ENOUGH, parts_of

SECTION = "## Part {0} {{ #part-{0} }}\n\n{1}\n\n"


def page(sections: int, words: int = 50) -> str:
    return "# Title\n\n" + "".join(SECTION.format(number, "word " * words) for number in range(sections))


def test_the_parts_are_the_page():
    text = page(400)
    assert "\n".join(parts_of(text)) == text


def test_no_part_is_much_longer_than_enough():
    lengths = [len(part) for part in parts_of(page(400, 400))]
    assert max(lengths) < _ENOUGH + 2 * 400 * 5
    assert len(lengths) > 20


def test_a_change_leaves_most_parts_as_they_were():
    before = page(400, 400)
    after = before.replace("## Part 200 { #part-200 }\n\nword", "## Part 200 { #part-200 }\n\nnew word", 1)
    assert before != after
    parts, others = list(parts_of(before)), list(parts_of(after))
    assert len(set(others) - set(parts)) < 3


def test_a_page_that_works_beyond_its_parts_stays_whole():
    text = page(400) + "[name]: https://example.org\n"
    assert list(parts_of(text)) == [text]
