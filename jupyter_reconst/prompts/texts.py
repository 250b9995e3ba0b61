"""The texts that models read: Markdown files beside this module, each with a version, and addressed by their hash.

The first line of a file is `<!-- version N -->`; it is not part of the text. A changed text is a new version, so that
a recorded call can always say which words it was made with.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_FIRST = re.compile(r"<!-- version (\d+) -->\n")


@dataclass(frozen=True, slots=True)
class Words:
    """One text: its version and SHA-256 go with whatever was made from it."""

    name: str
    version: int
    text: str
    digest: str


@cache
def words(name: str) -> Words:
    """The text in `<name>.md`. Raises ValueError where the file does not say its version."""
    source = (_HERE / f"{name}.md").read_text(encoding="utf-8")
    first = _FIRST.match(source)
    if first is None:
        raise ValueError(f"{name}.md does not begin with its version")
    text = source[first.end() :].strip("\n")
    return Words(name, int(first.group(1)), text, hashlib.sha256(text.encode()).hexdigest())
