"""The curated library of the ways in which language models fail researchers.

A *kind* is one such way: a detector, a correction in the highlighted words' own words, and a WHEN/THEN article at two
levels. Everything here is pure and linear in the length of what it reads; no call is made.

To add a kind: write a class after the pattern of its family (`sources`, `facts`, `strength`, `argument`, `manners`,
`question`, `constraints`, `substance`), with an `id`, plain words for `name`, the articles' clauses, a `correction`
that holds {words}, {claim} or {sign}, an `example`, and `cues` or a `detect` of its own. List it in `KINDS`, add at
least six labelled spans to `tests/data/spans.json` (write the held-out ones first) and a section to
`docs/users/failures.md`. The tests say what is still missing.
"""

from __future__ import annotations

from jupyter_reconst.core.annotations import Part
from jupyter_reconst.core.failures.argument import SkippedStep, Vibes
from jupyter_reconst.core.failures.constraints import IgnoredConstraint
from jupyter_reconst.core.failures.facts import InventedFigure, StaleFact
from jupyter_reconst.core.failures.kind import Finding, Kind
from jupyter_reconst.core.failures.manners import Flattery, Padding, SelfTalk, Sycophancy
from jupyter_reconst.core.failures.question import EasierProblem, Restating, UnaskedReport
from jupyter_reconst.core.failures.sources import InventedReference, MissingSource
from jupyter_reconst.core.failures.span import Page, clean, spanned
from jupyter_reconst.core.failures.strength import Hedging, Overclaiming
from jupyter_reconst.core.failures.substance import CodeClaim, MissingCritique, UndefinedTerm, WrongNotation

__all__ = ["KINDS", "Finding", "Kind", "detect", "rank"]

SHOWN = 6
"""How many findings a ranking holds."""
_JUDGED = 24_000
"""Characters of a reply that all kinds are asked about, where no words are highlighted."""
_READ = 128_000
"""Characters of a whole text that a detector reads."""

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        InventedReference(),
        MissingSource(),
        InventedFigure(),
        StaleFact(),
        Overclaiming(),
        Hedging(),
        Vibes(),
        SkippedStep(),
        Flattery(),
        Sycophancy(),
        SelfTalk(),
        Padding(),
        Restating(),
        UnaskedReport(),
        EasierProblem(),
        IgnoredConstraint(),
        UndefinedTerm(),
        WrongNotation(),
        MissingCritique(),
        CodeClaim(),
    )
}


def rank(quote: str, reading: str = "", prompt: str = "", part: Part = "words") -> list[Finding]:
    """The kinds that the highlighted words may be of, surest first.

    For *something is missing here* only kinds of absence are asked, for *the whole reply* all of them; both look for
    the sentence that shows the kind best, so that the correction has words to speak of.
    """
    span = spanned(quote, reading or quote, prompt, part)
    if part == "words" and span.quote:
        judged = [(_guess(kind, kind.detect(span)), kind, span) for kind in KINDS.values()]
    else:
        page = Page((span.page.reading or span.quote or span.page.prompt)[:_JUDGED], span.page.prompt)
        judged = []
        for kind in KINDS.values():
            if part != "missing" or kind.absent:
                score, worst = kind.worst(page)
                judged.append((_guess(kind, score), kind, worst))
    judged.sort(key=lambda entry: entry[0], reverse=True)
    return [kind.found(span, score) for score, kind, span in judged[:SHOWN] if span.quote]


def detect(kind: str, text: str, prompt: str = "") -> float:
    """How sure it is that a text fails in this way, in [0, 1]: its worst sentence, or the text as a whole.

    Without the prompt, kinds that compare with the question (ignored constraint, wrong notation) find little.
    Raises KeyError for an unknown kind.
    """
    score, _ = KINDS[kind].worst(Page(clean(text)[:_READ], clean(prompt)[:8_000]))
    return min(1.0, max(0.0, score))


def _guess(kind: Kind, score: float) -> float:
    """A score lifted by the kind's prior where nothing gave it away, so that guesses come in a sensible order."""
    return min(1.0, max(score, 0.0) * (1 - kind.prior) + kind.prior)
