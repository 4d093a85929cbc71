"""Templates that were compiled before, in this process or an earlier one, so that each is compiled once for many playbooks."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterable
from functools import cache
from types import CodeType

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from pmogen.language import spoken

Key = tuple[type[Environment], str, str]


class Compiled(BytecodeCache):
    """The code of templates by kind of environment, language and name, as long as their text is the same.

    The language counts because messages are said, and filters of constants (`{{ 0.5 | number }}`) applied, when a template is
    compiled.
    """

    def __init__(self) -> None:
        self._codes: dict[Key, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the code, when it is that of this text."""
        checksum, code = self._codes.get(_key(bucket), ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code."""
        if bucket.code is not None:
            self._codes[_key(bucket)] = (bucket.checksum, bucket.code)

    def packed(self, languages: Collection[str]) -> bytes:
        """All of these languages, to be sent to another process of this program."""
        found = (entry for entry in self._codes.items() if entry[0][1] in languages)
        return marshal.dumps([(kind.__qualname__, *key, *told) for (kind, *key), told in found])

    def take(self, packed: bytes, kinds: Iterable[type[Environment]]) -> None:
        """Takes over what another process has packed, for these kinds of environment."""
        by_name = {kind.__qualname__: kind for kind in kinds}
        for kind, language, name, checksum, code in marshal.loads(packed):  # noqa: S302 (it comes from our own process)
            self._codes[by_name[kind], language, name] = (checksum, code)


def _key(bucket: Bucket) -> Key:
    return type(bucket.environment), spoken().code, bucket.key


@cache
def compiled() -> Compiled:
    """What this process has compiled."""
    return Compiled()
