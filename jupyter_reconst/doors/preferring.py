"""`jupyter reconst pairs`: which answers were preferred to which, for those who tune models."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from jupyter_reconst.acts.prefer import pairs
from jupyter_reconst.core.tabular import table
from jupyter_reconst.core.variants import Pair
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.wiring import build, headless

_COLUMNS = ("turn", "at", "prompt", "chosen", "rejected", "chosen_model", "rejected_model", "own", "accepted")


def export_pairs(options: argparse.Namespace) -> int:
    """Print the pairs, or write them; how many were left out, and why, is said on stderr."""
    from jupyter_reconst.doors.sharing import printed, written

    found = asyncio.run(_pairs())
    taken = found if options.all else [pair for pair in found if pair.trusted]
    text = _csv(taken) if options.format == "csv" else "".join(f"{pair.model_dump_json()}\n" for pair in taken)
    if options.output is None:
        printed(text)
    else:
        written(options.output, text, options.force)
    said = f"Pairs written: {len(taken)}."
    if len(found) > len(taken):
        said += f" Left out: {len(found) - len(taken)}, not asked by you, or under rules that you have not accepted."
    print(spelled(said), file=sys.stderr)
    return 0


async def _pairs() -> list[Pair]:
    reconst = build(headless())
    try:
        return await pairs(reconst.ports, reconst.person)
    finally:
        await reconst.close()


def _csv(found: list[Pair]) -> str:
    def cells(pair: Pair) -> list[str]:
        said = pair.model_dump(mode="json")
        return [value if isinstance(value := said[name], str) else json.dumps(value) for name in _COLUMNS]

    return table([_COLUMNS, *map(cells, found)])
