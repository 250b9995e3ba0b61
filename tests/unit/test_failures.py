"""The library of failures: what its detectors find, and what its corrections and articles say.

The labelled spans were written by hand by the author of the detectors. `seen` and `held` are the 120 of the acceptance
figure; `held` was written before the detectors, but by the same person in the same hour. `last` was written after the
last change of a detector and never used: it is the honest figure.
"""

from __future__ import annotations

import json
import re
import string
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.aim import everywhere, literals
from jupyter_reconst.core.annotations import Part
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.failures import KINDS, Finding, Kind, detect, rank

DATA: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "spans.json").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[2] / "docs" / "users" / "failures.md"
LABELLED = {"seen", "held"}


def top(row: dict[str, str], many: int) -> bool:
    """Whether the right kind is among the first ones."""
    found = rank(row["quote"], row["reading"], row["prompt"])
    return row["kind"] in [finding.kind for finding in found[:many]]


def share(name: str, many: int = 3) -> float:
    """How often the right kind is among the first ones, in one set."""
    rows = [row for row in DATA["spans"] if row["set"] == name]
    return sum(top(row, many) for row in rows) / len(rows)


def finding_of(kind: Kind, quote: str, reading: str = "", prompt: str = "") -> Finding:
    """The finding of one kind, wherever it was ranked."""
    found = rank(quote, reading or quote, prompt)
    return next(f for f in found if f.kind == kind.id)


def test_the_labelled_spans_are_complete() -> None:
    counts = Counter(row["kind"] for row in DATA["spans"] if row["set"] in LABELLED)
    assert sum(counts.values()) == 120
    assert set(counts) == set(KINDS) and min(counts.values()) >= 6
    assert len(KINDS) >= 14 and len(DATA["good"]) >= 40
    for row in DATA["spans"]:
        assert row["quote"] in row["reading"]


def test_the_right_kind_is_among_the_top_three(capsys: pytest.CaptureFixture[str]) -> None:
    names = list(dict.fromkeys(row["set"] for row in DATA["spans"]))
    figures = {name: (share(name), share(name, 1), sum(r["set"] == name for r in DATA["spans"])) for name in names}
    with capsys.disabled():
        print("\nright kind among the top three (first), by set:")
        for name, (three, one, many) in figures.items():
            print(f"  {name:6} {three:5.0%} ({one:.0%}) of {many}")
    both = (figures["seen"][0] + figures["held"][0]) / 2
    assert both >= 0.8 and figures["held"][0] >= 0.8 and figures["last"][0] >= 0.8


def test_good_sentences_raise_few_false_alarms(capsys: pytest.CaptureFixture[str]) -> None:
    alarms = [
        (kind, row["text"]) for row in DATA["good"] for kind in KINDS if detect(kind, row["text"], row["prompt"]) >= 0.5
    ]
    pairs = len(DATA["good"]) * len(KINDS)
    with capsys.disabled():
        print(f"\nfalse alarms at 0.5: {len(alarms)} of {pairs} (sentence, kind) pairs, {len(DATA['good'])} sentences")
    assert len({text for _, text in alarms}) / len(DATA["good"]) <= 0.1, alarms


@pytest.mark.parametrize("row", DATA["parts"], ids=lambda row: f"{row['part']}-{row['kind']}")
def test_what_is_missing_or_wrong_as_a_whole(row: dict[str, Any]) -> None:
    found = rank("", row["reading"], row["prompt"], row["part"])
    assert row["kind"] in [finding.kind for finding in found[:3]]
    assert all(finding.correction.strip() for finding in found)
    if row["part"] == "missing":
        assert all(KINDS[finding.kind].absent for finding in found)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_a_kind_finds_its_own_example_and_its_correction_does_not_repeat_it(kind: Kind) -> None:
    if kind.id != "undefined_term":  # A term is highlighted, not found in a text.
        assert detect(kind.id, kind.example, kind.question) >= 0.5
    found = rank(kind.example, kind.example, kind.question)
    assert found[0].kind == kind.id or kind.id == "undefined_term"


PLACE = re.compile(
    r"\{(?:words|brief|claim|sign|about|asked|limit|broken|given|foreign|rest|of|known|asking|parts)\}|None"
)


def words(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return set(re.findall(r"[^\W_]+", text.lower()))


def every() -> Iterator[tuple[dict[str, str], Finding]]:
    """All findings for all labelled spans."""
    for row in DATA["spans"]:
        for finding in rank(row["quote"], row["reading"], row["prompt"]):
            yield row, finding


def test_corrections_use_the_words_of_the_span() -> None:
    for row, finding in every():
        assert words(finding.correction) & words(row["quote"]), finding.correction
        assert not PLACE.search(finding.correction + finding.why + finding.specific.when + finding.specific.then)


def test_nothing_is_quoted_that_nobody_wrote() -> None:
    def bare(text: str) -> str:
        return re.sub(r"[\W_]+", "", re.sub(r"^\s*(?:#+|[-*]|\d+[.)])\s", "", text, flags=re.M))

    for row, finding in every():
        given = bare(row["quote"]) + "\n" + bare(row["reading"]) + "\n" + bare(row["prompt"])
        texts = (finding.correction, finding.why, finding.specific.when, finding.specific.then)
        for quoted in re.findall(r"“([^”]*)”", " ".join(texts)):
            pieces = [bare(piece) for piece in re.split(r",|\s|…", quoted)]
            assert all(piece in given for piece in pieces), (finding.kind, quoted)


def drafts() -> Iterator[tuple[str, Draft]]:
    """Every general article, and the specific ones for all labelled spans."""
    yield from ((kind.id, kind.general()) for kind in KINDS.values())
    yield from ((finding.kind, finding.specific) for _, finding in every())


def test_articles_can_be_judged_and_followed() -> None:
    for kind, draft in drafts():
        for clause in (draft.when, draft.then):
            assert clause and not clause.rstrip().endswith("."), (kind, clause)
            assert not re.match(r"(?:when|if|then)\b", clause, re.I), (kind, clause)
            assert len(clause) < 600, (kind, clause)
        assert draft.title and draft.why and "\n" not in draft.title
        assert not everywhere(draft.when), (kind, draft.when)
        assert not literals(draft.then), (kind, draft.then)  # Else a trial would look for these words in the reply.


def test_the_specific_article_names_its_subject() -> None:
    for row in DATA["spans"]:
        for finding in rank(row["quote"], row["reading"], row["prompt"])[:3]:
            about = words(row["quote"] + " " + row["prompt"]) - words(KINDS[finding.kind].when_here)
            assert about & words(finding.specific.when), finding.specific.when
            assert finding.specific.when != finding.general.when


def test_the_wording_of_the_brief() -> None:
    quote = "Marchetti and Osei (2018) prove that Δ > 0 for every Boltzmann human"
    first = rank(quote, f"It survives. {quote}.", "Does the result survive?")[0]
    assert first.kind == "invented_reference" and first.name == "Invented reference"
    assert first.correction == (
        "I know of no source for “Δ > 0 for every Boltzmann human”; treat it as a conjecture, or give a reference that"
        " can be checked."
    )


def test_a_correction_goes_on_with_what_the_reply_says_next() -> None:
    reading = "What a wonderful question! I hope this helps! Waiting is worth $pU_a$. So it is never better."
    correction = finding_of(KINDS["flattery"], "What a wonderful question!", reading).correction
    assert correction.endswith("begin with the answer: “Waiting is worth $pU_a$”.")


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        detect("no_such_kind", "text")


TEXT = st.text(max_size=400) | st.text(alphabet=string.printable + "“”$\\∆αβ…", max_size=400)
PARTS = st.sampled_from(["words", "missing", "whole"])


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, PARTS)
def test_ranking_never_raises(quote: str, reading: str, prompt: str, part: Part) -> None:
    for finding in rank(quote, reading + quote, prompt, part):
        assert 0 <= finding.score <= 1 and finding.correction.strip() and finding.why.strip()
        own = {word for word in words(quote) if len(word) < 30}
        if part == "words" and own and len(quote) < 60 and quote.isascii():
            assert words(finding.correction) & words(quote), (finding.kind, finding.correction)


def test_lone_surrogates_are_read() -> None:
    assert rank("a \ud800 broken \udfff text", "a \ud800 broken \udfff text")


def cost(act: Callable[[], object]) -> float:
    """CPU seconds, the lesser of two."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return min(spent)


UNITS = [
    "It is easy to see that a-b-c. ",
    "# x\n",
    "some a-a- ",
    "“$a",
    "(a) I first ",
    "Aa and Bb, ",
    "1,0.5 % ",
    " \n",
]


@pytest.mark.parametrize("unit", UNITS)
def test_reading_is_linear(unit: str) -> None:
    """Four times the text costs at most eight times as much, with some slack for small times."""
    short, long = (unit * 8_000)[:2_000], (unit * 8_000)[:8_000]
    acts: list[Callable[[str], object]] = [
        lambda text: [detect(kind, text, text) for kind in KINDS],
        lambda text: rank(text, text, text),
        lambda text: rank("", text, text, "whole"),
    ]
    for act in acts:
        assert cost(lambda: act(long)) < 0.1 + 8 * cost(lambda: act(short))  # noqa: B023


def test_an_endless_text_costs_no_more_than_a_long_one() -> None:
    long, endless = "It is easy to see. " * 7_000, "It is easy to see. " * 70_000
    assert cost(lambda: rank(endless, endless, endless)) < 0.1 + 3 * cost(lambda: rank(long, long, long))
    assert cost(lambda: detect("skipped_step", endless)) < 0.1 + 3 * cost(lambda: detect("skipped_step", long))


def section(kind: Kind) -> str:
    """What the documentation says of a kind."""
    found = finding_of(kind, *((kind.example, "", kind.question) if kind.id != "undefined_term" else TERM))
    example = "\n".join(f"> {line}".rstrip() for line in kind.example.splitlines())
    asked = f"Question: {kind.question}\n\n" if kind.question else ""
    return (
        f"## {kind.name}\n\n`{kind.id}` · {kind.why}\n\n{asked}{example}\n\n"
        f"- **Correction:** {found.correction}\n- **When** {kind.when},\n  **then** {kind.then}.\n"
    )


TERM = ("Goodhart radius", "A proxy is safe inside its Goodhart radius.", "")


def test_the_documentation_is_in_step() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert section(kind) in page, f"docs/users/failures.md should hold:\n{section(kind)}"
    assert page.count("\n## ") == len(KINDS) + 2
