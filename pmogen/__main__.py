"""`python -m pmogen`: the same as `pmogen`."""

from __future__ import annotations

from pmogen.cli import main

if __name__ == "__main__":
    main()
