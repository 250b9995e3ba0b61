"""The packs that we ship hold to what they say, and those of others are found, named and never run."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.errors import BadInput, Malformed, NotFound, ReconstError
from jupyter_reconst.core.failures import KINDS, detect
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.wiki import Pack
from jupyter_reconst.core.visible import noticed, unseen
from jupyter_reconst.packs import shelf as shelves
from jupyter_reconst.packs.shelf import in_folder, shelf, text_of
from jupyter_reconst.packs.wiki import FolderWiki
from tests.fakes import an_id
from tests.scenes import article

OURS = [pack for pack in shelf() if pack.source == "jupyter_reconst"]
DIGESTS = {
    "honest-references": "112daba5e95b897bbe2f8b2d08fbb914d56681dd6549e815b376d2413bd50667",
    "mathematical-philosophy": "0cf112b647f7f37b5c807f4dd94a0d00897bc401320655254f2d6330f759079e",
    "research-collaborator": "58e960ff3b57d2160c49e040a881657c12524038fb4ef2b82c245264c4b975a6",
}
"""What people have pinned. A pack whose words change is another version, in its front matter too."""
FAILING = {
    "No citation without a checked source": "invented_reference",
    "No figure from nowhere": "invented_figure",
    "Mark what comes from memory": "missing_source",
    "Date what can change": "stale_fact",
    "No praise, no flattery": "flattery",
    "Ask before you report": "unasked_report",
    "No recap": "restating",
    "Yield to reasons, not to insistence": "sycophancy",
    "State the assumptions": "overclaiming",
}


def test_three_packs_are_shipped() -> None:
    assert {pack.name: pack.published.reading.constitution.digest for pack in OURS if pack.published} == DIGESTS


@pytest.mark.parametrize("pack", OURS, ids=lambda pack: pack.name)
def test_a_shipped_pack_is_whole_and_written_as_we_write_it(pack: Pack) -> None:
    assert pack.published
    front, reading = pack.published.front, pack.published.reading
    assert dump(front, reading) == text_of(pack.path) and not pack.published.edited
    assert front.name and front.version and front.authors and front.licence and front.date
    law = reading.constitution
    assert 4 <= len(law.articles) <= 7 and len(reading.cases) >= 3 and law.preamble
    for rule in law.articles:
        assert rule.when and rule.then and rule.why
        assert 1 <= sum(case.article == rule.id for case in reading.cases) <= 6
        text = f"{rule.title} {rule.when} {rule.then} {rule.why}"
        assert not unseen(text) and not [hint for hint in noticed(text) if hint.kind == "address"]


@pytest.mark.parametrize("pack", OURS, ids=lambda pack: pack.name)
def test_the_examples_of_a_shipped_pack_show_what_it_asks_for(pack: Pack) -> None:
    """No good reply fails in a way that our own detectors know; the replies without the rule do, where they know it."""
    assert pack.published
    reading = pack.published.reading
    for case in reading.cases:
        rule = reading.constitution.article(case.article)
        assert rule and case.prompt and case.expects.without and case.expects.verdict == "intended"
        alarms = {kind: detect(kind, case.expects.reply, case.prompt) for kind in KINDS}
        assert max(alarms.values()) < 0.5, (rule.title, alarms)
        if rule.title in FAILING:
            assert detect(FAILING[rule.title], case.expects.without, case.prompt) >= 0.5, rule.title


def test_articles_of_different_packs_are_different_articles() -> None:
    ids = [a.id for pack in OURS if pack.published for a in pack.published.reading.constitution.articles]
    assert len(set(ids)) == len(ids) == 17


def named(name: str) -> Pack:
    return asyncio.run(FolderWiki().pack(name))


HAND = "---\nreconst: 1\nname: Theirs\n---\n\n## One\n\n**Then**\n> be brief\n"


def test_an_installed_package_offers_packs_and_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "their_packs"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('run')")
    (folder / "good.md").write_text(HAND)
    (folder / "bad.md").write_text(HAND.replace("> be", "be"))
    (folder / "README.md").write_text("# not a pack")
    (folder / "below").mkdir()
    (folder / "below" / "deep.md").write_text(HAND)
    monkeypatch.syspath_prepend(str(tmp_path))
    entries = [
        EntryPoint("theirs", "their_packs", shelves.GROUP),
        EntryPoint("inner", "their_packs.below", shelves.GROUP),
        EntryPoint("gone", "no_such_package", shelves.GROUP),
        EntryPoint("odd", "a..b", shelves.GROUP),
    ]
    monkeypatch.setattr(shelves, "entry_points", lambda group: entries)
    found = {pack.name: pack for pack in shelf() if not pack.name.startswith("style:")}
    assert set(found) == {*DIGESTS, "theirs:good", "theirs:bad", "inner:deep", "gone", "odd"}
    assert "their_packs" not in sys.modules
    good = named("theirs:good").published
    assert good and keys(good.reading) == keys(load(HAND).reading)
    assert found["theirs:bad"].problem.startswith("Line ") and found["gone"].problem
    with pytest.raises(Malformed):
        named("theirs:bad")


def test_a_link_in_a_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(HAND)
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    (folder / "good.md").write_text(dump(Front(name="n"), load(HAND).reading))
    assert [pack.name for pack in in_folder(folder)] == ["good"]


@settings(max_examples=300, deadline=None)
@given(
    name=st.text(max_size=20) | st.sampled_from(("../packs/honest-references", "/etc/passwd", "~/x", "a\x00b", "C:\\x"))
)
def test_pack_names_fuzz(name: str) -> None:
    """A name that is not on the shelf is unknown, whatever it looks like."""
    if name not in DIGESTS:
        with pytest.raises(NotFound):
            named(name)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.md", tmp_path / ("x" * 300)):
        with pytest.raises(BadInput):
            text_of(path)
    assert issubclass(BadInput, ReconstError)


def test_a_pack_is_adopted_at_once_by_a_large_constitution() -> None:
    """Goal: 300 ms beside 500 articles of two revisions each."""
    one = article(1, "a result is stated " * 5, "say what you doubt " * 8)
    first = [one.model_copy(update={"id": an_id(1_000 + n), "revision": an_id(5_000 + n)}) for n in range(500)]
    second = [
        a.model_copy(update={"revision": an_id(9_000 + n), "parents": (a.revision,)}) for n, a in enumerate(first)
    ]
    held = Reading(revisions=(*first, *second))
    text = text_of(OURS[0].path)
    began = time.process_time()
    found = adoption(held, load(text).reading)
    assert time.process_time() - began < 0.3
    assert len(found.writes) == 5 + 6 + 1 and {step.news for step in found.steps} == {"new"}
