"""Which prompts an amendment is tried on, drawn from the bins in turn, so that stopping early has seen every bin.

| bin | at most | where from |
|---|---|---|
| source | every corrected turn | the annotations |
| case | all | kept by this person's own ratifications of articles in force |
| own | all | typed by the person |
| in | 4 | past turns with similar words, where WHEN fires |
| conflict | 4 | where another article applies too: past turns by what is recorded, then witnesses, written |
| near | 4 and those the model writes | past turns with similar words, WHEN does not fire; neighbours; minimal pairs |
| out | 8 (4 for the embedded model) | past turns with the fewest words in common, then the fixed general set |

Past turns are this person's, complete, and from this notebook alone: a row that is marked becomes a case in the file,
and must not carry words out of another one. The choice depends on the corrected turn rather than on the wording where
it can, so that another wording meets the same probes and their recorded replies.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from pydantic import ValidationError

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.drafting import content, keywords, overlap
from jupyter_reconst.acts.pairs import nearest
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.sampled import recorded_preview
from jupyter_reconst.acts.style import style_of
from jupyter_reconst.acts.trial import fired, fires, prefix
from jupyter_reconst.acts.written import PAIRED, neighbours, twins, witnesses, writes
from jupyter_reconst.core.constitution import Article, Case, Draft
from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.impact import Bin, Probe
from jupyter_reconst.core.knowledge import fits, looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Model, Ports
from jupyter_reconst.core.samples import Sample
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.prompts.asking import listed

IN, NEAR, OUT, FAR, CONFLICT = 4, 4, 8, 4, 4
SMALL_OUT = 4
JUDGED = 12
"""Similar turns whose WHEN is judged at most; the embedded model judges half of them."""
WORDS = 16
"""Words that similar turns are searched with: each one costs time in the full-text index."""
REMEMBERED = 200
_SOURCE = "the turn that was corrected"


@dataclass(frozen=True, slots=True)
class Wish:
    """What probes are for: a wording, its aim, the corrected turns, and what the person wants to see.

    `others` are the articles that would be in force beside it. `generate` is how many neighbours the model writes;
    with none of them it writes nothing else either. `style` is the notebook's.
    """

    notebook: str
    draft: Draft
    aim: Aim
    library: bool = False
    sources: tuple[Turn, ...] = ()
    cases: tuple[Case, ...] = ()
    prompts: tuple[str, ...] = ()
    others: tuple[Article, ...] = ()
    generate: int = 0
    sample: Sample | None = None
    style: Pick | None = None

    @property
    def about(self) -> str:
        """The words that similar turns are looked for with."""
        told = [turn.prompt for turn in self.sources] + list(self.aim.quotes)
        return "\n".join(told) or f"{self.draft.title}\n{self.draft.when}\n{self.draft.then}"

    @property
    def question(self) -> str:
        """The question that prompts are written beside."""
        return self.sources[0].prompt if self.sources else self.about


async def probes(ports: Ports, person: Person, model: Model, wish: Wish) -> tuple[Probe, ...]:
    """The probes, round-robin over the bins. A bin that cannot be filled is left short, never an error."""
    if wish.sample is not None:
        return _once([*(turn_probe(ports, turn, "source", _SOURCE) for turn in wish.sources), *_played(ports, wish)])
    past = await _past(ports, person, wish)
    alike = await _alike(ports, person, wish, {turn.id for turn in past})
    (fitting, near), beside = await asyncio.gather(_split(ports, model, wish, alike), _neighbours(ports, model, wish))
    met = await _met(ports, model, wish, fitting)
    within = [turn_probe(ports, turn, "in", "a past turn where WHEN fires") for turn in fitting if turn.id not in met]
    pairs, clashing = await asyncio.gather(_twins(ports, model, wish, within), _clashing(ports, model, wish, met))
    quota = SMALL_OUT if model.info.embedded else OUT
    used = {turn.id for turn in alike}
    out = _far(ports, wish, [turn for turn in past if turn.id not in used], quota)
    bins: list[list[Probe]] = [
        [turn_probe(ports, turn, "source", _SOURCE) for turn in wish.sources],
        [await case_probe(ports, person, case, wish.style) for case in wish.cases],
        [Probe(id=ports.clock.id(), bin="own", prompt=prompt, chosen="typed by you") for prompt in wish.prompts],
        within[:IN],
        clashing,
        [*near[:NEAR], *beside, *pairs],
        out,
    ]
    drawn = [probe for layer in zip_longest(*bins) for probe in layer if probe is not None]
    return _once(drawn)


def _once(drawn: Iterable[Probe]) -> tuple[Probe, ...]:
    """The first probe of each prompt, and every case: what one says of a prompt, no other row can."""
    first: dict[tuple[str, int, str | None], Probe] = {}
    for probe in drawn:
        first.setdefault((probe.prompt.strip(), len(probe.history), probe.case), probe)
    return tuple(first.values())


def _played(ports: Ports, wish: Wish) -> list[Probe]:
    """The probes of a recorded preview."""
    return [
        Probe.model_validate(
            {"id": ports.clock.id(), "bin": recorded.bin, "prompt": recorded.prompt, "chosen": "recorded in the sample"}
        )
        for recorded in (recorded_preview(wish.sample, wish.aim.quotes) if wish.sample else ())
    ]


async def _past(ports: Ports, person: Person, wish: Wish) -> list[Turn]:
    """This notebook's other complete turns, newest first, one for each prompt."""
    asked = {turn.prompt for turn in wish.sources}
    return [turn for turn in await remembered(ports, person, wish.notebook) if turn.prompt not in asked]


async def remembered(ports: Ports, person: Person, notebook: str | None, limit: int = REMEMBERED) -> list[Turn]:
    """The last complete turns of a notebook, or of all, newest first, one for each prompt."""
    events = await ports.journal.events(person.owner, kind="turn", notebook=notebook, limit=limit, newest_first=True)
    found: dict[str, Turn] = {}
    for turn in _turns(events):
        found.setdefault(turn.prompt, turn)
    return list(found.values())


async def _alike(ports: Ports, person: Person, wish: Wish, known: set[str]) -> list[Turn]:
    """Past turns that share words with the corrected ones, best first."""
    events = await ports.journal.search(
        person.owner,
        keywords(wish.about, WORDS),
        kind="turn",
        notebook=wish.notebook,
        limit=JUDGED + len(wish.sources),
    )
    return [turn for turn in _turns(events) if turn.id in known][:JUDGED]


async def _split(ports: Ports, model: Model, wish: Wish, turns: list[Turn]) -> tuple[list[Turn], list[Probe]]:
    """Similar turns where WHEN fires, and probes of those where it does not."""
    judged = turns[: JUDGED // 2] if model.info.embedded else turns
    said = await asyncio.gather(*(_fires(ports, model, wish, turn) for turn in judged))
    known = list(zip(judged, said, strict=True))
    why = {False: "similar words, WHEN does not fire", None: "similar words; whether WHEN fires is not known"}
    return [turn for turn, fires in known if fires], [
        turn_probe(ports, turn, "near", why[fires]) for turn, fires in known if not fires
    ]


async def _fires(ports: Ports, model: Model, wish: Wish, turn: Turn) -> bool | None:
    if looked_up(wish.draft):
        return fits(wish.draft, turn.prompt)
    if wish.aim.everywhere:
        return True
    if wish.library and wish.aim.kind:
        return wish.aim.defect(turn.reply, turn.prompt)
    try:
        return await fires(ports, model, wish.draft.when, prompt=turn.prompt, reply=turn.reply)
    except ReconstError:
        return None


def _far(ports: Ports, wish: Wish, past: list[Turn], quota: int) -> list[Probe]:
    """Past turns with the least in common, then general prompts with the least in common."""
    about = content(wish.about)
    apart = [turn for turn in past if overlap(content(turn.prompt), about) < 0.2]
    turns = sorted(apart, key=lambda turn: overlap(content(turn.prompt), about))[:FAR]
    general = sorted(listed("general"), key=lambda prompt: overlap(content(prompt), about))
    known = {turn.prompt for turn in turns}
    rest = [prompt for prompt in general if prompt not in known][: quota - len(turns)]
    return [turn_probe(ports, turn, "out", "a past turn about something else") for turn in turns] + [
        Probe(id=ports.clock.id(), bin="out", prompt=prompt, chosen="from the fixed general set") for prompt in rest
    ]


async def _met(ports: Ports, model: Model, wish: Wish, turns: list[Turn]) -> dict[str, tuple[Turn, Article]]:
    """Of the turns where WHEN fires, those where another article is on record to fire too; one for each article."""
    found: dict[str, tuple[Turn, Article]] = {}
    for other in nearest(wish.draft, wish.others, PAIRED):
        for turn in turns:
            if len(found) < CONFLICT and turn.id not in found and await _applied(ports, model, other, turn):
                found[turn.id] = (turn, other)
                break
    return found


async def _applied(ports: Ports, model: Model, article: Article, turn: Turn) -> bool:
    if looked_up(article):
        return fits(article, turn.prompt)
    return await fired(ports, model, article.when, prompt=turn.prompt, reply=turn.reply) is True


async def _clashing(ports: Ports, model: Model, wish: Wish, met: dict[str, tuple[Turn, Article]]) -> list[Probe]:
    """Where the wording and another article both apply: past turns first, then what the model writes."""
    past = [
        turn_probe(ports, turn, "conflict", f"a past turn where “{other.title}” applies too")
        for turn, other in met.values()
    ]
    known = {other.id for _, other in met.values()}
    others = [other for other in wish.others if other.id not in known]
    if not _may_write(model, wish) or len(past) == CONFLICT:
        return past
    written = [
        generated(ports, model, "conflict", said.prompt, f"it may clash with “{other.title}” here")
        for other, said in await witnesses(ports, model, wish.draft, others)
    ]
    return [*past, *written][:CONFLICT]


async def _neighbours(ports: Ports, model: Model, wish: Wish) -> list[Probe]:
    if not _may_write(model, wish):
        return []
    found = await neighbours(ports, model, wish.question, "\n".join(wish.aim.quotes), wish.generate)
    why = "inside the category, outside the topic"
    return [generated(ports, model, "near", prompt, why) for prompt in found]


async def _twins(ports: Ports, model: Model, wish: Wish, within: list[Probe]) -> list[Probe]:
    """Where WHEN means every reply, no question is without what it asks for."""
    if not _may_write(model, wish) or wish.aim.everywhere:
        return []
    questions = [turn.prompt for turn in wish.sources] + [probe.prompt for probe in within]
    why = "the same question without what WHEN asks for"
    return [
        generated(ports, model, "near", prompt, why) for prompt in await twins(ports, model, wish.draft.when, questions)
    ]


def _may_write(model: Model, wish: Wish) -> bool:
    return wish.generate > 0 and writes(model)


def generated(ports: Ports, model: Model, bin: Bin, prompt: str, why: str) -> Probe:
    """A prompt that the model wrote, as a probe."""
    return Probe(
        id=ports.clock.id(),
        bin=bin,
        prompt=prompt,
        generator=model.info.model[:200],
        chosen=f"written by the model: {why}"[:400],
    )


def turn_probe(ports: Ports, turn: Turn, bin: Bin, chosen: str) -> Probe:
    """A past turn as a probe, with the conversation before it and the style that it was asked in."""
    style, caveat = style_of(turn)
    return Probe(
        id=ports.clock.id(),
        bin=bin,
        prompt=turn.prompt,
        history=prefix(turn),
        attachments=turn.attachments,
        given=turn.passages,
        form=turn.wish.form,
        style=style,
        caveat=caveat,
        turn=turn.id,
        chosen=chosen,
    )


async def case_probe(ports: Ports, person: Person, case: Case, style: Pick | None) -> Probe:
    """A kept case, as its turn was asked where this person's journal has it, else in the notebook's style."""
    chosen = f"kept: a change that was marked {case.expects.verdict}"
    turn = await turn_of(ports, person, case.turn)
    if turn is not None and turn.prompt == case.prompt:
        return turn_probe(ports, turn, "case", chosen).model_copy(update={"case": case.id})
    return Probe(id=ports.clock.id(), bin="case", prompt=case.prompt, style=style, case=case.id, chosen=chosen)


def _turns(events: Iterable[Event]) -> list[Turn]:
    """Complete turns that this person really asked."""
    found = []
    for event in events:
        try:
            turn = Turn.model_validate(event.body)
        except ValidationError:  # Forgotten, or written by another version.
            continue
        if turn.status == "complete" and not turn.claimed and not turn.recording:
            found.append(turn)
    return found
