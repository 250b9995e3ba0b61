"""Rows for a spreadsheet that cannot become its formulas. Source: OWASP ASVS 1.2.10, RFC 4180."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def table(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV: every cell quoted, one that a spreadsheet would calculate behind an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_inert(cell) for cell in row])
    return text.getvalue()


def _inert(cell: str) -> str:
    said = cell.replace("\0", "\ufffd")
    return f"'{said}" if cell.startswith(_STARTS) or cell.lstrip().startswith(_STARTS[:4]) else said
