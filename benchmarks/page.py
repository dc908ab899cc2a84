"""Put what a benchmark has measured into a page of `docs/`, between marks that name the benchmark."""

from __future__ import annotations

from pathlib import Path


def put(page: Path, command: str, text: str) -> None:
    """Write `text` where the page says `<!-- made by COMMAND -->`, up to the next `<!-- end -->`."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(f"<!-- made by {command} -->\n")
    if not begin:
        raise SystemExit(f"{page}: there is no mark for {command}")
    page.write_text(before + begin + text + "\n" + rest[rest.index("<!-- end -->") :], encoding="utf-8")
