"""Only the lines of a change are touched, and the text means exactly what was wanted."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmogen.edit import Append, Delete, Put, edit, patch_of
from pmogen.errors import PmogenError
from tests.workspaces import ROOT, parsed

F = "content/file.yml"
TEXT = """\
# above
title: One # behind
quoted: "a: b"
single: 'it''s'
folded: >- # why
  some words
  on lines

empty:
none: [] # nobody yet
flow: [a, b]
map: {a: 1, b: two}
list:
  # the first group
  - id: one # first
    name: First

    note: |
      kept

      as it is
  # the second group
  - id: two
    # inside
    name: Second
    # its last word

# about the end
last:
- x: 1
- x: 2
"""


def after(*changes, text=TEXT):
    """The text after changes, and the lines that were taken out and put in."""
    edited = edit({F: text.encode()}, changes)
    new = edited.new.get(F, text.encode()).decode()
    lines = [line for line in edited.patch.split("\n")[2:] if line[:1] in "+-" and line]
    return new, lines


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (Put(F, ("title",), "Two"), ["-title: One # behind", "+title: Two # behind"]),
        (Put(F, ("title",), "One"), []),
        (Put(F, ("title",), "a: b"), ["-title: One # behind", '+title: "a: b" # behind']),
        (Put(F, ("title",), "no"), ["-title: One # behind", '+title: "no" # behind']),
        (Put(F, ("title",), 3.0), ["-title: One # behind", "+title: 3 # behind"]),
        (Put(F, ("title",), 2.5), ["-title: One # behind", "+title: 2.5 # behind"]),
        (Put(F, ("quoted",), "c"), ['-quoted: "a: b"', '+quoted: "c"']),
        (Put(F, ("single",), "'tis"), ["-single: 'it''s'", "+single: '''tis'"]),
        (Put(F, ("folded",), "short"), ["-folded: >- # why", "-  some words", "-  on lines", "+folded: short # why"]),
        (Put(F, ("empty",), "full"), ["-empty:", "+empty: full"]),
        (Put(F, ("empty", "in"), 1), ["+  in: 1"]),
        (Put(F, ("flow", 1), "c"), ["-flow: [a, b]", "+flow: [a, c]"]),
        (Put(F, ("flow",), ["x"]), ["-flow: [a, b]", "+flow: [x]"]),
        (Put(F, ("map", "c"), [1, "x, y"]), ["-map: {a: 1, b: two}", '+map: {a: 1, b: two, c: [1, "x, y"]}']),
        (Put(F, ("list", 0, "name"), "Erste"), ["-    name: First", "+    name: Erste"]),
        (Put(F, ("list", 1, "new"), "x"), ["+    new: x"]),
        (Put(F, ("list", 1, "mid"), "x", ("id", "mid", "name")), ["+    mid: x"]),
        (Put(F, ("new",), True), ["+new: true"]),
        (Put(F, ("new", "deep"), ["a"]), ["+new:", "+  deep: [a]"]),
        (Append(F, ("none",), {"a": 1}), ["-none: [] # nobody yet", "+none: # nobody yet", "+  - a: 1"]),
        (Append(F, ("flow",), "c"), ["-flow: [a, b]", "+flow: [a, b, c]"]),
        (Append(F, ("fresh",), "c"), ["+fresh: [c]"]),
        (Append(F, ("list",), {"id": "three", "name": "x"}), ["+  - id: three", "+    name: x"]),
        (Append(F, ("list",), {"id": "three"}, 0), ["+  - id: three"]),
        (Append(F, ("last",), {"x": 3}), ["+- x: 3"]),
        (Delete(F, ("list", 1, "name")), ["-    name: Second"]),
        (Delete(F, ("list", 0, "id")), ["-  - id: one # first", "-    name: First", "+  - name: First"]),
        (Delete(F, ("title",)), ["-title: One # behind"]),
        (Delete(F, ("nothing",)), []),
        (Delete(F, ("flow", 0)), ["-flow: [a, b]", "+flow: [b]"]),
        (Delete(F, ("map", "b")), ["-map: {a: 1, b: two}", "+map: {a: 1}"]),
        (Delete(F, ("last", 0)), ["-- x: 1"]),
        (Delete(F, ("last", 1)), ["-- x: 2"]),
    ],
    ids=str,
)
def test_a_change_touches_its_lines_only(change, lines):
    assert after(change)[1] == lines


def test_an_entry_goes_behind_the_one_that_is_named_with_its_comments():
    new, _ = after(Append(F, ("list",), {"id": "x"}, 1))
    assert "    # its last word\n  - id: x\n\n# about the end\n" in new


def test_the_last_entry_of_a_list_leaves_an_empty_list_and_the_comments_around():
    new, _ = after(Delete(F, ("last", 1)), Delete(F, ("last", 0)))
    assert "# about the end\nlast: []\n" in new


def test_long_texts_are_folded_and_texts_with_paragraphs_keep_them():
    long = "word " * 60 + "end"
    new, lines = after(Put(F, ("list", 1, "name"), long), Put(F, ("title",), "One\n\nTwo: three"))
    assert parsed(new)["list"][1]["name"] == long
    assert max(map(len, new.split("\n"))) <= 120
    assert "+    name: >-" in lines
    assert new.startswith("# above\ntitle: |- # behind\n  One\n\n  Two: three\nquoted:")


def test_entries_that_stand_apart_stay_apart():
    new, _ = after(Append(F, ("a",), {"x": 3}), text="a:\n  - x: 1\n\n  - x: 2\n# end\n")
    assert new == "a:\n  - x: 1\n\n  - x: 2\n\n  - x: 3\n# end\n"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n", "# nothing\n---\n"])
def test_an_empty_file_is_filled(text):
    new, _ = after(Put(F, ("a",), [{"b": 1}]), text=text)
    assert parsed(new) == {"a": [{"b": 1}]}
    assert new.startswith(text.replace("{}\n", ""))


def test_a_file_that_is_missing_is_made():
    edited = edit({}, [Put(F, ("a",), 1)])
    assert edited.new == {F: b"a: 1\n"}
    assert edited.patch.startswith("--- /dev/null\n+++ b/content/file.yml\n@@ -0,0 +1 @@\n")


def test_line_ends_and_byte_order_mark_stay():
    raw = "\ufeff# x\r\na: 1\r\nb:\r\n  - c: 2\r\n".encode()
    new = edit({F: raw}, [Append(F, ("b",), {"c": 3}), Put(F, ("a",), 5)]).new[F]
    assert new == "\ufeff# x\r\na: 5\r\nb:\r\n  - c: 2\r\n  - c: 3\r\n".encode()


def test_no_line_end_at_the_end_stays_so():
    assert after(Put(F, ("b",), 2), text="a: 1")[0] == "a: 1\nb: 2"


def test_other_indentation_is_followed():
    text = "a:\n    b:\n        c: 1\nlist:\n-   x: 1\n    y:\n    -   z: 1\n"
    new, _ = after(Put(F, ("a", "d"), {"e": 1}), Append(F, ("list",), {"x": 2, "y": [{"z": 2}]}), text=text)
    assert new == (
        "a:\n    b:\n        c: 1\n    d:\n        e: 1\nlist:\n-   x: 1\n    y:\n    -   z: 1\n"
        "-   x: 2\n    y:\n    -   z: 2\n"
    )


@pytest.mark.parametrize(
    "change", [Put(F, ("list", 7, "id"), 1), Append(F, ("title",), 1), Delete(F, ("list", 9))], ids=str
)
def test_a_path_that_leads_nowhere_is_refused(change):
    with pytest.raises(PmogenError, match="cannot be changed"):
        after(change)


def test_a_file_with_mistakes_is_refused_with_the_place():
    with pytest.raises(PmogenError, match=r"content/file.yml:1:4: .*so the file is not changed"):
        after(Put(F, ("a",), 1), text="a: [b\n")


# any text and any value

PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=200)
VALUES = st.recursive(
    PLAIN
    | st.sampled_from(
        ["a: b", "- x", "#", "no", "010", "x #y", "{a", "  two  blanks ", "a\n\nb", "' \"", "null", "word " * 50]
    )
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b c", "no", "k:"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = st.sampled_from(
    [
        ("title",),
        ("folded",),
        ("empty",),
        ("none",),
        ("flow",),
        ("flow", 0),
        ("map", "b"),
        ("map", "n"),
        ("list", 0, "note"),
        *[("list", 1, "name"), ("list", 1), ("last", 0), ("last",), ("new",), ("new", "n"), ("list", 0, "id")],
    ]
)


@given(PATHS, VALUES)
def test_whatever_is_put_is_what_is_read(path, value):
    """And comments that stand neither in nor behind it are all there."""
    try:
        new, _ = after(Put(F, path, value))
    except PmogenError:
        assume("\u0085" in str(value) or "\u2028" in str(value) or "\u2029" in str(value) or "\ufeff" in str(value))
        return
    at = parsed(new)
    for part in path:
        at = at[part]
    assert at == value
    for comment in ("# above", "# about the end", "# the first group" if path != ("list",) else ""):
        assert comment in new


FILES = [ROOT / "content/decisions.yml", ROOT / "content/roadmap.yml", ROOT / "content/foundation.yml"]
FILES += sorted((ROOT / "docs/examples/test-centre").rglob("*.yml"))
FILES += sorted((ROOT / "pmogen/starter/empty").rglob("*.yml"))
FILES = [path for path in FILES if path.name != "mkdocs.yml"]


def places(value, path=()):
    """The paths of everything in a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
@given(data=st.data())
def test_files_as_people_write_them_keep_every_other_line(path, data):
    """One value is put anew or taken out; no line above or below its own changes."""
    text = path.read_text()
    known = list(places(parsed(text)))
    place = data.draw(st.sampled_from(known))
    change = data.draw(st.sampled_from([Put(F, place, "something else"), Delete(F, place)]))
    new, lines = after(change, text=text)
    assert parsed(new) != parsed(text)
    taken = [line[1:] for line in lines if line[0] == "-"]
    value = parsed(text)
    for part in place:
        value = value[part]
    if not isinstance(value, dict | list):
        assert len(lines) <= 2 + 2 * max(1, len(taken))
        comments = [line for line in text.split("\n") if line.lstrip().startswith("#")]
        assert [line for line in new.split("\n") if line.lstrip().startswith("#")] == comments


# patches


@given(
    st.lists(st.sampled_from("abc\n"), max_size=40).map("".join),
    st.lists(st.sampled_from("abc\n"), max_size=40).map("".join),
)
def test_a_patch_tells_exactly_what_differs(old, new):
    """Applied line by line, it gives the new text."""
    patch = patch_of({"f": old.encode()}, {"f": new.encode()})
    assert applied(old, patch) == new
    assert (patch == "") == (old == new)


def applied(old, patch):
    """The text after a patch: lines keep their ends, and a sign says where the last one has none."""
    before, after, at, kind = old.splitlines(keepends=True), [], 0, ""
    for line in patch.splitlines(keepends=True)[2:]:
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            first = int(start) - (count != "0")
            after, at = after + before[at:first], first
        elif line.startswith("\\"):
            after[-1:] = [each.removesuffix("\n") for each in after[-1:]] if kind != "-" else after[-1:]
        else:
            kind = line[0]
            if kind != "+":
                assert before[at].removesuffix("\n") == line[1:-1]
                at += 1
            if kind != "-":
                after.append(line[1:])
    return "".join(after + before[at:])


def test_git_takes_patches(tmp_path):
    old = {"a b.txt": b"one\ntwo", "gone.txt": b"x\n", "crlf.txt": b"a\r\nb\r\n"}
    new = {"a b.txt": b"one\nthree\n", "crlf.txt": b"a\r\nc\r\n", "new/file.txt": b"y"}
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch_of(old, new).encode(), check=True)
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == new
