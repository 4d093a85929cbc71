"""The site is a tree of pages for each language: where a tree is written, and how its readers find the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmogen.language import ENGLISH, own_name

BUILD = "build/playbook"


@dataclass(frozen=True)
class Tree:
    """The pages of one language. The first of the site's `languages` stands at the root, the others in folders below.

    All trees have the same pages at the same addresses.
    """

    language: str = ENGLISH
    languages: tuple[str, ...] = (ENGLISH,)

    @property
    def is_main(self) -> bool:
        return self.language == self.languages[0]

    @property
    def docs(self) -> str:
        """Folder of the emitted Markdown, below the workspace root."""
        return BUILD if self.is_main else f"{BUILD}.{self.language}"

    @property
    def configuration(self) -> str:
        """What mkdocs.yml inherits when this tree is built."""
        return f"{self.docs}.yml"

    def settings(self) -> dict[str, Any]:
        """What the builder has to know about the language; empty for a site that has only English."""
        found: dict[str, Any] = {}
        if self.languages != (ENGLISH,):
            found["theme"] = {"language": self.language}
        if len(self.languages) > 1:
            found["extra"] = {"alternate": [self._way_to(code) for code in self.languages]}
        return found

    def _way_to(self, code: str) -> dict[str, str]:
        """The first page of another tree, seen from the first page of this one."""
        up = "" if self.is_main else "../"
        down = "" if code == self.languages[0] else f"{code}/"
        return {"name": own_name(code), "link": f"{up}{down}index.html", "lang": code}


def trees(languages: tuple[str, ...]) -> tuple[Tree, ...]:
    """A tree for each language of a site, the main one first."""
    return tuple(Tree(code, languages) for code in languages)
