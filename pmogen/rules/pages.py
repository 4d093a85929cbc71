"""PMO90x: hand-written pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches

from pmogen.diagnostics import Span
from pmogen.model.workspace import HandPage
from pmogen.rules.rule import Facts, Finding, rule

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<target>[^()\s]+)[^()\n]*\)")
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


def links_in(page: HandPage) -> Iterator[tuple[Span, str]]:
    """Targets of the links of a page, with their places. Code blocks are not looked into."""
    fenced = False
    for number, line in enumerate(page.text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if not fenced:
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


RULES = (dead_link, unknown_id_in_page, page_without_title)
