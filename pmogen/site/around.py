"""All that stands around the content of a workspace and is generated: how the site is made, settings of editors, workflows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pmogen.data import data_root
from pmogen.errors import PmogenError
from pmogen.language import ENGLISH, LANGUAGES, _, speaking
from pmogen.model.schema import FILE_KINDS, schemas
from pmogen.model.workspace import Workspace
from pmogen.site.forms import FOLDER as FORMS
from pmogen.site.forms import new_forms
from pmogen.site.scaffold import STARTER, Hosting, filled, scaffold

Host = Literal["github", "gitlab", "none"]

NOBODY = "your-organisation"
"""Stands where the owner of the repository is not known."""

_SSH = re.compile(r"(?:ssh://)?git@([^/:]+)[:/](.+)")


@dataclass(frozen=True)
class Answers:
    """What a workspace was begun with; `repository` is the web address, empty when there is none."""

    organisation: str
    title: str
    languages: tuple[str, ...] = (ENGLISH,)
    repository: str = ""
    branch: str = "main"
    host: Host = "github"
    example: bool = True

    @property
    def language(self) -> str:
        """The main language."""
        return self.languages[0]

    @property
    def owner(self) -> str:
        """Whose repository it is: the first part of its path."""
        path = re.sub(r"^https?://[^/]+/?", "", self.repository)
        return path.split("/")[0] or NOBODY

    @property
    def told(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "languages": list(self.languages)}


def answers_from(told: Any) -> Answers:
    """The answers that were written down. Raises `PmogenError` when they are damaged."""
    kinds = {
        name: bool if name == "example" else list if name == "languages" else str
        for name in Answers.__dataclass_fields__
    }
    fits = isinstance(told, dict) and set(told) == set(kinds) and told["host"] in get_args(Host)
    fits = fits and all(isinstance(told[name], kind) for name, kind in kinds.items())
    if not fits or not told["languages"] or not all(code in LANGUAGES for code in told["languages"]):
        raise PmogenError(
            _("the answers that were written down cannot be read"), _("see {file}", file=".pmogen/scaffold.json")
        )
    return Answers(**{**told, "languages": tuple(told["languages"])})


def web_address(given: str) -> str:
    """The address of a repository for browsers: also of one that is given as git@host:owner/name.git."""
    found = _SSH.fullmatch(given.strip())
    address = f"https://{found[1]}/{found[2]}" if found else given.strip()
    return address.rstrip("/").removesuffix(".git")


def host_of(repository: str) -> Host:
    """The kind of code host: GitHub where nothing is known yet, none where the address tells nothing."""
    if not repository:
        return "github"
    name = re.sub(r"^https?://", "", repository).split("/")[0].lower()
    return "github" if "github" in name else "gitlab" if "gitlab" in name else "none"


def around(answers: Answers, workspace: Workspace, version: str) -> dict[str, str]:
    """The files by path, as this version of pmogen makes them. Nothing below content/ and catalog/ is among them."""
    hosting = Hosting(f"pmogen=={version}", answers.host, answers.owner, answers.branch)
    texts = {
        "mkdocs.yml": (data_root() / "mkdocs.yml").read_text("utf-8"),
        "README.md": readme(answers),
        ".gitignore": (STARTER / "gitignore").read_text("utf-8"),
        ".editorconfig": (STARTER / "editorconfig").read_text("utf-8"),
        ".vscode/extensions.json": (STARTER / "vscode" / "extensions.json").read_text("utf-8"),
        ".vscode/settings.json": editor_settings(),
        **scaffold(hosting),
        **schemas_of(workspace),
    }
    if answers.host == "github":
        with speaking(answers.language):
            texts |= {path: text for path, text in new_forms(workspace).items() if path.startswith(FORMS)}
    return dict(sorted(texts.items()))


def readme(answers: Answers) -> str:
    """What the organisation's own people need to know, in their language where pmogen speaks it."""
    there = STARTER / "readme" / f"{answers.language}.md"
    text = (there if there.is_file() else STARTER / "readme" / f"{ENGLISH}.md").read_text("utf-8")
    made = filled(
        text,
        title=_line(answers.title),
        organisation=_line(answers.organisation),
        example=answers.example,
        host=answers.host,
        branch=answers.branch,
    )
    return re.sub(r"\n{3,}", "\n\n", made)


def _line(text: str) -> str:
    """A text of people within Markdown: one line, no markup."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


def schemas_of(workspace: Workspace | None) -> Mapping[str, str]:
    """The JSON Schemas by path."""
    return {f"schemas/{name}": text for name, text in schemas(workspace).items()}


def editor_settings() -> str:
    """Tells VS Code which schema is for which files."""
    patterns = {f"./schemas/{kind.name}.schema.json": pattern(kind.where) for kind in FILE_KINDS}
    return json.dumps({"yaml.schemas": patterns}, indent=2) + "\n"


def pattern(where: str) -> str:
    """Files of a kind as editors look for them: DATE stands for any name."""
    return where.replace("DATE", "*")


def tell_editors(folder: Path) -> None:
    """Names the schema in the first line of each file of content/ and catalog/, for editors other than VS Code."""
    for kind in (kind for kind in FILE_KINDS if not kind.generated):
        for path in sorted(folder.glob(pattern(kind.where))):
            up = "../" * len(path.relative_to(folder).parent.parts)
            line = f"# yaml-language-server: $schema={up}schemas/{kind.name}.schema.json\n"
            path.write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
