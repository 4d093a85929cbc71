"""Asks the web for one file: only when somebody asked for that, never more than is allowed, never anything but http(s)."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from pmogen.errors import PmogenError
from pmogen.language import _

SECONDS = 30
"""How long a server may say nothing."""
SECONDS_IN_ALL = 120
_PIECE = 1 << 16


class _SameKind(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to a web address, and never from a safe to an unsafe one."""

    def redirect_request(  # noqa: PLR0917 (as the library calls it)
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in ("http", "https") or (before == "https" and after != "https"):
            fp.close()
            raise urllib.error.URLError(_("it leads to {address}", address=newurl[:200]))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, limit: int) -> bytes:
    """The bytes at a web address, at most so many. Raises `PmogenError` when it cannot be had, or takes too long."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise PmogenError(_("{address} is no web address", address=address))
    opener = urllib.request.build_opener(_SameKind)
    request = urllib.request.Request(address, headers={"Accept": "application/json", "User-Agent": "pmogen"})  # noqa: S310 (checked above)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            raw = _read(answer, limit + 1)
    except (OSError, HTTPException, ValueError) as error:
        why = " ".join((*_code(error), str(getattr(error, "reason", None) or error).partition("\n")[0]))
        raise PmogenError(
            _("{address} cannot be fetched: {why}", address=address, why=why), _("check the address and the network")
        ) from error
    if len(raw) > limit:
        raise PmogenError(_("{file} is larger than {count} bytes", file=address, count=f"{limit:,}"))
    return raw


def _code(error: Exception) -> tuple[str, ...]:
    """What the server calls it: 404. The answer, which the error holds, is closed."""
    if not isinstance(error, urllib.error.HTTPError):
        return ()
    error.close()
    return (str(error.code),)


def _read(answer: IO[bytes], limit: int) -> bytes:
    """So many bytes at most. A server that sends a byte now and then does not keep us for ever."""
    begin, pieces, size = time.monotonic(), [], 0
    while size < limit and (piece := answer.read1(min(_PIECE, limit - size))):  # type: ignore[attr-defined]  # HTTPResponse has it
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() - begin > SECONDS_IN_ALL:
            raise TimeoutError(_("it takes longer than {seconds} seconds", seconds=SECONDS_IN_ALL))
    return b"".join(pieces)
