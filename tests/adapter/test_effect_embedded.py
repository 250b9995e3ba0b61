"""The embedded model, for real: a mechanical article changes its replies, and asking twice changes none."""

from __future__ import annotations

import pytest

from jupyter_reconst.acts.aim import aim_of
from jupyter_reconst.acts.compare import Laws, compare
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import EMPTY
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.turns import Parameters
from jupyter_reconst.models.local import Embedded
from tests.fakes import ANA, an_id, reconst
from tests.scenes import adding

pytestmark = pytest.mark.skipif(bool(Embedded().missing()), reason=Embedded().missing() or "installed")

PROMPTS = (
    "What is reward hacking?",
    "Explain the off-switch game.",
    "Is this argument valid? All mammals breathe. Whales breathe. So whales are mammals.",
    "What should a data management plan say about personal data?",
    "Why do aligned models still need oversight?",
)


async def test_an_article_with_a_mechanical_effect_is_seen_and_noise_is_not() -> None:
    embedded = Embedded(context=1024)
    model, fakes = Metered(embedded.model()), reconst()
    amendment = adding("any reply is written", "answer in one short sentence")
    laws = Laws(EMPTY, amended(EMPTY, amendment)[0], Parameters(max_tokens=96))
    aim = aim_of(amendment, (), amendment.draft)
    try:
        rows = [
            await compare(
                fakes.ports, ANA, model, laws, Probe(id=an_id(n), bin="own", prompt=prompt), aim, floor=0, twice=True
            )
            for n, prompt in enumerate(PROMPTS)
        ]
    finally:
        await embedded.close()
    assert [row.noise for row in rows] == [0.0] * 5
    assert sum(row.verdict == "intended" for row in rows) >= 4, [(row.why, row.after.text) for row in rows]
