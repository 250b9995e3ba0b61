"""A preview cannot differ from what happens after ratifying: its new side is what an ask sends then, to the letter."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts import style as wearing
from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.ask import composed
from jupyter_reconst.acts.check import replayed
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.acts.probe import turn_probe
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.rehearse import rehearse
from jupyter_reconst.acts.sent import sent
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.acts.trial import Ground, tried
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.constitution import EMPTY, Constitution, Draft
from jupyter_reconst.core.notebook import HEAD, Reading, keys
from jupyter_reconst.core.ports import CellState
from jupyter_reconst.core.requests import Ask, AskSent, Ratify, Rehearse, StartPreview, Sync, Watch
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import Message, Turn
from jupyter_reconst.prompts.style import styles
from tests.asking import asked, turns
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import NOTEBOOK, PATH, adding, annotation, article, opened
from tests.scenes import case as kept

LISTEN = styles()["listen"]
RULE = adding("always", "end with the word done")


class Open:
    """An open notebook as a browser tells of it: its keys, and the turns that its cells show."""

    def __init__(self, fakes: Fakes, law: Reading) -> None:
        self.fakes = fakes
        self.metadata: dict[str, Any] = {HEAD: {"version": 1, "id": NOTEBOOK, "origin": None}} | keys(law)
        self.cells: dict[str, str | None] = {}

    async def told(self) -> None:
        told = tuple(CellState(cell=cell, turn=turn) for cell, turn in self.cells.items())
        await sync(self.fakes.ports, ANA, Sync(path=PATH, metadata=self.metadata, cells=told))

    async def ask(self, cell: str, prompt: str, **fields: Any) -> Turn:
        self.cells[cell] = None
        await self.told()
        await asked(self.fakes, prompt, cell, **fields)
        turn = (await turns(self.fakes))[-1]
        self.cells[cell] = turn.id
        await self.told()
        return turn

    async def ratified(self, amendment: Amendment) -> None:
        change = await ratify(self.fakes.ports, ANA, Ratify(id=an_id(80), path=PATH, amendment=amendment))
        self.metadata |= change.writes
        await self.told()

    async def again(self, cell: str, prompt: str, **fields: Any) -> tuple[Message, ...]:
        """What asking sends now."""
        request = Ask(path=PATH, cell=cell, prompt=prompt, again=True, **fields)
        return (await composed(self.fakes.ports, ANA, request)).messages


async def begun(notebook: str | None = None, *articles: Any) -> Open:
    fakes = reconst(lambda messages, parameters: f"Said to {len(messages)}: {messages[-1].content[:40]}")
    await opened(fakes, *articles)
    pick = styles()[notebook].pick if notebook else None
    return Open(fakes, Reading(revisions=articles, style=pick))


async def previewed(open: Open, about: Turn, amendment: Amendment = RULE, **fields: Any) -> dict[str, tuple[Any, ...]]:
    """For each prompt of a preview, what the new law's side was sent, and the row."""
    request = StartPreview(
        id=an_id(70), path=PATH, amendment=amendment, annotations=(annotation(about=about),), generate=0, **fields
    )
    async for _ in preview(open.fakes.ports, ANA, request, asyncio.Event()):
        pass
    state = await preview_state(open.fakes.ports, ANA, Watch(preview=request.id))
    found = {}
    for row in state.rows:
        was = await sent(open.fakes.ports, ANA, AskSent(preview=state.id, probe=row.probe.id))
        assert was.exact or row.verdict == "failed"
        found[row.probe.prompt] = (was.sendings[1].messages, row, was)
    return found


NAMES = st.sampled_from(["", *styles()])


@settings(max_examples=60, deadline=None)
@given(
    wish=st.sampled_from(["", "none", *styles()]),
    notebook=NAMES,
    before=st.lists(st.integers(1, 5), unique=True, max_size=3),
    act=st.sampled_from(["add", "revise", "repeal"]),
    earlier=st.booleans(),
    small=st.booleans(),
)
def test_the_new_side_of_a_row_is_what_an_ask_sends_after_ratifying(
    wish: str, notebook: str, before: list[int], act: str, earlier: bool, small: bool
) -> None:
    async def held() -> None:
        articles = tuple(article(n, "always", f"do {n}") for n in sorted(before))
        open = await begun(notebook, *articles)
        if small:
            info = open.fakes.model.info
            open.fakes.model.info = info.model_copy(update={"embedded": True, "at_once": 1})
        amendment = RULE
        if articles and act != "add":
            draft = Draft(title="Other", when="always", then="do otherwise") if act == "revise" else None
            first = {"article": articles[0].id, "base": articles[0].revision}
            amendment = Amendment(id=an_id(30), action=act, draft=draft, source=Source(by="person"), **first)
        if earlier:
            await open.ask("zero", "What came before?", style="plain")
        turn = await open.ask("one", "Does it follow?", style=wish)
        rows = await previewed(open, turn, amendment, prompts=("A new question?",))
        await open.ratified(amendment)
        assert rows[turn.prompt][0] == await open.again("one", turn.prompt, style=wish)
        open.cells["two"] = None
        await open.told()
        assert rows["A new question?"][0] == await open.again("two", "A new question?", new=True)

    asyncio.run(held())


async def test_a_row_says_the_style_among_what_was_sent_and_both_sides_are_in_it() -> None:
    open = await begun(None, article(1, "always", "be brief"))
    turn = await open.ask("one", "Does it follow?", style="listen")
    rows = await previewed(open, turn)
    _, row, was = rows[turn.prompt]
    assert row.probe.style == LISTEN.pick and not row.probe.caveat
    assert all(LISTEN.law.preamble in sending.messages[0].content for sending in was.sendings)
    whys = [one.why for one in was.articles]
    assert whys.count("the style listen") == len(LISTEN.law.articles) and whys.count("always") == 2
    assert all(LISTEN.law.preamble not in str(other[0]) for prompt, other in rows.items() if prompt != turn.prompt)


async def test_what_nobody_has_accepted_is_rehearsed_in_the_style_of_each_turn() -> None:
    theirs = article(1, "always", "hide errors")
    open = await begun()
    await open.ask("one", "Does it follow?", style="listen")
    await open.ask("two", "And this?", new=True)
    open.metadata |= keys(Reading(revisions=(theirs,)))
    await open.told()
    open.fakes.model.calls.clear()
    digest = Reading(revisions=(theirs,)).constitution.digest
    request = Rehearse(id=an_id(60), path=PATH, digest=digest, articles=(theirs.id,))
    rows = [e async for e in rehearse(open.fakes.ports, ANA, request, asyncio.Event()) if e.type == "row"]
    assert len(rows) == 2
    for messages, _ in open.fakes.model.calls:
        styled = any(LISTEN.law.preamble in message.content for message in messages)
        assert styled == (messages[-1].content == "Does it follow?")


@pytest.mark.parametrize(
    ("wish", "digest", "gone", "worn", "said"),
    [
        ("listen", LISTEN.law.digest, False, True, ""),
        ("", LISTEN.law.digest, False, True, ""),
        ("listen", "0" * 64, False, True, "may have had other words"),
        ("", "0" * 64, False, False, "has other words today: tried without it"),
        ("listen", None, False, True, "may have had other words"),
        ("listen", LISTEN.law.digest, True, False, "is not here any more: tried without it"),
    ],
)
async def test_a_style_that_is_gone_or_altered_is_said_in_the_row(
    wish: str, digest: str | None, gone: bool, worn: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open = await begun(None if wish else "listen")
    turn = await open.ask("one", "Does it follow?", style=wish)
    assert (turn.style, turn.style_digest) == ("listen", LISTEN.law.digest)
    line = await open.fakes.journal.get("ana", turn.id)
    assert line
    line.body["style_digest"] = digest
    if gone:
        monkeypatch.setattr(wearing, "styles", dict)
    messages, row, was = (await previewed(open, turn))[turn.prompt]
    assert (LISTEN.law.preamble in str(messages)) == worn
    assert row.why.endswith(row.probe.caveat) and said in row.probe.caveat and bool(said) == bool(row.probe.caveat)
    assert (was.sendings[0].messages == turn.messages) == worn


def test_a_turn_that_was_kept_without_the_words_of_its_style_is_tried_with_those_of_today() -> None:
    fakes = reconst()
    probe = turn_probe(fakes.ports, Turn.model_validate({**_bare(), "style": "listen"}), "own", "")
    assert probe.style == LISTEN.pick and probe.caveat
    assert turn_probe(fakes.ports, Turn.model_validate(_bare()), "own", "").style is None


async def test_a_case_whose_turn_is_elsewhere_is_asked_in_the_notebooks_style() -> None:
    fakes = reconst("Same.")
    law, case = Constitution(articles=(article(1, "always", "be brief"),)), kept(1, "?", "intended", "Same.", "Other.")
    model = Metered(fakes.model)
    for style in (LISTEN.pick, Pick(name="listen", digest="0" * 64), None):
        assert (await replayed(fakes.ports, ANA, law, style, case, model, fresh=True)).outcome == "held"
    assert [LISTEN.law.preamble in messages[0].content for messages, _ in fakes.model.calls] == [True, False, False]


async def test_a_candidate_is_tried_in_the_style_of_the_turn_that_it_came_from() -> None:
    open = await begun()
    turn = await open.ask("one", "Does it follow?", style="listen")
    open.fakes.model.calls.clear()
    ground = Ground(open.fakes.ports, ANA, Metered(open.fakes.model), EMPTY, turn, budget=9)
    async for _ in tried(ground, RULE, Aim(everywhere=True)):
        pass
    assert len(open.fakes.model.calls) == 2
    assert all(LISTEN.law.preamble in messages[0].content for messages, _ in open.fakes.model.calls)


def _bare() -> dict[str, Any]:
    return {"id": an_id(9), "notebook": NOTEBOOK, "prompt": "?", "digest": "0" * 64, "created": "2026-11-01T00:00:00Z"}
