"""The search index, put together of pieces of JSON that were made page by page."""

from __future__ import annotations

import json
from typing import Any

Entry = dict[str, Any]


def index_of(config: Any) -> Any:
    """The index that Material's plugin fills; None when there is no search."""
    search = next((one for one in config.plugins.values() if hasattr(one, "search_index_prev")), None)
    return getattr(search, "search_index", None) if search is not None and search.config.enabled else None


def piece(entries: list[Entry]) -> str:
    """Entries as they stand in the index."""
    return ",".join(json.dumps(entry, separators=(",", ":"), default=str) for entry in entries)


def by_pieces(index: Any) -> None:
    """Lets an index have pieces among its entries."""

    def written(_former: Any) -> str:
        config = {key: index.config[key] for key in ("lang", "separator", "pipeline", "fields")}
        pieces = (one if isinstance(one, str) else piece([one]) for one in index.entries)
        said = json.dumps(config, separators=(",", ":"), default=str)
        return f'{{"config":{said},"docs":[{",".join(filter(None, pieces))}]}}'

    index.generate_search_index = written
