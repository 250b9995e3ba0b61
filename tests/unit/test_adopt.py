"""A file in the browser: read first, then exactly what was ticked is written and in force, and can be taken back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from jupyter_reconst.acts.accept import accept
from jupyter_reconst.acts.adopt import adopt, bring
from jupyter_reconst.acts.ask import ask
from jupyter_reconst.acts.diff import diff
from jupyter_reconst.acts.export import exports, written
from jupyter_reconst.acts.restore import restore
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.acts.undo import undo
from jupyter_reconst.core.constitution import EMPTY, Article, Preamble, Provenance
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotAccepted, NotFound, Stale, VotesNeeded
from jupyter_reconst.core.notebook import HEAD, Reading, keys, read, rule_key
from jupyter_reconst.core.ports import Accepted
from jupyter_reconst.core.proposals import Rule, Terms
from jupyter_reconst.core.requests import (
    Accept,
    Adopt,
    Ask,
    Bring,
    Brought,
    Change,
    Diff,
    Export,
    InForce,
    Notebook,
    Restore,
    Sync,
    TextFile,
    Undo,
)
from jupyter_reconst.core.requests.sharing import Format
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.received import received
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import AT, NOTEBOOK, PATH, article, case

ONE = article(1, "a result is stated", "say what you doubt", title="Doubts")
TWO = article(2, "a source is named", "cite the page", title="Pages", always=False)
OFF = article(3, "never", "not sent", title="Off", enabled=False)
TEXT = Preamble(revision=an_id(900), text="We are brief.", provenance=Provenance(at=AT))
LAW = Reading(revisions=(ONE, TWO), preambles=(TEXT,), cases=(case(1, "Is it true?", "intended", "I think.", "Yes!"),))


def revised(held: Article, number: int, **fields: object) -> Article:
    return held.model_copy(update={"revision": an_id(number), "parents": (held.revision,), **fields})


def published(reading: Reading, name: str = "Careful") -> TextFile:
    return TextFile(name="careful.md", text=dump(Front(name=name), reading))


def said(found: Brought) -> list[str]:
    return [note.says for note in found.notes]


class Page:
    """An open notebook as its page tells it."""

    def __init__(self, fakes: Fakes, *articles: Article) -> None:
        self.fakes = fakes
        self.ports = fakes.ports
        self.metadata: dict[str, Any] = {HEAD: {"version": 1, "id": NOTEBOOK, "origin": None}}
        self.metadata |= keys(Reading(revisions=articles))
        self.made = 0

    async def told(self) -> InForce:
        return await sync(self.ports, ANA, Sync(path=PATH, metadata=self.metadata))

    async def accepted(self) -> InForce:
        law = read(self.metadata).constitution
        await self.fakes.trust.accept("ana", Accepted(digest=law.digest, constitution=law, at=AT, how="read"))
        return await self.told()

    async def write(self, change: Change) -> InForce:
        self.metadata = {k: v for k, v in (self.metadata | change.writes).items() if k not in change.removes}
        return await self.told()

    async def brought(self, file: TextFile) -> Brought:
        return await bring(self.ports, ANA, Bring(path=PATH, file=file))

    async def adopted(self, file: TextFile, *articles: str, preamble: bool = False, digest: str = "") -> Change:
        self.made += 1
        found = digest or (await self.brought(file)).review.digest
        request = Adopt(
            id=an_id(800 + self.made), path=PATH, file=file, digest=found, articles=articles, preamble=preamble
        )
        return await adopt(self.ports, ANA, request)

    async def undone(self, change: Change) -> Change:
        self.made += 1
        return await undo(self.ports, ANA, Undo(id=an_id(800 + self.made), path=PATH, change=change.id))

    async def restored(self, revision: str, digest: str = "") -> Change:
        self.made += 1
        found = digest or (await diff(self.ports, ANA, Diff(path=PATH, revision=revision))).digest
        assert found is not None
        return await restore(
            self.ports, ANA, Restore(id=an_id(800 + self.made), path=PATH, revision=revision, digest=found)
        )


async def page(*articles: Article) -> Page:
    found = Page(reconst("Yes."), *articles)
    await found.accepted()
    return found


async def test_untrusted_constitution_never_in_request() -> None:
    """Of a file that was read and partly adopted, only what was ticked is ever sent."""
    open_ = await page()
    await open_.brought(published(LAW))
    await open_.told()
    change = await open_.adopted(published(LAW), ONE.id)
    shown = await open_.write(change)
    async for _ in ask(open_.ports, ANA, Ask(path=PATH, prompt="?"), asyncio.Event()):
        pass
    sent = open_.fakes.model.sent
    assert "say what you doubt" in sent and "cite the page" not in sent and "We are brief" not in sent
    assert shown.review is None and shown.pending == () and shown.digest == change.digest


async def test_everything_that_is_ticked_is_the_file() -> None:
    open_ = await page()
    found = await open_.brought(published(LAW))
    assert found.review.same == () and said(found) == ["1 kept case would come along, of the articles that you tick."]
    shown = await open_.write(await open_.adopted(published(LAW), ONE.id, TWO.id, preamble=True))
    assert shown.constitution == LAW.constitution and shown.review is None and len(shown.cases) == 1
    assert read(open_.metadata).imports[0].pack == "Careful"
    again = await open_.brought(published(LAW))
    assert set(again.review.same) == {ONE.id, TWO.id} and again.notes == ()


async def test_an_adoption_that_never_arrived_waits() -> None:
    open_ = await page()
    change = await open_.adopted(published(LAW), ONE.id)
    assert [waiting.id for waiting in (await open_.told()).pending] == [change.id]
    assert (await open_.write(change)).pending == ()


async def test_it_can_be_taken_back_and_then_nothing_of_it_is_left() -> None:
    for first in ((), (article(7, "always", "be brief"),)):
        open_ = await page(*first)
        before = dict(open_.metadata)
        digest = (await open_.told()).digest
        change = await open_.adopted(published(LAW), ONE.id, TWO.id, preamble=True)
        await open_.write(change)
        shown = await open_.write(await open_.undone(change))
        assert open_.metadata == before and shown.digest == digest and shown.pending == () and shown.review is None
        # It can be adopted again, by another decision.
        assert (await open_.write(await open_.adopted(published(LAW), ONE.id))).digest != digest


async def test_what_has_been_built_on_is_not_taken_back() -> None:
    open_ = await page()
    change = await open_.adopted(published(LAW), ONE.id)
    await open_.write(change)
    newer = revised(ONE, 950, then="say what you doubt first")
    open_.metadata |= keys(Reading(revisions=(newer,)))
    await open_.accepted()
    with pytest.raises(Stale):
        await open_.undone(change)
    with pytest.raises(NotFound):
        await undo(open_.ports, ANA, Undo(id=an_id(899), path=PATH, change=an_id(898)))


async def test_two_versions_are_read_as_the_file_says_and_ticking_chooses_it() -> None:
    mine, theirs = revised(ONE, 950, then="mine"), revised(ONE, 940, then="theirs")
    open_ = await page(ONE, mine)
    file = published(Reading(revisions=(ONE, theirs)))
    found = await open_.brought(file)
    assert [note.about for note in found.notes] == [("Doubts",)] and "You and the file" in said(found)[0]
    assert [a.then for a in found.review.constitution.articles] == ["theirs"]
    shown = await open_.write(await open_.adopted(file, ONE.id))
    assert [a.then for a in shown.constitution.articles] == ["theirs"]
    assert shown.conflicts == () and shown.review is None
    assert {a.then for a in read(open_.metadata).revisions} == {"say what you doubt", "mine", "theirs"}


async def test_what_a_file_takes_out_of_force_is_told_and_left_out() -> None:
    open_ = await page(ONE, TWO)
    file = published(Reading(revisions=(ONE, revised(ONE, 950, repealed=True), TWO, revised(TWO, 951, enabled=False))))
    found = await open_.brought(file)
    assert found.review.constitution.articles == ()
    assert [sorted(note.about) for note in found.notes] == [["Doubts", "Pages"]] and "Repealed or switched off" in said(
        found
    )[0]


async def test_only_what_was_read_is_adopted() -> None:
    open_ = await page(ONE)
    file = published(LAW)
    with pytest.raises(Stale):
        await open_.adopted(file, TWO.id, digest=EMPTY.digest)
    with pytest.raises(BadInput):
        await open_.adopted(file, an_id(77))
    read_before = (await open_.brought(file)).review.digest
    open_.metadata |= keys(Reading(revisions=(revised(ONE, 950, then="another"),)))
    await open_.accepted()
    with pytest.raises(Stale):
        await open_.adopted(file, ONE.id, digest=read_before)


async def test_hidden_characters_are_spelled_out_and_keep_their_article_out() -> None:
    veiled = article(4, "any", "be helpful\U000e0041\u200b", title="Veiled")
    open_ = await page()
    file = published(Reading(revisions=(ONE, veiled)))
    found = await open_.brought(file)
    assert found.review.invisible[0].text == "be helpful⟦U+E0041⟧⟦U+200B⟧"
    with pytest.raises(InvisibleText):
        await open_.adopted(file, ONE.id, veiled.id)
    await open_.write(await open_.adopted(file, ONE.id))


async def test_what_was_pending_review_stays_so_beside_an_adoption() -> None:
    """Ticking articles of a file accepts nothing of what the notebook itself carries."""
    open_ = Page(reconst("Yes."), article(8, "errors are found", "hide them"))
    await open_.told()
    shown = await open_.write(await open_.adopted(published(LAW), ONE.id))
    assert [a.id for a in shown.constitution.articles] == [ONE.id] and shown.review is not None


@pytest.mark.parametrize("form", ["markdown", "agents", "claude", "copilot", "cursor", "model-spec", "prompt"])
async def test_every_export_is_read_back(form: Format) -> None:
    source = await page(ONE, TWO)
    ways = {way.format: way for way in (await exports(source.ports, ANA, Notebook(path=PATH))).formats}
    made = await written(source.ports, ANA, Export(path=PATH, format=form))
    assert made.file == ways[form].file and ("names:" in ways[form].says) == (form == "markdown")
    open_ = await page()
    found = await open_.brought(TextFile(name=made.file, text=made.text))
    said = " ".join(a.then for a in found.review.constitution.articles)
    assert "say what you doubt" in said and "cite the page" in said


async def test_a_notebook_is_read_by_its_metadata_alone() -> None:
    text = json.dumps({"metadata": keys(LAW) | {"kernelspec": {}, "reconst:article:x": 3}})
    found = received("other.ipynb", text)
    assert keys(found.published.reading) == keys(LAW) and found.unused == ("reconst:article:x cannot be read",)
    for wrong in ("[]", '{"metadata": 3}', "{}"):
        with pytest.raises(BadInput):
            received("other.ipynb", wrong)
    with pytest.raises(BadInput, match="newer"):
        received("other.ipynb", json.dumps({"metadata": {HEAD: {"version": 9, "id": NOTEBOOK}} | keys(LAW)}))


async def test_an_earlier_version_is_shown_and_restored() -> None:
    newer = revised(ONE, 950, then="say nothing")
    gone = revised(TWO, 951, repealed=True)
    late = article(9, "always", "be late").model_copy(update={"revision": an_id(952)})
    open_ = await page(ONE, TWO, newer, gone, late)
    found = await diff(open_.ports, ANA, Diff(path=PATH, revision=TWO.revision))
    assert found.comparison is not None and found.other is not None
    assert {d.title: d.how for d in found.comparison.articles} == {
        "Doubts": ("revised",),
        "Pages": ("repealed",),
        "Article 9": ("added",),
    }
    assert [version.title for version in found.versions][:1] == ["Article 9"]
    before = dict(open_.metadata)
    change = await open_.restored(TWO.revision)
    shown = await open_.write(change)
    assert [a.draft for a in shown.constitution.articles] == [ONE.draft, TWO.draft]
    assert shown.digest == found.digest and shown.review is None and before.items() <= open_.metadata.items()
    assert not any(version.altered for version in (await diff(open_.ports, ANA, Diff(path=PATH))).versions)
    await open_.write(await open_.undone(change))
    assert open_.metadata == before


async def test_restoring_brings_a_preamble_back() -> None:
    open_ = await page(ONE)
    open_.metadata |= keys(Reading(preambles=(TEXT,)))
    newer = TEXT.model_copy(update={"revision": an_id(960), "parents": (TEXT.revision,), "text": "We are long."})
    open_.metadata |= keys(Reading(preambles=(newer,)))
    await open_.accepted()
    shown = await open_.write(await open_.restored(TEXT.revision))
    assert shown.constitution.preamble == "We are brief." and shown.review is None


async def test_only_a_version_that_was_read_is_restored_and_only_from_what_is_in_force() -> None:
    open_ = await page(ONE, revised(ONE, 950, then="say nothing"))
    with pytest.raises(Stale):
        await open_.restored(ONE.revision, EMPTY.digest)
    open_.metadata |= keys(Reading(revisions=(article(8, "errors are found", "hide them"),)))
    await open_.told()
    with pytest.raises(NotAccepted):
        await open_.restored(ONE.revision)


async def test_tampering_is_shown() -> None:
    from jupyter_reconst.core.chain import seals

    sealed = revised(ONE, 950, then="later", seals=seals((ONE,)))
    open_ = await page(ONE.model_copy(update={"then": "it never said this"}), sealed)
    found = await diff(open_.ports, ANA, Diff(path=PATH))
    assert {version.revision: version.altered for version in found.versions} == {
        ONE.revision: True,
        sealed.revision: False,
    }


async def test_a_file_is_compared_with_its_cases() -> None:
    open_ = await page(ONE)
    found = await diff(open_.ports, ANA, Diff(path=PATH, file=published(LAW)))
    assert found.comparison is not None
    assert [(d.title, d.how) for d in found.comparison.articles] == [("Pages", ("added",))]
    assert [c.how for c in found.comparison.cases] == ["added"] and found.comparison.preamble is not None


async def test_the_same_request_twice_is_one_change() -> None:
    open_ = await page()
    digest = (await open_.brought(published(LAW))).review.digest
    request = Adopt(id=an_id(801), path=PATH, file=published(LAW), digest=digest, articles=(ONE.id,))
    first, second = await adopt(open_.ports, ANA, request), await adopt(open_.ports, ANA, request)
    assert first == second


async def test_beside_the_rules_of_a_project_only_the_notebooks_own_change() -> None:
    """Adopting, restoring and taking back leave what farther scopes say as it is, and in force."""
    open_ = await page(article(7, "always", "be brief"))
    far = article(5, "a proof is asked for", "prove it", title="Proofs")
    open_.fakes.scopes.texts["project"] = dump(Front(name="Lab"), Reading(revisions=(far,)))
    shown = await open_.told()
    assert shown.review is not None
    ids = tuple(a.id for a in shown.review.constitution.articles)
    await accept(open_.ports, ANA, Accept(path=PATH, digest=shown.review.digest, articles=ids))
    first = dict(open_.metadata)
    change = await open_.adopted(published(LAW), ONE.id)
    shown = await open_.write(change)
    assert [a.title for a in shown.constitution.articles] == ["Proofs", "Doubts", "Article 7"]
    assert shown.digest == change.digest and shown.review is None
    shown = await open_.write(await open_.undone(change))
    assert [a.title for a in shown.constitution.articles] == ["Proofs", "Article 7"] and shown.review is None
    assert open_.metadata == first


async def test_where_others_must_agree_nothing_is_adopted_or_restored_past_them() -> None:
    open_ = await page(ONE, revised(ONE, 950, then="say nothing"))
    terms = Terms(kind="some", needs=2, people=("Ana Ruiz", "Ben Okafor"))
    rule = Rule(revision=an_id(4_000), terms=terms, provenance=Provenance(at=AT))
    open_.metadata[rule_key(rule)] = rule.model_dump(mode="json")
    await open_.told()
    with pytest.raises(VotesNeeded):
        await open_.adopted(published(LAW), TWO.id)
    with pytest.raises(VotesNeeded):
        await open_.restored(ONE.revision)
    # It can be read and compared all the same.
    assert (await open_.brought(published(LAW))).review.constitution.articles
