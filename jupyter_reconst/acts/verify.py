"""What a person wrote or edited, judged by the prover alone."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.notation import Unreadable, dump, load
from jupyter_reconst.core.formal.reading import in_latex, in_words
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Formalized, FormalSentence, Verify


async def verify(ports: Ports, request: Verify) -> Formalized:
    """Judge formulas as they are written. Raises BadInput for one that cannot be read, or that says nothing."""
    argument = written(request)
    premises, claim = sentences(argument, {})
    verdict = await verdict_on(ports, argument)
    return Formalized(
        symbols=argument.symbols, premises=premises, claim=claim, frame=argument.frame, verdict=verdict, cost=0
    )


async def verdict_on(ports: Ports, argument: Argument) -> Verdict:
    """What the prover says; *not checked* where there is none."""
    if ports.prover is None:
        return Verdict(says="not checked", why="No prover is installed.")
    return await ports.prover.judge(argument)


def written(request: Verify) -> Argument:
    """The argument that a person wrote. Raises BadInput."""
    try:
        return Argument(
            symbols=request.symbols,
            premises=tuple(_read(one) for one in request.premises),
            claim=_read(request.claim),
            frame=request.frame,
        )
    except ValidationError as error:
        said = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        raise BadInput(f"This is not a well-formed argument: {said.removeprefix('Value error, ')}.") from None


def _read(one: FormalSentence) -> Sentence:
    try:
        return Sentence(name=one.name, formula=load(one.formal), source=one.source)
    except Unreadable as error:
        raise BadInput(f"“{one.name}” cannot be read: {error}.") from None


def sentences(argument: Argument, doubts: Mapping[str, str]) -> tuple[tuple[FormalSentence, ...], FormalSentence]:
    """The premises and the claim as they are shown: as text to edit, in words, in LaTeX."""
    signature = argument.signature
    shown = [
        FormalSentence(
            name=one.name,
            source=one.source,
            formal=dump(one.formula),
            words=in_words(one.formula, signature),
            latex=in_latex(one.formula),
            doubt=doubts.get(one.name, ""),
        )
        for one in argument.sentences
    ]
    return tuple(shown[:-1]), shown[-1]
