"""Reports for engineers: what is left out leaves no byte, names are nowhere, and nothing in them is more than text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from jupyter_reconst.core.annotations import Annotation, Creator, Target, TextPositionSelector, TextQuoteSelector
from jupyter_reconst.core.annotations import TextualBody as Body
from jupyter_reconst.core.constitution import Article, Provenance, Words
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.markdown import ACTIVE
from jupyter_reconst.core.reports.drawing import GONE, Material, ReportPart, drawn
from jupyter_reconst.core.reports.names import Names
from jupyter_reconst.core.reports.report import Report
from jupyter_reconst.core.reports.written import as_json, as_markdown
from jupyter_reconst.core.turns import Applied, Attachment, Given, Message, Parameters, Reply
from tests.fakes import an_id
from tests.scenes import AT, NOTEBOOK, adding, turn

SCHEMA = json.loads((Path(__file__).parents[2] / "jupyter_reconst/schema/report-v1.json").read_text("utf-8"))


def canary(part: str, name: str = "") -> str:
    """Words that stand in one part, and that nobody else would write."""
    return f"kanarienvogel {part.replace(':', '-')} {name}".strip()


def material() -> Material:
    """Everything that a report can hold, a canary in each text, and each text repeated where it may be in truth."""
    quote, cell = canary("highlight", "quote"), canary("cell:0", "source")
    rule = Article(
        id=an_id(101),
        revision=an_id(201),
        title=canary("rule", "title"),
        when=canary("rule", "when") + "\n  and " + canary("rule", "more"),
        then=canary("rule", "then"),
        why=canary("rule", "why"),
        source=canary("rule", "source"),
        provenance=Provenance(
            author="Ana Ruiz",
            at=AT,
            words=(Words(annotation=an_id(20), quote=quote, correction=canary("highlight", "correction")),),
            evidence="12 probes",
            note=canary("rule", "note"),
        ),
    )
    law = f"Follow these.\n1. {rule.title}.\n   WHEN {canary('rule', 'when')}\n        and {canary('rule', 'more')}\n"
    law += f"   THEN {rule.then}.\n   SOURCE {rule.source}\n{canary('law')}"
    one = turn(
        prompt=canary("prompt"),
        reply=f"{canary('reply')} {quote} {canary('reply', 'end')}",
        model=canary("asked"),
        messages=(
            Message(role="system", content=law),
            Message(role="user", content=f"{canary('message:1')}\n<<< source\n{cell}\n>>>"),
            Message(role="assistant", content=canary("message:2")),
            Message(role="user", content="never told whole"),
        ),
        parameters=Parameters(temperature=0.5, json_schema={"properties": {"Ana Ruiz": {"type": "string"}}}),
        attachments=(
            Attachment(label="Cell 3", source=cell, output=canary("cell:0", "output")),
            Attachment(label="Cell 4", source=canary("cell:1", "source")),
        ),
        given=(Given(kind="passage", id="p1", label="Smith 2020, p. 4", text=canary("given:0")),),
        applied=(Applied(article=rule.id, revision=rule.revision, title=rule.title, sent=True, why="always"),),
    )
    about = Annotation(
        id=an_id(20),
        motivation="editing",
        target=Target(
            cell="c1",
            output=0,
            turn=one.id,
            selector=(
                TextQuoteSelector(exact=quote, prefix=canary("reply"), suffix=canary("reply", "end")),
                TextPositionSelector(start=3, end=9),
            ),
        ),
        body=(
            Body(purpose="editing", value=canary("highlight", "correction")),
            Body(purpose="describing", value=canary("highlight", "why")),
        ),
        created=AT,
        creator=Creator(name="Ana Ruiz"),
    )
    preview = Preview(
        id=an_id(70),
        notebook=NOTEBOOK,
        amendment=adding("w", "t"),
        before=one.digest,
        after=one.digest,
        model=canary("asked"),
        status="done",
        planned=2,
        created=AT,
    )
    return Material(one, (about,), (rule,), preview, tuple(row(number) for number in range(2)))


def row(number: int) -> Impact:
    def said(name: str) -> str:
        return canary(f"row:{number}", name)

    probe = Probe(id=an_id(300 + number), bin="own", prompt=said("prompt"))
    before, after = (Reply(text=said(name)) for name in ("before", "after"))
    return Impact(probe=probe, before=before, after=after, verdict="intended", note=said("note"), mark="intended")


def report(without: Any = (), people: Any = (), words: Any = (), **fields: Any) -> tuple[Report, list[ReportPart]]:
    found, parts = drawn(
        fields.pop("material", None) or material(),
        without,
        expected=fields.pop("expected", "I had expected a source."),
        program="jupyter_reconst 0",
        names=Names(people, words),
    )
    return found, list(parts)


PARTS = [part.id for part in report()[1]]


def owner(part: str) -> str:
    """How the canaries of a part begin."""
    named = {f"highlight:{an_id(20)}": "highlight", f"rule:{an_id(101)}": "rule"}
    named |= {f"row:{an_id(300 + number)}": f"row:{number}" for number in range(2)}
    return canary(named.get(part, part))


def test_every_part_can_be_left_out() -> None:
    kinds = "asked law message message cell cell given prompt reply highlight rule effect row row".split()
    assert [part.kind for part in report()[1]] == kinds
    for text in (as_json(report()[0]), as_markdown(report()[0])):
        assert all(owner(part) in text for part in PARTS if part != "effect")
        assert "never told whole" not in text


@given(some.sets(some.sampled_from(PARTS)))
def test_what_is_left_out_leaves_no_byte(without: set[str]) -> None:
    found, parts = report(without)
    assert {part.id for part in parts if not part.kept} == without and found.left_out == len(without)
    for text in (as_json(found), as_markdown(found)):
        for part in PARTS:
            # What only its effect would have shown goes with it.
            shown = part not in without and not (part.startswith("row:") and "effect" in without)
            if part != "effect":
                assert (owner(part) in text) == shown, part


@given(some.sets(some.sampled_from(PARTS)), some.lists(some.text(max_size=40), max_size=3))
def test_json_comes_back_without_loss_and_fits_its_schema(without: set[str], words: list[str]) -> None:
    found, _ = report(without, people=("Ana Ruiz",), words=words, expected="".join(words))
    text = as_json(found)
    assert Report.model_validate_json(text) == found
    Draft202012Validator(SCHEMA).validate(json.loads(text))


def test_names_are_nowhere_not_even_in_keys() -> None:
    said = "Dear Ana, ana  RUIZ and Ruiz wrote /home/ana/x, C:\\Users\\Ben\\y, ana@lab.org; José, Jose\u0301; Anatomy."
    found, _ = report(people=("Ana Ruiz", "ana", "José", "local", ""), words=("lab secret",), expected=said)
    for text in (as_json(found), as_markdown(found)):
        for name in ("Ana ", "Ana Ruiz", "Ruiz", "RUIZ", "/ana/", "Ben", "lab.org", "José", "Jose\u0301"):
            assert name not in text, name
        assert "Anatomy" in text
    assert found.expected == (
        "Dear Person 1, Person 1 and Person 1 wrote /home/Person 1/x, C:\\Users\\Person 2\\y, Person 1; "
        "Person 3, Person 3; Anatomy."
    )
    assert found.asked and list(found.asked.parameters["json_schema"]["properties"]) == ["Person 1"]


def test_one_name_is_one_person_and_the_list_says_what_was_replaced() -> None:
    names = Names(("Ana Ruiz", "Ben Okafor"), ("off-switch",))
    assert names.without("Ben Okafor asked Ana; Ruiz told Ben of the Off-Switch.") == (
        "Person 1 asked Person 2; Person 2 told Person 1 of the Word 1."
    )
    told = [(one.words, one.by, one.count) for one in names.replaced]
    assert ("Ruiz", "Person 2", 1) in told and ("Off-Switch", "Word 1", 1) in told


@pytest.mark.parametrize("key", ["sk-canary0123456789abcdef", "hf_canary0123456789", "ghp_canary0123456789abc"])
def test_what_looks_like_a_key_is_never_in_it(key: str) -> None:
    found, _ = report(expected=f"I used {key}, and Authorization: Bearer {key}.")
    assert key not in as_json(found) and key not in as_markdown(found) and "[key]" in found.expected


HOSTILE = [
    "![x](https://evil.org/a.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "```\n<script>alert(1)</script>\n```\n<b>out</b>",
    "~~~\n![x](//evil.org)\n",
    "# Heading\n| a | b |\n|---|---|",
    "\\[\\href{https://evil.org}{x}\\]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_nothing_but_text(text: str) -> None:
    known = material()
    assert known.turn is not None
    hostile = known.turn.model_copy(update={"prompt": text, "reply": text, "style": text, "model": text})
    hostile = hostile.model_copy(update={"attachments": (Attachment(label=text[:200], source=text),)})
    found, _ = report(material=Material(hostile), expected=text)
    written = as_markdown(found)
    outside, fence = [], ""
    for line in written.split("\n"):
        if fence:
            fence = "" if line.strip() == fence else fence
        elif line.startswith("```"):
            fence = "`" * (len(line) - len(line.lstrip("`")))
        else:
            outside.append(line)
    assert fence == "" and not ACTIVE.search("\n".join(outside))


def test_hidden_characters_are_spelled_out() -> None:
    found, _ = report(expected="a\u200bb\U000e0041")
    assert found.expected == "a⟦U+200B⟧b⟦U+E0041⟧"


def test_a_short_text_that_is_left_out_takes_no_letters_out_of_words() -> None:
    known = material()
    assert known.turn is not None
    short = known.turn.model_copy(update={"prompt": "not", "reply": "nothing is not known", "messages": ()})
    found, _ = report({"prompt"}, material=Material(short))
    assert (found.prompt, found.reply) == ("", f"nothing is {GONE} known")
