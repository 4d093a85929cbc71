"""PMO90x: hand-written pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches

from pmogen.diagnostics import Span
from pmogen.model.workspace import HandPage
from pmogen.rules.references import DEVICES
from pmogen.rules.rule import Facts, Finding, rule

LINK = re.compile(r"(?<!!)\[[^\[\]\n]*\]\((?P<target>[^()\s]+)(?:[^\S\n][^()\n]*)?\)")
"""A link in Markdown. Its parts cannot overlap, so that no text makes the search take long."""

BY_ID = re.compile(
    r"^(?P<kind>aspect|gap|service|wave|entity|role|term|practice|problem|template|customer):(?P<id>.*)$"
)
KINDS = {
    "aspect": "aspects",
    "gap": "aspects",
    "service": "services",
    "wave": "waves",
    "entity": "entities",
    "role": "roles",
    "term": "glossary",
    "practice": "practices",
    "problem": "problems",
    "template": "templates",
    "customer": "customers",
}


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a page, each with whether it is inside a fenced code block."""
    fence = ""
    for line in text.split("\n"):
        marks = line.lstrip()[:3]
        if marks in ("```", "~~~") and fence in ("", marks):
            fence = "" if fence else marks
        yield line, bool(fence)


def links_in(page: HandPage) -> Iterator[tuple[Span, str]]:
    """Targets of the links of a page, with their places. Code blocks are not looked into."""
    for number, (line, is_code) in enumerate(lines_of(page.text), 1):
        if not is_code:
            for link in LINK.finditer(line):
                target = link.group("target")
                yield Span(f"content/pages/{page.path}", number, link.start("target") + 1, len(target)), target


@rule("PMO901", "error")
def dead_link(facts: Facts) -> Iterator[Finding]:
    """A link of a hand-written page leads to a page of content/pages/ that does not exist.

    Wrong:
        content/pages/hello.md: |
          # Hello

          See [the other](other.md).

    Right:
        content/pages/hello.md: |
          # Hello

          See [the other](other.md).
        content/pages/other.md: |
          # Other
    """
    known = {page.path for page in facts.workspace.pages}
    for page in facts.workspace.pages:
        for span, target in links_in(page):
            path = target.split("#")[0]
            if not path.endswith(".md") or "://" in path:
                continue
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
            if not goal.startswith("..") and goal not in known:
                near = get_close_matches(goal, sorted(known), 1)
                hint = f"did you mean `{near[0]}`?" if near else "correct the link, or write the page"
                yield Finding(f"there is no page `{goal}`", span, hint)


@rule("PMO902", "error")
def unknown_id_in_page(facts: Facts) -> Iterator[Finding]:
    """A hand-written page links to an id that does not exist.

    Links by id survive when pages move: `[coaching](service:coaching-mentoring)`. Kinds are aspect, gap,
    service, wave, entity, role, term, practice, problem, template and customer.

    Wrong:
        content/pages/hello.md: |
          # Hello

          Ask for [the list](service:registr).

    Right:
        content/pages/hello.md: |
          # Hello

          Ask for [the list](service:register).
    """
    known = facts.workspace.ids
    for page in facts.workspace.pages:
        for span, target in links_in(page):
            link = BY_ID.match(target)
            if link is None or link["id"] in known[KINDS[link["kind"]]]:
                continue
            near = get_close_matches(link["id"], sorted(known[KINDS[link["kind"]]]), 1)
            hint = f"did you mean `{near[0]}`?" if near else "correct the id"
            yield Finding(f"there is no {link['kind']} `{link['id']}`", span, hint)


@rule("PMO903", "warning")
def page_without_title(facts: Facts) -> Iterator[Finding]:
    """A hand-written page does not begin with a title.

    The first heading is the page's name in the navigation.

    Wrong:
        content/pages/hello.md: |
          Hello.

    Right:
        content/pages/hello.md: |
          # Hello
    """
    for page in facts.workspace.pages:
        text = re.sub(r"\A---\n.*?\n---\n", "", page.text, flags=re.DOTALL)
        if not re.match(r"\s*# \S", text):
            span = Span(f"content/pages/{page.path}")
            yield Finding("the page does not begin with a title", span, "begin it with a line such as `# Why a PMO`")


_UNSAFE = re.compile(r'[\x00-\x1f\x7f"#%*:<>?\\|]')
_LONGEST_NAME = 200


@rule("PMO904", "error")
def page_name(facts: Facts) -> Iterator[Finding]:
    """A hand-written page has a name that cannot be a file or an address everywhere.

    Names become addresses. Some characters break links or cannot be in file names on Windows; disks that ignore case
    cannot hold two names that differ in nothing else; builders take README.md for index.md.

    Wrong:
        content/pages/what?.md: |
          # What?

    Right:
        content/pages/what.md: |
          # What?
    """
    taken: dict[str, str] = {}
    for page in facts.workspace.pages:
        parts = page.path.split("/")
        earlier = taken.setdefault(page.path.casefold(), page.path)
        span = Span(f"content/pages/{page.path}")
        if any(_UNSAFE.search(part) or part.split(".")[0].casefold() in DEVICES for part in parts):
            yield Finding(
                "the page has a name that is no file name everywhere", span, "use letters, digits and hyphens"
            )
        elif any(len(part.encode()) > _LONGEST_NAME for part in parts):
            yield Finding(f"the page has a name of more than {_LONGEST_NAME} bytes", span, "shorten it")
        elif parts[-1].casefold() in {"readme.md", "index.md"} and parts[-1] != "index.md":
            yield Finding(f"builders take `{parts[-1]}` for index.md", span, "call it index.md, or something else")
        elif earlier != page.path:
            yield Finding(f"the name differs from `{earlier}` in nothing but case", span, "choose another name")


RULES = (dead_link, unknown_id_in_page, page_without_title, page_name)
