"""A conversation that has outgrown its model: what fits, who says what is left out, and where that is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.acts.ask import composed
from jupyter_reconst.acts.recall import conversation
from jupyter_reconst.core.errors import BadInput, Outgrown, TooLong
from jupyter_reconst.core.fitting import fitting
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import Ask
from jupyter_reconst.core.turns import TurnRecord
from tests.asking import asked, cells, turns
from tests.fakes import ANA, Fakes, reconst
from tests.scenes import PATH

SIZES = st.lists(st.integers(1, 50), max_size=12)


@given(SIZES, st.integers(-10, 400))
def test_the_newest_that_fit_are_kept_and_no_more(sizes: list[int], room: int) -> None:
    kept = fitting(sizes, room)
    assert list(kept) == list(range(len(sizes) - len(kept), len(sizes)))
    assert sum(sizes[place] for place in kept) <= max(room, 0)
    if len(kept) < len(sizes):
        assert sum(sizes[place] for place in kept) + sizes[len(sizes) - len(kept) - 1] > room


@given(SIZES.filter(bool), st.integers(-10, 400))
def test_the_first_is_kept_where_it_fits_and_the_newest_beside_it(sizes: list[int], room: int) -> None:
    kept = fitting(sizes, room, "first")
    if sizes[0] > room:
        assert kept == fitting(sizes, room)
        return
    assert kept[0] == 0
    rest = fitting(sizes[1:], room - sizes[0])
    assert kept[1:] == tuple(place + 1 for place in rest)


@given(SIZES, st.integers(0, 400), st.integers(0, 50), st.sampled_from(["first", "last"]))
def test_more_room_never_keeps_less_of_the_newest(sizes: list[int], room: int, more: int, keep: Any) -> None:
    before, after = fitting(sizes, room, "last"), fitting(sizes, room + more, "last")
    assert set(before) <= set(after)
    assert fitting(sizes, sum(sizes), keep) == tuple(range(len(sizes)))


LONG = "word " * 100


async def talk(fakes: Fakes, count: int) -> list[TurnRecord]:
    """A conversation of turns of about 130 tokens each, in cells c0, c1, …, and one more cell below them."""
    await cells(fakes, *((f"c{n}", None) for n in range(count + 3)))
    return [(await asked(fakes, f"Question {n}. {LONG}", f"c{n}"))[-1].record for n in range(count)]  # type: ignore[union-attr]


def small(fakes: Fakes, context: int) -> None:
    fakes.model.info = ModelInfo(profile="test", model="scripted", context=context)


async def test_an_outgrown_conversation_is_not_cut_and_says_what_would_go() -> None:
    fakes = reconst("Yes.")
    await talk(fakes, 4)
    small(fakes, 460)
    sent = len(fakes.model.calls)
    with pytest.raises(Outgrown) as error:
        await asked(fakes, "And now?", "c4")
    assert "2 of 4 turns would be left out: “Question 0." in error.value.message
    assert "“Question 1." in error.value.message and "“Question 2." in error.value.message
    shown = await composed(fakes.ports, ANA, Ask(path=PATH, cell="c4", prompt="And now?"))
    assert shown.problem and shown.problem.code == "outgrown" and len(shown.messages) == 9
    assert len(fakes.model.calls) == sent and len(await turns(fakes)) == 4


@pytest.mark.parametrize(
    ("keep", "gone"),
    [(("last",), [0, 1]), (("first",), [1, 2]), (("c1", "c2"), [0, 3])],
    ids=["last", "first", "named"],
)
async def test_what_is_left_out_is_what_the_person_said_and_is_recorded(keep: tuple[str, ...], gone: list[int]) -> None:
    fakes = reconst("Yes.")
    made = await talk(fakes, 4)
    small(fakes, 460)
    shown = await composed(fakes.ports, ANA, Ask(path=PATH, cell="c4", prompt="And now?", keep=keep))
    assert shown.problem is None and list(shown.left) == [made[n].turn for n in gone]
    record = (await asked(fakes, "And now?", "c4", keep=keep))[-1].record  # type: ignore[union-attr]
    assert fakes.model.calls[-1][0] == shown.messages
    asks = [m.content.split(".")[0] for m in shown.messages if m.role == "user"][:-1]
    assert asks == [f"Question {n}" for n in range(4) if n not in gone]
    assert record.left == len(gone) and (await turns(fakes))[-1].left == shown.left
    again = (await asked(fakes, "And now?", "c4", keep=keep))[-1].record  # type: ignore[union-attr]
    assert again.replayed and again.left == len(gone)


async def test_what_was_left_out_stays_out_until_it_is_said_again() -> None:
    fakes = reconst("Yes.")
    made = await talk(fakes, 4)
    small(fakes, 460)
    await asked(fakes, "And now?", "c4", keep=("last",))
    small(fakes, 8_000)
    await asked(fakes, "And then?", "c5")
    last = (await turns(fakes))[-1]
    assert last.left == (made[0].turn, made[1].turn)
    assert (await conversation(fakes.ports, ANA, last.id)).left == last.left
    await asked(fakes, "And then?", "c5", keep=("last",))
    assert (await turns(fakes))[-1].left == ()
    assert sum(m.role == "user" for m in fakes.model.calls[-1][0]) == 6


async def test_one_question_that_is_too_long_is_no_matter_of_the_conversation() -> None:
    fakes = reconst("Yes.")
    await talk(fakes, 1)
    small(fakes, 300)
    with pytest.raises(TooLong):  # Without the turn above it, it would not fit either.
        await asked(fakes, LONG * 4, "c1")
    await cells(fakes, ("alone", None))
    with pytest.raises(TooLong):
        await asked(fakes, LONG * 4, "alone")
    with pytest.raises(TooLong):
        await asked(fakes, LONG * 4, "alone", keep=("last",))


async def test_only_turns_of_the_conversation_can_be_kept() -> None:
    fakes = reconst("Yes.")
    made = await talk(fakes, 2)
    await asked(fakes, "Elsewhere", "c4", new=True)
    for name in ("c4", "c9", "nothing"):
        with pytest.raises(BadInput):
            await asked(fakes, "And now?", "c2", keep=(name,))
    await asked(fakes, "And now?", "c2", keep=("5",), numbers={"5": made[0].turn})
    assert (await turns(fakes))[-1].left == (made[1].turn,)


async def test_the_fit_counts_articles_whose_when_is_not_judged_yet() -> None:
    """Otherwise what was kept would no longer fit once they are."""
    from tests.scenes import article, opened

    fakes = reconst(lambda messages, parameters: '{"fits": true}' if parameters.json_schema else "Yes.")
    await talk(fakes, 4)
    await opened(fakes, article(1, "it is asked", "say " + "something " * 20, always=False))
    await cells(fakes, *((f"c{n}", turn.id) for n, turn in enumerate(await turns(fakes))), ("c4", None))
    small(fakes, 520)
    events = await asked(fakes, "And now?", "c4", keep=("last",))
    assert events[-1].record.status == "complete", events[-1]  # type: ignore[union-attr]
