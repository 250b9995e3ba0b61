"""From bytes to text that shows everything it holds, and from a text to passages of about a thousand characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from jupyter_reconst.core.visible import spelled

MOST = 1_200
"""Characters of a passage, at most."""

MISSING = "To read it: pip install 'jupyter_reconst[library]'"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOTHING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\ufeff]")
"""What is left out: controls, hints where a line may end. None of it says anything."""

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_ENDS = (". ", "? ", "! ", "; ", "\n", " ")


class Unreadable(Exception):
    """A file, or a part of it, cannot be read; says why to a person."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, in what its mark says, or in the Windows alphabet of old. Raises Unreadable."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return cleaned(data.decode(name))
            except UnicodeDecodeError as error:
                raise Unreadable(f"It says that it is {name.upper()}, and is not.") from error
    if b"\x00" in data[:65_536]:
        raise Unreadable("It is no text.")
    try:
        return cleaned(data.decode("utf-8"))
    except UnicodeDecodeError:
        return cleaned(data.decode("cp1252", "replace"))


def cleaned(text: str) -> str:
    """The text with every character that a reader cannot see left out, or spelled out where it could say something."""
    text = _NOTHING.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return "\n".join(spelled(line) for line in text.split("\n"))


def passages(text: str) -> Iterator[str]:
    """The text in its order, paragraphs together as long as they fit, long ones broken where a sentence ends."""
    held = ""
    for paragraph in _BLANK.split(text):
        for piece in _broken(paragraph.rstrip()):
            if held and len(held) + len(piece) + 2 > MOST:
                yield held
                held = piece
            else:
                held = f"{held}\n\n{piece}" if held else piece
    if held:
        yield held


def _broken(paragraph: str) -> Iterator[str]:
    """Pieces of about the same length."""
    at, whole = 0, len(paragraph)
    while whole - at > MOST:
        aim = (whole - at) // -(-(whole - at) // MOST)
        low, high = at + aim * 3 // 4, at + MOST
        ends = (paragraph.rfind(end, low, high) + len(end) for end in _ENDS if paragraph.rfind(end, low, high) >= 0)
        cut = next(ends, high)
        if piece := paragraph[at:cut].strip():
            yield piece
        at = cut
    if piece := paragraph[at:].strip("\n"):
        yield piece
