"""An article says where a fact is from; one that does not reads, weighs and hashes as it did before it could."""

from __future__ import annotations

import pytest

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.chain import seal
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.proposals import Proposed
from jupyter_reconst.core.review import hidden
from jupyter_reconst.core.sharing.exports import FORMATS
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import content_revision, load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.prompts.compose import article_text
from tests.unit.test_answer import article, law

OLD = {"title": "T", "when": "w", "then": "t", "kind": "process", "always": True}
FACT = article(7, kind="knowledge", title="Contraction", then="It is due to Banach", source="Banach 1922, p. 160")


def test_without_a_source_every_digest_is_the_one_of_before() -> None:
    one = article(1, title="T", when="w", then="t")
    assert law(one).digest == digest({"preamble": "", "articles": [OLD], "imports": []})
    assert digest(one.draft.wording) == digest(OLD | {"why": "", "enabled": True})
    kept = one.model_dump(mode="json")
    del kept["source"]  # As an older version wrote it.
    before = Article.model_validate(kept)
    assert (before, seal(before), content_revision(before)) == (one, seal(one), content_revision(one))
    assert "SOURCE" not in article_text(1, one)


def test_a_source_is_sent_and_so_it_is_part_of_what_is_accepted() -> None:
    said, unsaid = law(FACT), law(FACT.model_copy(update={"source": ""}))
    assert said.digest != unsaid.digest and not FACT.reads_as(unsaid.articles[0])
    assert article_text(1, FACT).endswith("   FACT It is due to Banach.\n   SOURCE Banach 1922, p. 160")
    tagged = Constitution(articles=(FACT.model_copy(update={"source": "Banach\U000e0041 1922"}),))
    assert [found.where for found in hidden(tagged)] == ["article 1, source"]


@pytest.mark.parametrize("name", FORMATS)
def test_other_tools_are_told_the_source(name: str) -> None:
    assert "*Source:* Banach 1922, p. 160" in FORMATS[name](Front(name="n"), Reading(revisions=(FACT,)))


def test_a_published_file_shows_it_and_an_edit_of_it_is_a_new_revision() -> None:
    text = dump(Front(name="n"), Reading(revisions=(FACT,)))
    assert "**Source**\n\n> Banach 1922, p. 160\n" in text
    assert load(text).reading.revisions == (FACT,)
    (edited,) = load(text.replace("p. 160", "p. 133")).reading.revisions
    assert edited.source == "Banach 1922, p. 133" and edited.parents == (FACT.revision,)


def test_an_amendment_from_an_older_journal_is_the_same() -> None:
    made = Amendment(id=FACT.id, action="add", draft=Draft(title="T", when="w", then="t"))
    kept = made.model_dump(mode="json")
    del kept["draft"]["source"]
    assert Amendment.model_validate(kept) == made


def test_votes_of_before_are_still_of_the_same_proposal() -> None:
    draft = Draft(title="T", when="w", then="t")
    amendment = Amendment(id=FACT.id, action="add", draft=draft)
    proposed = Proposed(id=FACT.id, amendment=amendment, provenance=FACT.provenance)
    said = {"title": "T", "when": "w", "then": "t", "why": "", "kind": "process", "always": True, "enabled": True}
    before = {"action": "add", "article": None, "base": None, "draft": said, "order": None}
    assert proposed.digest == digest({"amendment": before, "terms": None})
    sourced = amendment.model_copy(update={"draft": draft.model_copy(update={"source": "Banach 1922"})})
    assert proposed.model_copy(update={"amendment": sourced}).digest != proposed.digest
