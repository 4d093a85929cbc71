"""The content security policy of a page names what the page needs, and nothing else."""

from __future__ import annotations

import base64
import hashlib

from pmogen.site.policy import policy, with_policy


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_scripts_and_styles_of_the_page_are_named_by_what_they_say():
    page = "<head><script>one()</script><style>p{}</style></head><script type='module'>two()</script>"
    said = dict(part.split(" ", 1) for part in policy(page).split("; "))
    assert set(said["script-src"].split()) == {"'self'", digest("one()"), digest("two()")}
    assert set(said["style-src"].split()) == {"'self'", digest("p{}")}
    assert said["default-src"] == "'none'"


def test_what_does_not_run_needs_no_hash():
    page = '<script src="a.js"></script><script id="c" type="application/json">{"a": 1}</script>'
    assert "sha256" not in policy(page)


def test_without_files_of_its_own_a_page_may_load_nothing():
    said = policy("<script>one()</script>", own="")
    assert "'self'" not in said
    assert "connect-src" not in said
    assert "img-src data:" in said


def test_it_stands_before_everything_but_the_encoding():
    page = '<html><head>\n<meta charset="utf-8">\n<script>one()</script></head>'
    assert with_policy(page).startswith(
        '<html><head>\n<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'
    )
    assert with_policy("<head><title>x</title>").startswith("<head><meta http-equiv")


def test_once_more_changes_nothing():
    page = '<head><meta charset="utf-8"><script>one()</script></head>'
    assert with_policy(with_policy(page)) == with_policy(page)


def test_what_is_no_page_stays_as_it_is():
    assert with_policy("<p>a fragment</p>") == "<p>a fragment</p>"
