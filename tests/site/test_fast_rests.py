"""What was made of a page is used again as long as the files it leads to are as they were, whatever comes and goes besides."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pmogen.site.fast_rests import Found, recording, still


def found(**urls: str) -> Found:
    """Files of a site, by the name of each."""
    files = {
        name: SimpleNamespace(src_uri=name, url=url, inclusion=SimpleNamespace(value=0)) for name, url in urls.items()
    }

    class Files:
        get_file_from_path = staticmethod(files.get)

        def __iter__(self):
            return iter(files.values())

    return Found(Files())


@pytest.fixture
def rests():
    """What rests on one file that is there, and on one that is not."""
    with recording(found(a="a.html", b="b.html")) as (files, noted):
        files.get_file_from_path("a")
        files.get_file_from_path("missing")
    return noted


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"a": "a.html", "b": "b.html"}, True),
        ({"a": "a.html"}, True),
        ({"a": "a.html", "b": "else.html", "new": "new.html"}, True),
        ({"a": "else.html", "b": "b.html"}, False),
        ({"b": "b.html"}, False),
        ({"a": "a.html", "b": "b.html", "missing": "there.html"}, False),
    ],
)
def test_only_the_files_that_were_asked_for_count(rests, now, expected):
    assert still(rests, found(**now)) == expected


def test_charts_count_too(rests, monkeypatch, tmp_path):
    monkeypatch.setenv("PMOGEN_PAGES", str(tmp_path))
    assert still(rests | {"charts": {"one.svg": None}}, found(a="a.html", b="b.html"))
    (tmp_path / "assets/charts").mkdir(parents=True)
    (tmp_path / "assets/charts/one.svg").write_text("<svg/>")
    assert not still(rests | {"charts": {"one.svg": None}}, found(a="a.html", b="b.html"))
