"""Where lines, files and commits of the workspace are on the web, and where people talk about a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pmogen.diagnostics import Span
from pmogen.model.playbook import Settings
from pmogen.render.addresses import percent_encoded
from pmogen.source.files import STANDARD
from pmogen.source.group import GROUP

OF_ADDRESSES = ":?&=%+,;@~"
_FORMS = {
    "assessment": "challenge-a-score",
    "gaps": "challenge-a-score",
    "services": "propose-a-service",
    "hand-offs": "report-a-hand-off",
}
"""The issue form for pages of a section; `pmogen forms` writes them."""
OTHER_FORM = "discuss"


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub or GitLab. What is read is linked at `commit`, where that is known; what is edited, on the branch."""

    base: str
    host: Literal["github", "gitlab"]
    branch: str
    folder: str
    commit: str | None

    def lines(self, span: Span) -> str | None:
        """Web address of a line; None for what is not in the repository."""
        if _is_elsewhere(span):
            return None
        as_text = "?plain=1" if span.file.endswith(".md") else ""
        file = percent_encoded(f"{self.commit or self.branch}/{self.folder}{span.file}")
        return f"{self._part('blob')}/{file}{as_text}#L{span.line}"

    def editor(self, span: Span) -> str | None:
        """Web address of the editor for a file; None for what is not in the repository, or is a folder."""
        if _is_elsewhere(span) or "." not in span.file.rpartition("/")[2]:
            return None
        return f"{self._part('edit')}/{percent_encoded(f'{self.branch}/{self.folder}{span.file}')}"

    def of_commit(self, sha: str) -> str:
        """Web address of a commit."""
        return f"{self._part('commit')}/{percent_encoded(sha)}"

    def new_issue(self, page: str, about: str, title: str, said: Mapping[str, str]) -> str:
        """Web address of a form for an issue about a page, `about` what it shows: gap:pm-skills, or nothing.

        `said` are lines for a host without forms of fields: a word for each, and what it is about.
        """
        if self.host == "gitlab":
            text = "".join(f"{name}: {value}\n" for name, value in said.items())
            return _with(self._part("issues/new"), {"issue[title]": title, "issue[description]": f"{text}\n"})
        form = form_for(page, about)
        # Only fields that are typed into can be filled in; others make GitHub leave the form.
        own = {"page": page, "id": about} if form == OTHER_FORM else {"page": f"{page} ({about})" if about else page}
        given = {"template": f"{form}.yml", "title": title, **own}
        return _with(self._part("issues/new"), {name: value for name, value in given.items() if value})

    def _part(self, name: str) -> str:
        return f"{self.base}/-/{name}" if self.host == "gitlab" else f"{self.base}/{name}"


def repository_of(settings: Settings, commit: str | None) -> Repository | None:
    """The repository that a playbook names, where it is known how its links look."""
    if settings.repository is None or settings.hosted_by is None or settings.hosted_by == "other":
        return None
    base = percent_encoded(settings.repository.rstrip("/").removesuffix(".git"), OF_ADDRESSES)
    folder = (settings.folder or "").strip("/")
    return Repository(base, settings.hosted_by, settings.branch, f"{folder}/" if folder else "", commit)


def form_for(page: str, about: str) -> str:
    """Name of the issue form for a page: what is said of one service is a comment, and no proposal of another."""
    return OTHER_FORM if about.startswith("service:") else _FORMS.get(page.partition("/")[0], OTHER_FORM)


def named_place(address: str, title: str, text: str) -> str:
    """The place that a playbook names for the talk; a letter to a mailbox begins with what it is about."""
    if "://" in address:
        return percent_encoded(address, f"{OF_ADDRESSES}#")
    return _with(f"mailto:{percent_encoded(address, '@+')}", {"subject": title, "body": text})


def _with(address: str, given: Mapping[str, str]) -> str:
    query = "&".join(f"{percent_encoded(name)}={_encoded(value)}" for name, value in given.items())
    return f"{address}?{query}"


def _encoded(value: str) -> str:
    return percent_encoded(value).replace("/", "%2F")


def _is_elsewhere(span: Span) -> bool:
    return span.file.startswith((f"{STANDARD}/", f"{GROUP}/"))
