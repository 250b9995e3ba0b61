"""What a person wrote or edited, judged by the prover alone."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.notation import dump
from jupyter_reconst.core.formal.reading import in_latex, in_words
from jupyter_reconst.core.formal.verdicts import Verdict, plainly
from jupyter_reconst.core.formal.written import Written
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Formalized, FormalSentence, Verify


async def verify(ports: Ports, request: Verify) -> Formalized:
    """Judge formulas as they are written. Raises BadInput for one that cannot be read, or that says nothing."""
    argument = read(request.argument)
    said = {one.name: one.said for one in request.argument.sentences}
    verdict = await verdict_on(ports, argument)
    return Formalized(cost=0, **judged(verdict), **shown(argument, said=said))


def read(written: Written) -> Argument:
    """The argument that was written. Raises BadInput."""
    try:
        return written.argument()
    except ValueError as error:
        raise BadInput(str(error)) from None


def unjudged(ports: Ports) -> str:
    """Why nothing can be judged here; empty where it can."""
    return "No prover is installed." if ports.prover is None else ports.prover.missing()


async def verdict_on(ports: Ports, argument: Argument) -> Verdict:
    """What the prover says; *not checked* where there is none."""
    if ports.prover is None:
        return Verdict(says="not checked", why=unjudged(ports))
    return await ports.prover.judge(argument)


def judged(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it is shown."""
    return {"verdict": verdict, "told": plainly(verdict)}


def shown(
    argument: Argument, doubts: Mapping[str, str] | None = None, said: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """An argument as it is shown: its sentences as text to edit, in words, in LaTeX. `said`: the person's words."""
    signature, doubts, said = argument.signature, doubts or {}, said or {}

    def words(one: Sentence) -> str:
        return said.get(one.name) or (one.source.quote if one.source else in_words(one.formula, signature))

    def sentence(one: Sentence) -> FormalSentence:
        rule = None if one is argument.claim else _assumed(words(one), words(argument.claim))
        return FormalSentence(
            name=one.name,
            source=one.source,
            said=words(one),
            formal=dump(one.formula),
            words=in_words(one.formula, signature),
            latex=in_latex(one.formula),
            doubt=doubts.get(one.name, ""),
            rule=rule,
        )

    return {
        "symbols": argument.symbols,
        "premises": tuple(map(sentence, argument.premises)),
        "claim": sentence(argument.claim),
        "frame": argument.frame,
    }


def _assumed(premise: str, claim: str) -> Draft:
    """An article that lets a premise be assumed only with a reason."""
    return Draft(
        title=f"Assume “{shorten(premise, 150, placeholder='…')}” only with a reason",
        when=f"an argument assumes: {premise}"[:4_000],
        then=f"say why it may be assumed; without a reason, do not conclude: {claim}"[:4_000],
    )
