"""Markdown and notebooks: passages by heading and by cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jupyter_reconst.core.notebook import TURN_MIME
from jupyter_reconst.library.words import Unreadable, cleaned, decoded, passages

Said = tuple[str, str]
"""A locator and the text there."""

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.{0,500})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TITLE = re.compile(r"title:[ \t]*(\S.{0,500})", re.IGNORECASE)


def markdown(data: bytes) -> tuple[str, Iterator[Said]]:
    """Its title, and its passages by the heading that they stand under."""
    front, text = _parted(decoded(data))
    titled = next(filter(None, map(_TITLE.match, front)), None)
    parts = list(sections(text))
    title = titled[1].strip(" \"'") if titled else next((heading for heading, _ in parts if heading), "")
    return title, _located(parts)


def notebook(data: bytes) -> tuple[str, Iterator[Said]]:
    """Its title, and its passages by cell: words, code, and what code printed. What a model replied is no source."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable("It is no notebook: its JSON cannot be read.") from error
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("It is no notebook of version 4.")
    shown = [(f"cell {number}", text) for number, cell in enumerate(cells, 1) for text in _texts(cell)]
    title = next((heading for _, text in shown for heading, _ in sections(text) if heading), "")
    return title, ((where, one) for where, text in shown for one in passages(text))


def sections(text: str) -> Iterator[Said]:
    """Each heading with what stands under it, the heading's own line included."""
    heading, fence = "", ""
    held: list[str] = []
    for line in text.split("\n"):
        fenced = _FENCE.match(line)
        if fenced and (not fence or fenced[1].startswith(fence)):
            fence = "" if fence else fenced[1]
        found = None if fence else _HEADING.match(line)
        if found:
            yield heading, "\n".join(held)
            heading, held = found[1].strip("# \t"), []
        held.append(line)
    yield heading, "\n".join(held)


def _located(parts: list[Said]) -> Iterator[Said]:
    return ((f"§ {heading}"[:200] if heading else "", one) for heading, text in parts for one in passages(text))


def _parted(text: str) -> tuple[list[str], str]:
    """The lines of YAML front matter, and the rest."""
    if not text.startswith("---\n"):
        return [], text
    front, end, rest = text[4:].partition("\n---\n")
    return (front.split("\n"), rest) if end and len(front) < 65_536 else ([], text)


def _texts(cell: Any) -> Iterator[str]:
    if not isinstance(cell, dict):
        return
    yield _joined(cell.get("source"))
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if isinstance(output, dict):
            data = output.get("data")
            data = data if isinstance(data, dict) else {}
            if TURN_MIME not in data:
                ways = (output.get("text"), data.get("text/markdown"), data.get("text/plain"))
                yield next(filter(None, map(_joined, ways)), "")


def _joined(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return cleaned(value) if isinstance(value, str) else ""
