"""Ratifying: a revision with its provenance, cases from marked rows, once per id; undo is a further revision."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import pytest

from jupyter_reconst.acts.mark import mark
from jupyter_reconst.acts.previews import row_event, state_event
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.constitution import EMPTY, Article, Case, Constitution, Draft
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotebookUnknown, NotFound, Stale
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.notebook import article_key, read
from jupyter_reconst.core.ports import Document
from jupyter_reconst.core.requests import Change, InForce, MarkRow, Ratify, StartPreview, Sync
from jupyter_reconst.core.turns import Reply
from tests.fakes import ANA, BEN, Fakes, an_id, reconst
from tests.scenes import AT, CORRECTION, NOTEBOOK, PATH, QUOTE, annotation

DRAFT = Draft(title="Claims need a source", when="a reply states a result", then="cite a paper; if unsure, say so")


class Notebook:
    """A notebook whose metadata is written as the frontend writes it."""

    def __init__(self) -> None:
        self.fakes = reconst()
        self.metadata: dict[str, Any] = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None}}
        self.asked = 0

    async def sync(self) -> InForce:
        return await sync(self.fakes.ports, ANA, Sync(path=PATH, metadata=self.metadata))

    async def ratify(self, amendment: Amendment, **fields: Any) -> Change:
        self.asked += 1
        await self.sync()
        given = {"id": an_id(500 + self.asked), "path": PATH, **fields}
        change = await ratify(self.fakes.ports, ANA, Ratify(amendment=amendment, **given))
        self.metadata |= change.writes
        shown = await self.sync()
        assert shown.digest == change.digest
        return change

    @property
    def law(self) -> Constitution:
        return read(self.metadata).constitution


def adding(draft: Draft = DRAFT, **fields: Any) -> Amendment:
    return Amendment(id=an_id(300), action="add", draft=draft, **fields)


def revising(article: Article, draft: Draft, **fields: Any) -> Amendment:
    return Amendment(id=an_id(301), action="revise", article=article.id, base=article.revision, draft=draft, **fields)


def repealing(article: Article) -> Amendment:
    return Amendment(id=an_id(302), action="repeal", article=article.id, base=article.revision)


def enacted(change: Change) -> Article:
    assert change.article is not None
    return change.article


async def test_an_article_enters_with_its_provenance() -> None:
    notebook = Notebook()
    change = await notebook.ratify(adding(), annotations=(annotation(said=CORRECTION),), note="agreed at the meeting")
    article = enacted(change)
    assert article.draft == DRAFT and article.parents == ()
    (words,) = article.provenance.words
    assert (words.quote, words.correction, words.cell) == (QUOTE, CORRECTION, "cell-1")
    assert (article.provenance.author, article.provenance.note) == ("Ana Ruiz", "agreed at the meeting")
    assert list(change.writes) == [article_key(article)]
    assert notebook.law.articles == (article,)
    (line,) = await notebook.fakes.journal.events("ana", kind="ratification")
    assert line.subject == article.id and line.body["annotations"] == [an_id(20)]
    (kept,) = notebook.fakes.trust.texts.values()
    assert (kept.digest, kept.how) == (change.digest, "ratified")


async def test_a_retry_gives_the_same_change() -> None:
    notebook = Notebook()
    await notebook.sync()
    request = Ratify(id=an_id(500), path=PATH, amendment=adding())
    ports = notebook.fakes.ports
    first, second = await asyncio.gather(ratify(ports, ANA, request), ratify(ports, ANA, request))
    third = await ratify(ports, ANA, request)
    assert first == second == third
    assert len(await notebook.fakes.journal.events("ana", kind="ratification")) == 1


async def test_one_amendment_is_ratified_once_whoever_asks() -> None:
    """Two tabs show one preview; the second one may press before or after the notebook holds the article."""
    notebook = Notebook()
    await notebook.sync()
    ports = notebook.fakes.ports
    first = await ratify(ports, ANA, Ratify(id=an_id(501), path=PATH, amendment=adding()))
    assert await ratify(ports, ANA, Ratify(id=an_id(502), path=PATH, amendment=adding())) == first
    notebook.metadata |= first.writes
    await notebook.sync()
    assert await ratify(ports, ANA, Ratify(id=an_id(503), path=PATH, amendment=adding())) == first
    assert len(await notebook.fakes.journal.events("ana", kind="ratification")) == 1


async def test_what_was_taken_back_can_be_ratified_again_and_what_was_revised_cannot() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    gone = repealing(first)
    assert (await notebook.ratify(gone)) == (await notebook.ratify(gone))
    second = enacted(await notebook.ratify(adding()))
    assert second.id != first.id and notebook.law.articles == (second,)
    await notebook.ratify(revising(second, DRAFT.model_copy(update={"then": "cite two papers"})))
    with pytest.raises(Stale, match="has been changed since"):
        await notebook.ratify(adding())


async def test_a_repeal_on_its_way_is_a_change_too() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    ports = notebook.fakes.ports
    await ratify(ports, ANA, Ratify(id=an_id(600), path=PATH, amendment=repealing(first)))
    other = repealing(first).model_copy(update={"id": an_id(303)})
    with pytest.raises(Stale):
        await ratify(ports, ANA, Ratify(id=an_id(601), path=PATH, amendment=other))


async def test_an_article_keeps_the_words_it_came_from_and_the_evidence_for_its_wording() -> None:
    notebook = Notebook()
    source = annotation(said=CORRECTION)
    preview = await previewed(notebook.fakes, row(1, "intended"))
    first = enacted(await notebook.ratify(adding(), annotations=(source,), preview=preview, note="as we agreed"))
    assert first.provenance.evidence and len(first.provenance.words) == 1
    off = enacted(await notebook.ratify(revising(first, first.draft.model_copy(update={"enabled": False}))))
    moved = enacted(await notebook.ratify(revising(off, off.draft, order="1")))
    gone = enacted(await notebook.ratify(repealing(moved)))
    back = enacted(await notebook.ratify(revising(gone, first.draft)))
    for now in (off, moved, gone, back):
        assert now.provenance.words == first.provenance.words
        assert (now.provenance.evidence, now.provenance.note) == (first.provenance.evidence, "as we agreed")
    others = (source, annotation(said="something else", id=an_id(21)))
    edited = enacted(
        await notebook.ratify(revising(back, DRAFT.model_copy(update={"then": "be brief"})), annotations=others)
    )
    assert [words.annotation for words in edited.provenance.words] == [an_id(20), an_id(21)]
    assert (edited.provenance.evidence, edited.provenance.note) == ("", "")


async def test_two_that_come_together_both_count() -> None:
    notebook = Notebook()
    await notebook.sync()
    ports = notebook.fakes.ports
    other = adding(Draft(title="Other", when="w", then="t"))
    first = await ratify(ports, ANA, Ratify(id=an_id(501), path=PATH, amendment=adding()))
    second = await ratify(ports, ANA, Ratify(id=an_id(502), path=PATH, amendment=other))
    notebook.metadata |= first.writes | second.writes
    shown = await notebook.sync()
    assert shown.digest == second.digest == notebook.law.digest and len(notebook.law.articles) == 2


async def test_revise_reorder_and_switch_off() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    second = enacted(await notebook.ratify(adding(Draft(title="Second", when="w", then="t"))))
    assert [a.id for a in notebook.law.articles] == [first.id, second.id]
    moved = enacted(await notebook.ratify(revising(second, second.draft, order="1")))
    assert [a.id for a in notebook.law.articles] == [second.id, first.id] and moved.parents == (second.revision,)
    off = enacted(await notebook.ratify(revising(moved, moved.draft.model_copy(update={"enabled": False}))))
    assert [a.id for a in notebook.law.effective] == [first.id]
    with pytest.raises(Stale, match="Second"):
        await notebook.ratify(revising(moved, moved.draft))
    assert off.order == "1"


async def test_undo_of_an_add_of_a_revision_and_of_a_repeal() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    digest = notebook.law.digest
    taken_back = enacted(await notebook.ratify(repealing(first)))
    assert notebook.law.articles == () and taken_back.repealed
    revived = enacted(await notebook.ratify(revising(taken_back, first.draft, order=first.order)))
    assert notebook.law.digest == digest and not revived.repealed and revived.parents == (taken_back.revision,)
    changed = enacted(await notebook.ratify(revising(revived, DRAFT.model_copy(update={"then": "cite two papers"}))))
    assert notebook.law.digest != digest
    await notebook.ratify(revising(changed, first.draft))
    assert notebook.law.digest == digest
    assert len([key for key in notebook.metadata if key.startswith("reconst:article:")]) == 5


async def test_a_repealed_article_can_be_added_again() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    gone = enacted(await notebook.ratify(repealing(first)))
    back = enacted(await notebook.ratify(adding(article=first.id)))
    assert back.id == first.id and back.parents == (gone.revision,) and notebook.law.articles == (back,)


async def test_a_revision_settles_a_conflict() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    bens = first.model_copy(update={"revision": an_id(9), "parents": (first.revision,), "then": "Ben's"})
    mine = enacted(await notebook.ratify(revising(first, DRAFT.model_copy(update={"then": "mine"}))))
    notebook.metadata[article_key(bens)] = bens.model_dump(mode="json")
    assert [len(c.heads) for c in (await notebook.sync()).conflicts] == [2]
    settled = enacted(await notebook.ratify(revising(bens, bens.draft)))
    assert set(settled.parents) == {mine.revision, bens.revision}
    shown = await notebook.sync()
    assert shown.conflicts == () and shown.constitution.articles == (settled,)


async def test_nothing_but_a_choice_settles_a_conflict() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    gone = first.model_copy(update={"revision": an_id(9), "parents": (first.revision,), "repealed": True})
    bens = gone.model_copy(update={"revision": an_id(8), "repealed": False, "then": "Ben's", "order": "B"})
    mine = enacted(await notebook.ratify(revising(first, DRAFT.model_copy(update={"then": "mine"}))))
    notebook.metadata |= {article_key(a): a.model_dump(mode="json") for a in (bens, gone)}
    disputed = dict(notebook.metadata)
    for amendment in (
        revising(mine, mine.draft.model_copy(update={"enabled": False})),
        revising(mine, mine.draft, order="1"),
        revising(mine, DRAFT.model_copy(update={"then": "both"})),
    ):
        with pytest.raises(Stale, match="has 3 versions: choose one first"):
            await notebook.ratify(amendment)
    # The page names what is in force, whichever version was chosen.
    for amendment, chosen in ((revising(mine, mine.draft), mine), (revising(mine, bens.draft), bens)):
        notebook.metadata = dict(disputed)
        settled = enacted(await notebook.ratify(amendment))
        assert set(settled.parents) == {mine.revision, bens.revision, gone.revision}
        assert (settled.then, settled.order) == (chosen.then, chosen.order)
        assert (await notebook.sync()).conflicts == ()
    notebook.metadata = dict(disputed)
    assert enacted(await notebook.ratify(repealing(mine))).repealed and (await notebook.sync()).conflicts == ()


async def test_a_conflict_without_a_repeal_is_not_settled_by_one() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    bens = first.model_copy(update={"revision": an_id(9), "parents": (first.revision,), "then": "Ben's"})
    mine = enacted(await notebook.ratify(revising(first, DRAFT.model_copy(update={"then": "mine"}))))
    notebook.metadata[article_key(bens)] = bens.model_dump(mode="json")
    with pytest.raises(Stale, match="choose one first"):
        await notebook.ratify(repealing(mine))


async def test_a_revision_beside_one_that_was_not_accepted_is_a_conflict_not_a_loss() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    bens = first.model_copy(update={"revision": an_id(9), "parents": (first.revision,), "then": "Ben's"})
    notebook.metadata[article_key(bens)] = bens.model_dump(mode="json")
    shown = await notebook.sync()
    assert shown.review is not None and shown.constitution.articles == (first,)
    mine = enacted(await notebook.ratify(revising(first, DRAFT.model_copy(update={"then": "mine"}))))
    assert mine.parents == (first.revision,)
    shown = await notebook.sync()
    assert {head.then for head in shown.conflicts[0].heads} == {"mine", "Ben's"}


@pytest.mark.parametrize("then", ["be helpful\u200b", "be \U000e0041 helpful"])
async def test_hidden_characters_cannot_be_ratified(then: str) -> None:
    notebook = Notebook()
    with pytest.raises(InvisibleText, match="then"):
        await notebook.ratify(adding(DRAFT.model_copy(update={"then": then})))


async def test_what_cannot_be_ratified() -> None:
    notebook = Notebook()
    first = enacted(await notebook.ratify(adding()))
    with pytest.raises(NotFound):
        await notebook.ratify(Amendment(id=an_id(3), action="repeal", article=an_id(77), base=an_id(78)))
    with pytest.raises(NotebookUnknown):
        await notebook.ratify(repealing(first), path="other.ipynb")
    with pytest.raises(NotFound):
        await notebook.ratify(repealing(first), preview=an_id(55))


# --- with a preview ----------------------------------------------------------------------------------------------


def row(number: int, verdict: Any, bin: Any = "in", **fields: Any) -> Impact:
    probe = Probe(id=an_id(600 + number), bin=bin, prompt=fields.pop("prompt", f"Prompt {number}"))
    return Impact(
        probe=fields.pop("probe", probe),
        before=Reply(text=f"before {number}", finish_reason="stop"),
        after=Reply(text=f"after {number}", finish_reason="stop"),
        verdict=verdict,
        distance=fields.pop("distance", number / 20),
        **fields,
    )


async def previewed(
    fakes: Fakes,
    *rows: Impact,
    amendment: Amendment | None = None,
    law: Constitution = EMPTY,
    status: Literal["running", "done"] = "done",
) -> str:
    amendment = amendment or adding()
    preview = Preview(
        id=an_id(700), notebook=NOTEBOOK, amendment=amendment, before=law.digest, model="lab-70b", created=AT,
        after=amended(law, amendment)[0].digest, status=status, planned=len(rows),
    )  # fmt: skip
    request = StartPreview(id=preview.id, path=PATH, amendment=amendment)
    probes = [r.probe for r in rows]
    await fakes.journal.append(state_event(fakes.ports, ANA, preview, request, probes))
    for one in rows:
        await fakes.journal.append(row_event(fakes.ports, ANA, preview, one))
    return preview.id


async def marked(fakes: Fakes, said: Any, *numbers: int) -> None:
    for number in numbers:
        await mark(fakes.ports, ANA, MarkRow(preview=an_id(700), probe=an_id(600 + number), mark=said, note="seen"))


async def test_the_evidence_counts_every_row() -> None:
    notebook = Notebook()
    rows = [row(1, "intended"), row(2, "intended"), row(3, "unchanged"), row(4, "failed")]
    change = await notebook.ratify(adding(), preview=await previewed(notebook.fakes, *rows))
    said = enacted(change).provenance.evidence
    assert said == "4 probes on lab-70b: 2 as intended, 1 unchanged, 1 failed"


async def test_rows_that_must_be_looked_at_first() -> None:
    notebook = Notebook()
    preview = await previewed(notebook.fakes, row(1, "regression"), row(2, "unintended"), row(3, "intended"))
    with pytest.raises(BadInput, match="1 row may undo"):
        await notebook.ratify(adding(), preview=preview, note="never mind")
    await marked(notebook.fakes, "intended", 1)
    with pytest.raises(BadInput, match="1 unintended change is open"):
        await notebook.ratify(adding(), preview=preview)
    change = await notebook.ratify(adding(), preview=preview, note="It is shorter, and that is fine.")
    assert enacted(change).provenance.note == "It is shorter, and that is fine."


async def test_marked_rows_become_a_small_covering_set_of_cases() -> None:
    notebook = Notebook()
    case = Probe(id=an_id(612), bin="case", prompt="Prompt 12", case=an_id(800))
    rows = [row(n, "unmarked", bin=("in", "near", "out")[n % 3]) for n in range(1, 10)]
    rows += [row(10, "unmarked", prompt="Prompt 1"), row(11, "unmarked"), row(12, "unmarked", probe=case)]
    preview = await previewed(notebook.fakes, *rows)
    await marked(notebook.fakes, "intended", 1, 2, 3, 4, 5, 6, 10, 12)
    await marked(notebook.fakes, "unintended", 8)
    await marked(notebook.fakes, "regression", 7)
    change = await notebook.ratify(adding(), preview=preview)
    cases = [Case.model_validate(v) for k, v in change.writes.items() if k.startswith("reconst:case:")]
    assert len(cases) == 6
    assert [c.expects.verdict for c in cases] == ["regression", "unintended", *["intended"] * 4]
    assert {c.bin for c in cases[:3]} == {"in", "near", "out"}
    assert len({c.prompt for c in cases}) == 6 and "Prompt 12" not in {c.prompt for c in cases}
    assert cases[0].expects.reply == "after 7" and cases[0].expects.without == "before 7"
    assert {c.article for c in cases} == {enacted(change).id}
    shown = await notebook.sync()
    assert {c.id for c in shown.cases} == {c.id for c in cases}


async def test_evidence_for_another_wording_is_not_kept() -> None:
    notebook = Notebook()
    preview = await previewed(
        notebook.fakes, row(1, "regression"), amendment=adding(DRAFT.model_copy(update={"then": "x"}))
    )
    change = await notebook.ratify(adding(), preview=preview)
    assert enacted(change).provenance.evidence == "" and len(change.writes) == 1


async def test_evidence_from_under_another_law_is_refused() -> None:
    notebook = Notebook()
    preview = await previewed(notebook.fakes, row(1, "intended"))
    await notebook.ratify(adding(Draft(title="Second", when="w", then="t")))
    with pytest.raises(Stale) as refused:
        await notebook.ratify(adding(), preview=preview)
    assert refused.value.problem().remedy == "Preview it again, then ratify."
    again = await previewed(notebook.fakes, row(1, "intended"), law=notebook.law)
    assert enacted(await notebook.ratify(adding(), preview=again)).provenance.evidence


async def test_a_preview_that_goes_on_is_waited_for() -> None:
    notebook = Notebook()
    preview = await previewed(notebook.fakes, row(1, "intended"), status="running")
    with pytest.raises(BadInput, match="has not ended"):
        await notebook.ratify(adding(), preview=preview)
    assert notebook.law == EMPTY


async def test_a_preview_of_somebody_else_is_not_found() -> None:
    notebook = Notebook()
    await notebook.sync()
    await sync(notebook.fakes.ports, BEN, Sync(path=PATH, metadata=notebook.metadata))
    preview = await previewed(notebook.fakes, row(1, "intended"))
    request = Ratify(id=an_id(500), path=PATH, amendment=adding(), preview=preview)
    with pytest.raises(NotFound):
        await ratify(notebook.fakes.ports, BEN, request)


# --- the pure part -----------------------------------------------------------------------------------------------


def test_a_trial_has_ids_from_its_content() -> None:
    one = amended(Constitution(), adding())
    two = amended(Constitution(), Amendment(id=an_id(999), action="add", draft=DRAFT))
    assert one[0].digest == two[0].digest and one[1].revision == two[1].revision


def test_a_foreign_sort_key_does_not_stop_an_addition() -> None:
    _, first = amended(Constitution(), adding(order="~!?"))
    law, second = amended(Constitution(articles=(first,)), adding(Draft(title="Two", when="w", then="t")))
    assert law.articles == (first, second)


async def test_an_unchanged_row_that_is_pinned_becomes_a_case() -> None:
    notebook = Notebook()
    preview = await previewed(notebook.fakes, row(1, "unchanged"), row(2, "unchanged"))
    await marked(notebook.fakes, "intended", 1)
    change = await notebook.ratify(adding(), preview=preview)
    cases = [Case.model_validate(v) for k, v in change.writes.items() if k.startswith("reconst:case:")]
    assert [(one.prompt, one.expects.verdict) for one in cases] == [("Prompt 1", "intended")]


async def test_an_answer_is_about_what_its_own_page_told() -> None:
    """A second tab that still holds the old file tells it in the same moment: the first one's change has arrived."""
    first, second = Notebook(), Notebook()
    second.fakes = first.fakes
    await first.ratify(adding())
    tell = first.fakes.documents.tell

    async def told_twice(owner: str, document: Document) -> Document:
        kept = await tell(owner, document)
        await tell(owner, document.model_copy(update={"reading": read(second.metadata)}))
        return kept

    first.fakes.documents.tell = told_twice  # type: ignore[method-assign]
    shown = await first.sync()
    assert shown.digest == first.law.digest != EMPTY.digest
    assert not shown.pending
