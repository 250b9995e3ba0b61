"""What candidates and previews are made from, for tests: an open notebook, a turn, a highlight, a scripted model."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation, Source, Target, TextQuoteSelector, TextualBody
from jupyter_reconst.core.constitution import EMPTY, Article, Case, Constitution, Draft, Expectation, Provenance
from jupyter_reconst.core.notebook import Head, Reading, case_key
from jupyter_reconst.core.ports import Accepted, Document, Event
from jupyter_reconst.core.requests import Change
from jupyter_reconst.core.turns import Applied, Message, Parameters, Turn
from tests.fakes import ANA, Fakes, an_id

AT = datetime(2026, 11, 1, tzinfo=timezone.utc)
NOTEBOOK = an_id(1)
PATH = "loop.ipynb"
PROMPT = "Who first described the off-switch game?"
QUOTE = "It was first proved by Smith and Jones (2011)"
REPLY = f"The off-switch game is a model of corrigibility. {QUOTE}, as everybody knows."
CORRECTION = "It was described by Hadfield-Menell and others in a paper that should be cited"


def turn(number: int = 10, prompt: str = PROMPT, reply: str = REPLY, **fields: Any) -> Turn:
    given = {
        "messages": (Message(role="user", content=prompt),),
        "profile": "test",
        "model": "scripted",
        "digest": EMPTY.digest,
        **fields,
    }
    return Turn(id=an_id(number), notebook=NOTEBOOK, prompt=prompt, reply=reply, created=AT, **given)


async def keep(fakes: Fakes, *turns: Turn) -> None:
    for one in turns:
        body = one.model_dump(mode="json")
        event = Event(id=one.id, owner="ana", notebook=NOTEBOOK, kind="turn", body=body, created=AT)
        await fakes.journal.append(event)


async def opened(fakes: Fakes, *articles: Article, cases: tuple[Case, ...] = (), sample: str | None = None) -> Document:
    """A notebook with these articles in force, and these cases as they were ratified with them."""
    law = Constitution(articles=articles)
    await fakes.trust.accept("ana", Accepted(digest=law.digest, constitution=law, at=AT, how="ratified"))
    reading = Reading(head=Head(id=NOTEBOOK, sample=sample), revisions=articles, cases=cases)
    document = Document(path=PATH, notebook=NOTEBOOK, reading=reading)
    await fakes.documents.tell(ANA.owner, document)
    for one in cases:
        writes = {case_key(one): one.model_dump(mode="json")}
        change = Change(id=an_id(400), writes=writes, digest=law.digest).model_dump(mode="json")
        body = {"amendment": {}, "change": change}
        event = Event(id=one.id, owner="ana", kind="ratification", subject=one.article, body=body, created=AT)
        await fakes.journal.append(event)
    return document


def annotation(
    quote: str = QUOTE, said: str = "", *, about: Turn | None = None, by: Source | None = None, **fields: Any
) -> Annotation:
    target = Target(
        cell="cell-1",
        output=0,
        part=fields.pop("part", "words"),
        turn=about.id if about else None,
        selector=(TextQuoteSelector(exact=quote),),
    )
    body = [TextualBody(purpose="editing", value=said, source=by or Source(by="person"))] if said else []
    return Annotation(id=fields.pop("id", an_id(20)), target=target, body=tuple(body), created=AT, **fields)


def article(number: int, when: str, then: str, **fields: Any) -> Article:
    return Article(
        id=an_id(100 + number),
        revision=an_id(200 + number),
        order=f"a{number}",
        title=fields.pop("title", f"Article {number}"),
        when=when,
        then=then,
        provenance=Provenance(at=AT),
        **fields,
    )


def adding(when: str = "any reply is written", then: str = 'end the reply with the line "Checked."') -> Amendment:
    draft, source = Draft(title="Rule", when=when, then=then), Source(by="model", name="scripted")
    return Amendment(id=an_id(30), action="add", draft=draft, source=source)


def case(number: int, prompt: str, verdict: str, reply: str, without: str) -> Case:
    expects = Expectation.model_validate({"verdict": verdict, "reply": reply, "without": without})
    return Case(
        id=an_id(300 + number), article=an_id(101), prompt=prompt, expects=expects, provenance=Provenance(at=AT)
    )


def task(messages: tuple[Message, ...]) -> str:
    """Which of our texts a call was made with: its kind of answer, or `reply` for a real question."""
    system = messages[0].content if messages[0].role == "system" else ""
    for name, mark in {
        "correction": '{"correction"',
        "objection": '{"right"',
        "article": '{"title"',
        "fires": '{"fires"',
        "prompts": '{"prompts"',
        "twins": '{"twins"',
        "edges": '{"inside"',
        "clash": '{"clash"',
        "norms": '{"situations"',
        "followed": '{"followed"',
    }.items():
        if mark in system:
            return name
    return "reply"


def governed(messages: tuple[Message, ...]) -> bool:
    """Whether a constitution was sent."""
    return messages[0].role == "system" and "THEN" in messages[0].content


def data(messages: tuple[Message, ...], name: str) -> str:
    """What stands between the marker lines of this name."""
    found = re.search(rf"<<< {name} \w+\n(.*?)\n>>> ", messages[-1].content, re.S)
    return found.group(1) if found else ""


def said(**values: Any) -> str:
    """An object as a model writes it."""
    return json.dumps(values)


PARAMETERS = Parameters(temperature=0, seed=1)
APPLIED = Applied(article=an_id(101), revision=an_id(201), sent=True, why="always")
