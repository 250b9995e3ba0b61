"""What a preview leaves behind: a sentence of evidence, and a small set of cases for later previews to replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jupyter_reconst.core.constitution import Case, Expectation, Provenance
from jupyter_reconst.core.impact import Impact, Preview

MOST = 6
"""Cases kept for one ratification."""

_FIRST = ("regression", "unintended", "intended")
_PROSE = 64_000


def evidence(preview: Preview) -> str:
    """What was seen, in one line: every count, never a bare tick."""
    tally = preview.tally
    counts = [
        (tally.intended, "as intended"),
        (tally.unintended, "unintended"),
        (tally.regression, "regression"),
        (tally.unmarked, "changed, not marked"),
        (tally.unchanged, "unchanged"),
        (tally.failed, "failed"),
    ]
    said = ", ".join(f"{count} {name}" for count, name in counts if count) or "nothing was tried"
    n = len(preview.rows)
    stopped = "" if preview.status == "done" else f" of {preview.planned} planned"
    return f"{n} probe{'' if n == 1 else 's'}{stopped} on {preview.model[:80]}: {said}"[:200]


def cases(rows: Iterable[Impact], article: str, provenance: Provenance, new_id: Callable[[], str]) -> list[Case]:
    """Cases from marked rows, at most six: harm first, then kinds of probe no case covers yet, then what moved most.

    A row that replays a case leaves no second one; prompts are kept once.
    """
    marked = [row for row in rows if row.mark is not None and row.probe.case is None]
    chosen: list[Impact] = []
    while marked and len(chosen) < MOST:
        bins = {row.probe.bin for row in chosen}
        best = min(marked, key=lambda r: (_FIRST.index(r.mark or "intended"), r.probe.bin in bins, -r.distance))
        chosen.append(best)
        marked = [row for row in marked if row.probe.prompt != best.probe.prompt]
    return [
        Case(
            id=new_id(),
            article=article,
            prompt=row.probe.prompt,
            turn=row.probe.turn,
            bin=row.probe.bin,
            expects=Expectation(
                verdict=row.mark or "intended",
                reply=row.after.text[:_PROSE],
                without=row.before.text[:_PROSE],
                note=row.note,
            ),
            provenance=provenance,
        )
        for row in chosen
    ]
