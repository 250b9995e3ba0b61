"""The grammar of a published file: headings, labels, and quoted texts. What stands in a quotation cannot end it.

Every line of a text is written after `>`, so no heading, fence or label in it is taken for one of ours. A line that
fits nothing is refused with its number: text that would silently have no effect is worse than an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.sharing.record import spelled_json, strict_json

_TAG = re.compile(r"`([0-9A-Z]{26})`(?: ([a-z]+(?:, [a-z]+)*))?")
_LABEL = re.compile(r"\*\*([A-Z][A-Za-z ]+)\*\*")
_REMARK = re.compile(r"\*[^*].*\*")
RECORD = "Record"


@dataclass(slots=True)
class Section:
    """What stands under one heading: its id, the words of its tag, its labelled texts, and where it began."""

    level: int
    title: str
    line: int
    id: str | None = None
    words: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


def section(level: int, title: str, tag: str, remark: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The lines of one section. Level 0 has no heading; remarks are for the reader, and are not read back."""
    if level:
        yield f"{'#' * level} {_titled(title)}"
        yield ""
    if tag:
        yield tag
        yield ""
    if remark:
        yield f"*{' '.join(remark.split()).strip('*')}*"
        yield ""
    for label, text in texts.items():
        yield f"**{label}**"
        yield ""
        yield from (f"> {line}" if line else ">" for line in text.split("\n"))
        yield ""


def sections(text: str, first: int) -> tuple[list[Section], str]:
    """The sections of a text, the first one without a heading, and the record at its end. `first` counts lines before.

    Raises Malformed, naming the line.
    """
    found = [Section(0, "", first + 1)]
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line == f"# {RECORD}":
            return found, _record(lines[at + 1 :], first + at + 2)
        if line.startswith(("## ", "### ")):
            marks, _, title = line.partition(" ")
            found.append(Section(len(marks), _untitled(title), first + at + 1))
        elif tag := _TAG.fullmatch(line):
            found[-1].id, found[-1].words = tag[1], tuple(filter(None, (tag[2] or "").split(", ")))
        elif label := _LABEL.fullmatch(line):
            if label[1] in found[-1].texts:
                raise refused(first + at + 1, f"“{label[1]}” is said twice in one section")
            found[-1].texts[label[1]], at = _quoted(lines, at + 1, first, label[1])
        elif line.strip() and not _REMARK.fullmatch(line):
            raise refused(first + at + 1, "this is no heading, label, quotation or remark")
        at += 1
    return found, ""


def refused(line: int, why: str) -> Malformed:
    """A refusal that says where."""
    return Malformed(f"Line {line} cannot be read: {why}.")


def _quoted(lines: list[str], at: int, first: int, label: str) -> tuple[str, int]:
    """The quotation that begins at or below a line, and its last line."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    start = at
    while at < len(lines) and lines[at].startswith(">"):
        at += 1
    if start == at:
        raise refused(first + min(at, len(lines) - 1) + 1, f"“{label}” needs a quotation below it")
    text = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines[start:at])
    return text, at - 1


def _record(lines: list[str], first: int) -> str:
    """The lines between the fences; nothing else may follow the heading, but blank lines and remarks."""
    inside: list[str] | None = None
    closed = False
    for number, line in enumerate(lines, first):
        if inside is None and line == "```json":
            inside = []
        elif inside is not None and not closed and line == "```":
            closed = True
        elif inside is not None and not closed:
            inside.append(line)
        elif line.strip() and not _REMARK.fullmatch(line):
            raise refused(number, "the record is one block of JSON at the end of the file")
    if inside is not None and not closed:
        raise refused(first + len(lines), "the record does not end")
    return "\n".join(inside or ())


def _titled(title: str) -> str:
    """A title as it stands in a heading; as JSON where it would not be read back as it is."""
    plain = title and title == title.strip() and not title.startswith('"') and not set(title) & set("\n\r")
    return title if plain else spelled_json(title)


def _untitled(heading: str) -> str:
    heading = heading.strip()
    if heading[:1] != '"':
        return heading
    try:
        title = strict_json(heading)
    except Malformed:
        return heading
    return title if isinstance(title, str) else heading
