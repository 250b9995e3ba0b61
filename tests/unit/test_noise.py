"""Whole previews of a noisy model: what a wording that does nothing is called, and whether a real effect is found.

A sample; `run.py soak` runs 2,000 of each over SQLite. The bounds are exact: the sample must not refute the claim.
"""

from __future__ import annotations

from tests.noisy import MOST, NOISES, chance_of, previewed

PREVIEWS = 40


async def test_a_wording_that_does_nothing_is_seldom_called_a_change() -> None:
    false = harmful = 0
    for seed in range(PREVIEWS):
        seen = await previewed(seed, 0, NOISES[seed % 3])
        assert seen.final.planned <= MOST and seen.final.evidence.differing > 0, "the model is noisy"
        assert seen.final.evidence.measured == seen.final.planned or seen.ever_changed
        false, harmful = false + seen.ever_changed, harmful + seen.ever_harmful
    print({"previews": PREVIEWS, "called a change": false, "called harmful": harmful})
    for said in (false, harmful):
        assert chance_of(said, PREVIEWS, 0.05) >= 0.05, "more than one of twenty"


async def test_an_effect_on_two_replies_of_five_is_found() -> None:
    found = 0
    for seed in range(PREVIEWS):
        seen = await previewed(seed, 0.4, NOISES[seed % 2])
        assert seen.final.planned <= MOST
        found += seen.final.evidence.changed
    print({"previews": PREVIEWS, "found": found})
    assert chance_of(PREVIEWS - found, PREVIEWS, 0.10) >= 0.05, "fewer than nine of ten"
