"""The content security policy of a page: what it may load and run, which is nothing but its own."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_NOT_RUN = re.compile(r"""\bsrc=|\btype=["']?(?!["']|text/javascript\b|module\b)""", re.IGNORECASE)
"""Attributes of a script that is loaded, or that is mere data: its text is not run."""

_BEGIN = (re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE), re.compile(r"<head\b[^>]*>", re.IGNORECASE))
"""Where a policy may stand: before everything it rules, but after the name of the encoding."""
_ALL_OF_IT = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def policy(page: str, own: str = "'self'") -> str:
    """The policy of a page of HTML: files of its own site (`own`), and exactly the scripts and styles that stand in it.

    A script that somebody manages to add later is none of these, so that no browser runs it.
    """
    scripts = _hashes(text for attributes, text in _SCRIPT.findall(page) if not _NOT_RUN.search(attributes))
    styles = _hashes(_STYLE.findall(page))
    allowed = {
        "script-src": (own, *scripts),
        "style-src": (own, *styles),
        "img-src": (own, "data:"),
        "font-src": (own,),
        "connect-src": (own,),
        "worker-src": (own,),
    }
    said = (" ".join(filter(None, (what, *sources))) for what, sources in allowed.items() if any(sources))
    return "; ".join(("default-src 'none'", *said, "base-uri 'none'", "form-action 'none'"))


def with_policy(page: str, rules: str | None = None) -> str:
    """The page with its policy as the first thing in its head, in place of an earlier one.

    Other sites are not told which page a reader came from.
    """
    bare = _ALL_OF_IT.sub("", page)
    said = f'<meta http-equiv="Content-Security-Policy" content="{rules or policy(bare)}">'
    if 'name="referrer"' not in bare:
        said += '<meta name="referrer" content="same-origin">'
    begin = next((found for pattern in _BEGIN if (found := pattern.search(bare))), None)
    return bare if begin is None else bare[: begin.end()] + said + bare[begin.end() :]


def _hashes(texts: Iterable[str]) -> list[str]:
    """What browsers compare inline text with, each once, sorted."""
    return sorted({_hash(text) for text in texts})


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
