"""The suite of arguments with known verdicts (tests/data/arguments.json), read into our language.

`source` names the work. `seen` says where that was looked up: *stated*, the argument, or what it is an instance of, was
read there; *cited*, only that the work exists and is about it, so its page and section were not seen.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.notation import load
from jupyter_reconst.core.formal.terms import Symbol

SUITE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "arguments.json").read_text("utf-8"))
_SYMBOL = re.compile(r"(\w+)(?:\(([\w, ]+)\))?(?:: (\w+))?")


def symbol(said: str, words: str = "") -> Symbol:
    """`age(person): int` and how it reads; without a sort it is a predicate or a sentence letter."""
    match = _SYMBOL.fullmatch(said)
    assert match, said
    takes = tuple(match[2].split(", ")) if match[2] else ()
    return Symbol(name=match[1], takes=takes, gives=match[3] or "truth", words=words)


def argument(entry: dict[str, Any]) -> Argument:
    """One entry of the suite."""
    return Argument(
        symbols=tuple(symbol(said, words) for said, words in entry["symbols"].items()),
        premises=tuple(Sentence(name=name, formula=load(text)) for name, text in entry["premises"].items()),
        claim=Sentence(name="conclusion", formula=load(entry["claim"])),
        frame=entry.get("frame"),
    )
