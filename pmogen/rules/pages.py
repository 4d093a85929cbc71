"""PMO90x: hand-written pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pmogen.diagnostics import Span
from pmogen.language import _, pgettext
from pmogen.model.hand_page import (
    BY_ID,
    FIGURES,
    FUNCTIONS,
    ValueName,
    body_of,
    front_matter,
    ids_of,
    links_in,
    names_in,
)
from pmogen.model.terms import word
from pmogen.model.workspace import HandPage, Workspace
from pmogen.rules.references import DEVICES, no_such
from pmogen.rules.rule import Facts, Finding, rule


def _pages(facts: Facts) -> tuple[HandPage, ...]:
    """The pages in all languages of the site."""
    return (*facts.workspace.pages, *facts.workspace.other_pages)


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
    for page in _pages(facts):
        for span, target in links_in(page):
            path = target.split("#")[0]
            if not path.endswith(".md") or "://" in path:
                continue
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
            if not goal.startswith("..") and goal not in known:
                near = get_close_matches(goal, sorted(known), 1)
                hint = _("did you mean `{near}`?", near=near[0]) if near else _("correct the link, or write the page")
                yield Finding(_("there is no page `{page}`", page=goal), span, hint)


@rule("PMO902", "error")
def unknown_id_in_page(facts: Facts) -> Iterator[Finding]:
    """A hand-written page links to an id that does not exist.

    Links by id survive when pages move: `[coaching](service:coaching-mentoring)`. Kinds are aspect, audience, gap,
    service, wave, entity, hand-off, role, term, practice, problem, template and customer.

    Wrong:
        content/pages/hello.md: |
          # Hello

          Ask for [the list](service:registr).

    Right:
        content/pages/hello.md: |
          # Hello

          Ask for [the list](service:register).
    """
    for page in _pages(facts):
        for span, target in links_in(page):
            link = BY_ID.match(target)
            known = ids_of(facts.workspace, link["kind"]) if link else frozenset()
            if link is None or link["id"] in known:
                continue
            near = get_close_matches(link["id"], sorted(known), 1)
            hint = _("did you mean `{near}`?", near=near[0]) if near else _("correct the id")
            yield Finding(no_such(word("thing", link["kind"]), link["id"]), span, hint)


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
    for page in _pages(facts):
        if not re.match(r"\s*# \S", body_of(page)):
            span = Span(page.file)
            yield Finding(
                _("the page does not begin with a title"), span, _("begin it with a line such as `# Why a PMO`")
            )


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
    for page in _pages(facts):
        parts = page.path.split("/")
        earlier = taken.setdefault(page.path.casefold(), page.path)
        span = Span(page.file)
        if any(_UNSAFE.search(part) or part.split(".")[0].casefold() in DEVICES for part in parts):
            yield Finding(
                _("the page has a name that is no file name everywhere"), span, _("use letters, digits and hyphens")
            )
        elif any(len(part.encode("utf-8", "surrogateescape")) > _LONGEST_NAME for part in parts):
            yield Finding(
                _("the page has a name of more than {longest} bytes", longest=_LONGEST_NAME), span, _("shorten it")
            )
        elif parts[-1].casefold() in {"readme.md", "index.md"} and parts[-1] != "index.md":
            yield Finding(
                _("builders take `{name}` for index.md", name=parts[-1]), span, _("call it index.md, or something else")
            )
        elif earlier != page.path:
            yield Finding(
                _("the name differs from `{earlier}` in nothing but case", earlier=earlier),
                span,
                _("choose another name"),
            )


@rule("PMO905", "error")
def wrong_front_matter(facts: Facts) -> Iterator[Finding]:
    """The front matter of a hand-written page cannot be understood.

    Between two lines of `---` a page may say its name in the navigation (`title`), the section it stands under
    (`under`: foundation, assessment, gaps, services, hand-offs, roadmap, knowledge or method) and its place among the
    hand-written pages there (`order`).

    Wrong:
        content/pages/hello.md: |
          ---
          under: servces
          ---
          # Hello

    Right:
        content/pages/hello.md: |
          ---
          under: services
          order: 2
          ---
          # Hello
    """
    for page in _pages(facts):
        for told in front_matter(page)[1]:
            yield Finding(told.message, told.span, told.hint)


@rule("PMO906", "error")
def unknown_value(facts: Facts) -> Iterator[Finding]:
    """A hand-written page names a computed value that does not exist.

    A value is a function, an id in quotes and a field: `gap('visibility').size` between double braces; without a field
    it becomes a link. docs/workspace.md lists functions and fields. Nothing else can stand between the braces: pages
    are no programs. To show braces as they are, put them into backquotes or a code block.

    Wrong:
        content/pages/hello.md: |
          # Hello

          We are at {{ gap('visbility').current }}.

    Right:
        content/pages/hello.md: |
          # Hello

          We are at {{ gap('visibility').current }}.
    """
    for page in _pages(facts):
        for name in names_in(page):
            wrong = _wrong_name(facts.workspace, name)
            if wrong is not None:
                yield Finding(wrong[0], name.span, wrong[1])


def _wrong_name(workspace: Workspace, name: ValueName) -> tuple[str, str] | None:
    """What is wrong with a computed value that a page names, and what to do; None when nothing is."""
    if not name.function:
        hint = _(
            "write a function, an id in quotes and a field, such as gap('visibility').size, or put it into backquotes"
        )
        return _("`{written}` cannot be understood", written=name.written[:40]), hint
    parts = _parts(workspace, name)
    return next((_unknown(what, said, known) for what, said, known in parts if said not in known), None)


def _parts(workspace: Workspace, name: ValueName) -> Iterator[tuple[str, str, Iterable[str]]]:
    """The parts of a computed value one after the other: what each is, how it is written, and what is known."""
    yield word("thing", "function"), name.function, (*FUNCTIONS, "figure")
    if name.function == "figure":
        yield word("thing", "figure"), name.argument, FIGURES
        yield _field_of(name.function), name.field, ("",)
    else:
        kind, fields = FUNCTIONS[name.function]
        yield word("thing", kind), name.argument, ids_of(workspace, kind)
        yield _field_of(name.function), name.field, ("", *fields)


def _field_of(function: str) -> str:
    return _("field of {function}", function=function)


def _unknown(what: str, said: str, known: Iterable[str]) -> tuple[str, str]:
    near = get_close_matches(said, sorted(known), 1)
    listed = ", ".join(sorted(set(known) - {""})) or pgettext("fields that are known", "none")
    hint = (
        _("did you mean `{near}`?", near=near[0])
        if near
        else _("known are {names}", names=listed)
        if len(listed) < _LONG
        else _("correct the id")
    )
    return no_such(what, said[:60]), hint


_LONG = 200


RULES = (dead_link, unknown_id_in_page, page_without_title, page_name, wrong_front_matter, unknown_value)
