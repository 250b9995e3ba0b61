"""Playing a sample: what was recorded stands in for the model's candidates, at the pace of somebody typing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

from jupyter_reconst.acts.distance import closeness
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.errors import RecordingOnly
from jupyter_reconst.core.ports import Model
from jupyter_reconst.core.samples import RecordedCorrection, RecordedProbe, RecordedProposal, Sample

PACE = 0.03
"""Seconds a word."""
_ALIKE = 0.6
"""How close the highlighted words must be to the recorded ones, in [0, 1]."""


def sample_of(model: Model | None) -> Sample | None:
    """The sample that a recorded model plays; None for any other model."""
    sample = getattr(model, "sample", None)
    return sample if isinstance(sample, Sample) else None


def recorded_correction(sample: Sample, quote: str, place: int) -> RecordedCorrection:
    """The recorded correction number `place` for these words. Raises RecordingOnly where none was recorded."""
    fitting = [c for c in sample.corrections if _alike(c.quote, quote)]
    if place >= len(fitting):
        raise RecordingOnly("This is a recording: it holds no more corrections of these words.")
    return fitting[place]


def recorded_objection(sample: Sample, quote: str) -> str:
    """What the recorded model said against correcting these words; empty where it agreed."""
    return next((o.text for o in sample.disagrees if o.quote and _alike(o.quote, quote)), "")


def recorded_draft(sample: Sample, reach: str, quotes: Iterable[str]) -> Draft:
    """The recorded rule for these words at one level of generality. Raises RecordingOnly where none was recorded."""
    for proposal in _proposed(sample, quotes):
        if proposal.reach == reach:
            return Draft(title=proposal.title, when=proposal.when, then=proposal.then, why=proposal.why)
    raise RecordingOnly("This is a recording: it holds no rule of this kind.")


def recorded_preview(sample: Sample, quotes: Iterable[str]) -> tuple[RecordedProbe, ...]:
    """The recorded probes, where a rule was recorded for these words: other rules would have changed other replies."""
    return sample.probes if not sample.proposals or _proposed(sample, quotes) else ()


async def typed(text: str) -> AsyncGenerator[str, None]:
    """A text, word by word."""
    for word in text.replace(" ", " \0").split("\0"):
        await asyncio.sleep(PACE)
        yield word


def _proposed(sample: Sample, quotes: Iterable[str]) -> list[RecordedProposal]:
    """The recorded rules that were made from these words, or from any."""
    quotes = list(quotes)
    return [p for p in sample.proposals if not p.quote or any(_alike(p.quote, quote) for quote in quotes)]


def _alike(recorded: str, quote: str) -> bool:
    """Whether a selection means the recorded words: it holds them, lies in them, or mostly covers them."""
    return closeness(recorded, quote) >= _ALIKE
