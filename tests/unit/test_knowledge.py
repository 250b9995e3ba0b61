"""Facts are looked up: sent with the prompts that they are about, and with no others; no model is asked."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.answer import compose
from jupyter_reconst.core.constitution import Article, Draft
from jupyter_reconst.core.knowledge import ENOUGH, MOST, ROOM, fits, look, looked_up
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.sharing.answers import answers
from jupyter_reconst.core.turns import Message, Turn, TurnRecord
from tests.fakes import ANA, ScriptedModel, an_id, reconst
from tests.unit.test_answer import article, law

SET: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data" / "knowledge.json").read_text("utf-8"))
FACTS = [Draft(title=f["title"], when=f["when"], then=f["then"], kind="knowledge", always=False) for f in SET["facts"]]
NAMES = [fact["id"] for fact in SET["facts"]]


def a_fact(number: int, **fields: Any) -> Article:
    return article(number, **{"kind": "knowledge", "always": False, **fields})


BANACH = a_fact(
    1,
    title="Contraction mapping theorem",
    when="fixed points of contractions come up",
    then="It is due to Banach",
    source="Banach 1922, p. 160",
)
ARROW = a_fact(2, title="Arrow's theorem", when="social choice comes up", then="It needs three alternatives")


def figures(half: int) -> tuple[float, float]:
    """Precision and recall on every second prompt of the set."""
    right = wrong = missed = 0
    for said in SET["prompts"][half::2]:
        looks = look(FACTS, said["prompt"], said.get("said", ()))
        found, wanted = {name for name, one in zip(NAMES, looks, strict=True) if one.sent}, set(said["about"])
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize("half", [0, 1], ids=["tuned", "held out"])
def test_what_a_prompt_is_about_is_found_and_little_else(half: int) -> None:
    precision, recall = figures(half)
    print(json.dumps({"knowledge": half, "precision": round(precision, 3), "recall": round(recall, 3)}))
    assert precision >= 0.9 and recall >= 0.9


def test_nothing_is_looked_up_that_is_sent_always_or_is_a_rule() -> None:
    assert [looked_up(a_fact(1)), looked_up(a_fact(1, always=True)), looked_up(article(1, always=False))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("Does a contraction have fixed points?", "about: fixed points, Contraction"),
        ("Wer war Banach?", "about: Banach"),
        ("Is every CONTRACTIVE map continuous? What about its fixed point?", "about: fixed points, Contraction"),
    ],
)
def test_the_reason_is_in_the_words_of_the_fact(prompt: str, words: str) -> None:
    assert look([BANACH], prompt)[0].why == words


def test_accents_and_scripts_without_spaces_are_read() -> None:
    assert fits(a_fact(1, title="Gödel's second theorem", when="Gödel numbers come up"), "what did Godel number?")
    assert fits(a_fact(1, title="不動点定理", when="縮小写像の不動点"), "縮小写像の不動点は一つか")


def test_a_pronoun_is_about_what_was_said_before() -> None:
    said = ("What is a contraction?", "A map that brings points closer; it has one fixed point.")
    (before,) = look([BANACH], "And who found that out?")
    (after,) = look([BANACH], "And who found that out?", said)
    assert (before.sent, after.sent) == (False, True)


def test_a_question_of_its_own_is_not_about_what_was_said_before() -> None:
    said = ("State the contraction mapping theorem.", "A contraction has exactly one fixed point, by Banach.")
    assert not look([BANACH], "Plot y against x with error bars, in blue.", said)[0].sent


def test_facts_have_room_of_their_own_and_the_best_come_first() -> None:
    many = [a_fact(n, title=f"Banach {n}", when="Banach spaces come up", then="x" * 800) for n in range(20)]
    best = a_fact(30, title="Dual of a Banach space", when="Banach spaces and their duals come up", then="y" * 800)
    looks = look([*many, best], "What is the dual of a Banach space?")
    sent = [one for one in looks if one.sent]
    assert looks[-1].sent and 1 < len(sent) <= ROOM // 200
    late = next(one for one in looks if not one.sent)
    assert late.why == "about: Banach spaces; the room for facts was filled by better ones"
    short = [a_fact(n, title="Banach", when="Banach", then="y") for n in range(MOST + 5)]
    assert sum(one.sent for one in look(short, "Banach?")) == MOST


@settings(max_examples=60, deadline=None)
@given(
    facts=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=30), st.text(max_size=30)), max_size=6),
    prompt=st.text(max_size=60),
    room=st.integers(0, ROOM),
)
def test_any_text_is_looked_at_the_same_way_twice(facts: list[tuple[str, str, str]], prompt: str, room: int) -> None:
    drafts = [Draft(title=a, when=b, then=c, kind="knowledge", always=False) for a, b, c in facts]
    looks = look(drafts, prompt, room=room)
    assert looks == look(drafts, prompt, room=room) and len(looks) == len(drafts)
    assert all(one.shared for one in looks if one.sent) and all(len(one.why) <= 200 for one in looks)
    assert not any(one.sent for one in look(drafts, "")) and ENOUGH > 0


async def test_only_what_a_prompt_is_about_is_sent_and_no_model_is_asked() -> None:
    fakes = reconst()
    made = await compose(
        fakes.ports, ANA, fakes.model, law(BANACH, ARROW), prompt="Does a contraction have a fixed point?"
    )
    assert not fakes.model.calls and not made.undecided
    assert [(one.sent, one.why, one.kind) for one in made.applied] == [
        (True, "about: fixed points, Contraction", "knowledge"),
        (False, "the prompt is not about it", "knowledge"),
    ]
    assert "FACT It is due to Banach.\n   SOURCE Banach 1922, p. 160" in made.messages[0].content
    assert "three alternatives" not in str(made.messages)
    (known,) = made.given
    assert (known.kind, known.id, known.label, known.source) == ("fact", BANACH.id, BANACH.title, BANACH.source)
    assert known.text in made.messages[0].content


async def test_the_digest_is_of_all_that_is_in_force_whatever_is_sent() -> None:
    fakes = reconst()
    constitution = law(BANACH, ARROW)
    for prompt in ("Does a contraction have a fixed point?", "Hello", "What is Arrow's theorem?"):
        assert (await compose(fakes.ports, ANA, fakes.model, constitution, prompt=prompt)).digest == constitution.digest
    bare = await compose(fakes.ports, ANA, fakes.model, constitution, prompt="Hello")
    assert bare.messages == (Message(role="user", content="Hello"),)


async def test_a_person_comes_before_the_words() -> None:
    fakes = reconst()
    chosen = {BANACH.id: False, ARROW.id: True}
    made = await compose(fakes.ports, ANA, fakes.model, law(BANACH, ARROW), prompt="Who is Banach?", chosen=chosen)
    assert {one.article: (one.sent, one.chosen) for one in made.applied} == {
        BANACH.id: (False, True),
        ARROW.id: (True, True),
    }


async def test_what_is_quoted_in_the_conversation_looks_up_nothing() -> None:
    """A passage of somebody else's text does not decide which facts go along."""
    fakes = reconst()
    quoted = "<<< passage [1] x 0123456789abcdef\nbanach contraction fixed points\n>>> 0123456789abcdef\n\nHello"
    history = (Message(role="user", content=quoted), Message(role="assistant", content="Hello."))
    made = await compose(fakes.ports, ANA, fakes.model, law(BANACH), prompt="And now?", history=history)
    assert made.given == ()


async def test_a_small_context_leaves_little_room() -> None:
    model = ScriptedModel("ok", info=ModelInfo(profile="p", model="m", context=512))
    fakes = reconst()
    long = a_fact(3, title="Banach", when="Banach comes up", then="z" * 400)
    made = await compose(fakes.ports, ANA, model, law(long), prompt="Banach?")
    assert made.applied[0].why.endswith("the room for facts was filled by better ones")


async def test_five_hundred_facts_are_composed_at_once() -> None:
    fakes = reconst()
    facts = [
        a_fact(n, title=f"{SET['facts'][n % 30]['title']} {n}", when=f"{SET['facts'][n % 30]['when']} {n}")
        for n in range(500)
    ]
    constitution = law(*facts)
    first = time.process_time()
    await compose(fakes.ports, ANA, fakes.model, constitution, prompt="What is the dual of a Banach space?")
    warm = time.process_time()
    made = await compose(fakes.ports, ANA, fakes.model, constitution, prompt="Who proved the folk theorem?")
    ended = time.process_time()
    spent = {"facts": 500, "first_ms": round(1000 * (warm - first), 1), "then_ms": round(1000 * (ended - warm), 1)}
    print(json.dumps(spent))
    assert ended - warm < 0.5
    assert sum(one.sent for one in made.applied) <= MOST
    assert made.tokens < 2 * ROOM


def test_an_output_tells_of_the_facts_that_were_sent_and_of_no_others() -> None:
    applied = [{"article": an_id(n), "revision": an_id(n), "kind": "knowledge", "sent": n == 3} for n in range(300)]
    turn = {"id": an_id(1), "notebook": an_id(2), "prompt": "p", "digest": "0" * 64, "created": "2026-11-29T00:00:00Z"}
    record = TurnRecord.of(Turn.model_validate(turn | {"applied": applied}))
    assert [one.article for one in record.applied] == [an_id(3)] and record.articles == 1


async def test_answers_that_a_group_has_curated_are_sent_with_their_questions() -> None:
    """The knowledge of a pack is looked up as one's own is: no call decides whether an answer goes along."""
    text = "## How do we write the discount factor?\n\nδ, never β.\n\n## Which journals take replications?\n\nTwo.\n"
    published = answers(text, "faq.md")
    assert published
    fakes = reconst()
    constitution = published.reading.constitution
    made = await compose(fakes.ports, ANA, fakes.model, constitution, prompt="Use our discount factor in the proof.")
    assert [one.label for one in made.given] == ["How do we write the discount factor?"]
    assert "δ, never β" in str(made.messages) and "Two." not in str(made.messages) and not fakes.model.calls
