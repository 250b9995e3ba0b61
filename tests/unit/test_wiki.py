"""The wiki: what is found in packs, answers and folders, what is read again, and what costs nobody anything."""

from __future__ import annotations

import asyncio
import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.errors import Malformed, NotFound
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.answers import answers
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.pinning import moved_on, pack_of, part_of, pin, pin_of, pinned, pins
from jupyter_reconst.core.sharing.published import Published, dump
from jupyter_reconst.core.sharing.wiki import Pack, folded, found, texts_of
from jupyter_reconst.packs import wiki as wikis
from jupyter_reconst.packs.wiki import FolderWiki
from tests.bombs import BOMBS, ODD
from tests.command_line import written
from tests.fakes import an_id
from tests.scenes import article, case

RULES = (
    article(1, "a result is stated", "say what you doubt", title="Say what you doubt"),
    article(2, "a source is named", "cite the page of the Café paper", title="Pages"),
)
LAW = Reading(revisions=RULES, cases=(case(1, "Is it Zorn's lemma?", "intended", "I think so.", "Yes!"),))
ANSWERS = """---
title: ours
---
# Answers of the group

Read them in order.

## What is the off-switch game?

A game in which a robot may defer to a person.

### Who wrote it down?

Nobody here knows; the page below does.

```
# Is this a question?
```

## Notes

Not an answer.

## Does it converge？
Yes, by the lemma.
"""


def pack(name: str, reading: Reading, title: str = "") -> Pack:
    published = Published(front=Front(name=title or name), reading=reading)
    return Pack(name, "test", Path(), published, texts=texts_of(published))


def folder(tmp_path: Path) -> Path:
    """Two packs, answers, a notebook that uses an article, and what is none of our business."""
    top = tmp_path / "shared"
    (top / "deep" / "er").mkdir(parents=True)
    (top / "careful.md").write_text(dump(Front(name="Careful", version="1"), LAW), "utf-8")
    (top / "deep" / "er" / "other.md").write_text(
        dump(Front(name="Other"), Reading(revisions=(article(3, "asked", "be brief"),))), "utf-8"
    )
    (top / "deep" / "faq.md").write_text(ANSWERS, "utf-8")
    (top / "broken.md").write_text("---\nreconst: 1\n---\nsmuggled\n", "utf-8")
    (top / "README.md").write_text("# Read me\n\nWhat this is.\n", "utf-8")
    written(top / "deep" / "paper.ipynb", "1", metadata=keys(Reading(revisions=RULES[:1])))
    written(top / "empty.ipynb", "1")
    return top


def named(wiki: FolderWiki, source: str = "shared") -> dict[str, Pack]:
    return {pack.name: pack for pack in asyncio.run(wiki.packs()) if pack.source == source}


def titles(words: str, *packs: Pack) -> list[str]:
    return [one.title for _, one in found(words, packs)]


def test_every_word_is_looked_for_and_titles_come_first() -> None:
    one = pack("one", LAW)
    other = pack("other", Reading(revisions=(article(4, "x", "say what you doubt", title="Last"),)))
    assert titles("doubt", other, one) == ["Say what you doubt", "Last"]
    assert titles("CAFE page", one, other) == ["Pages"], "case and accents are not looked at"
    assert titles("zorn doubt", one) == ["Say what you doubt"], "its examples are searched too"
    assert titles("doubt pages", one) == [] and titles("   ", one) == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200), start=st.integers(0, 200), size=st.integers(1, 40))
def test_any_words_of_an_article_find_it(text: str, start: int, size: int) -> None:
    one = pack("p", Reading(revisions=(article(1, "w", text),)))
    words = [word for word in folded(text[start : start + size]).split() if word]
    if words:
        assert found(" ".join(words), [one])


def test_a_folder_holds_packs_answers_and_notebooks(tmp_path: Path) -> None:
    wiki = FolderWiki([folder(tmp_path)])
    packs = named(wiki)
    assert list(packs) == ["shared:broken", "shared:careful", "shared:deep/faq", "shared:deep/er/other"]
    assert packs["shared:broken"].problem.startswith("Line 4") and not packs["shared:broken"].texts
    assert asyncio.run(wiki.pack("shared:careful")).reading.constitution == LAW.constitution
    assert asyncio.run(wiki.pack("honest-references")).title == "Honest references"
    used = asyncio.run(wiki.uses())[RULES[0].id]
    assert [use.where for use in used] == ["shared:careful", "shared/deep/paper.ipynb"]
    assert found("robot defer", packs.values())[0][1].kind == "knowledge"
    for name, problem in {"shared:broken": Malformed, "../shared/careful": NotFound, "shared:README": NotFound}.items():
        with pytest.raises(problem):
            asyncio.run(wiki.pack(name))


def test_a_file_is_read_again_when_it_has_changed_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top, read = folder(tmp_path), list[str]()
    monkeypatch.setattr(wikis, "text_of", lambda path: read.append(path.name) or path.read_text("utf-8"))  # type: ignore[func-returns-value]
    wiki = FolderWiki([top])
    first = named(wiki)
    assert len(read) == 5 and named(wiki) == first and len(read) == 5
    (top / "careful.md").write_text(dump(Front(name="Careful", version="2.0"), LAW), "utf-8")
    assert named(wiki)["shared:careful"].published != first["shared:careful"].published and len(read) == 6
    (top / "careful.md").unlink()
    assert "shared:careful" not in named(wiki) and RULES[1].id not in asyncio.run(wiki.uses())


def test_links_and_other_things_lead_nowhere(tmp_path: Path) -> None:
    top, secret = folder(tmp_path), tmp_path / "secret"
    secret.mkdir()
    (secret / "secret.md").write_text(dump(Front(name="s"), LAW), "utf-8")
    before = set(named(FolderWiki([top])))
    (top / "out.md").symlink_to(secret / "secret.md")
    (top / "out").symlink_to(secret, target_is_directory=True)
    (top / "loop").symlink_to(top, target_is_directory=True)
    (top / ".git").mkdir()
    (top / ".git" / "hidden.md").write_text(dump(Front(name="s"), LAW), "utf-8")
    (top / "folder.md").mkdir()
    os.mkfifo(top / "pipe.md")
    assert set(named(FolderWiki([top]))) == before
    gone = [one for one in asyncio.run(FolderWiki([tmp_path / "gone"]).packs()) if one.problem]
    assert [one.name for one in gone] == ["gone"] and "not there" in gone[0].problem


def test_folders_of_one_name_keep_apart(tmp_path: Path) -> None:
    tops = [tmp_path / name / "wiki" for name in "abc"]
    for top in tops:
        top.mkdir(parents=True)
        (top / "p.md").write_text(dump(Front(name=str(top)), LAW), "utf-8")
    found = [one for one in asyncio.run(FolderWiki(tops).packs()) if one.name.endswith(":p")]
    assert [one.name for one in found] == ["wiki:p", "wiki-2:p", "wiki-3:p"] and len({o.title for o in found}) == 3


def test_what_is_read_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T10: in number, in depth and in all."""
    monkeypatch.setattr(wikis, "MOST_FILES", 20)
    monkeypatch.setattr(wikis, "DEEPEST", 2)
    deep = tmp_path
    for level in range(5):
        (deep / "p.md").write_text(dump(Front(name=f"at {level}"), LAW), "utf-8")
        deep /= "below"
        deep.mkdir()
    assert len(named(FolderWiki([tmp_path]), tmp_path.name)) == 3
    for number in range(40):
        (tmp_path / f"n{number}.md").write_text(dump(Front(name=str(number)), LAW), "utf-8")
    assert len(named(FolderWiki([tmp_path]), tmp_path.name)) == 20
    monkeypatch.setattr(wikis, "MOST_ALL", (tmp_path / "n0.md").stat().st_size * 3 + 100)
    packs = named(FolderWiki([tmp_path]), tmp_path.name)
    assert sum(one.published is not None for one in packs.values()) == 3
    assert "not read" in packs[sorted(packs)[-1]].problem


WIKI_BOMBS: dict[str, tuple[str, bytes]] = {
    "deep notebook": ("n.ipynb", b'{"metadata": {"reconst:article:x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}}"),
    "torn notebook": ("n.ipynb", b'{"metadata": {"reconst:article:'),
    "many digits": ("n.ipynb", b'{"metadata": {"reconst:article:x": ' + b"9" * 5_000 + b"}}"),
    "notebook of notebooks": ("n.ipynb", b'{"metadata": ["reconst:article:"]}'),
    "many questions": ("q.md", b"# a?\nb\n" * 100_000),
    "endless question": ("q.md", b"# " + b"a " * 500_000 + b"?\nb\n"),
    "endless answer": ("q.md", b"# a?\n" + b"b" * 1_000_000),
    "marks": ("q.md", (b"#" * 50_000 + b"\n") * 20 + b"# a?\n" + b" \t" * 400_000 + b"\nb"),
    "spaces in a question": ("q.md", b"# " + b" " * 1_000_000 + b"a?" + b" " * 900_000 + b"b"),
    "fences": ("q.md", b"```\n" * 150_000),
    **BOMBS,
    **ODD,
}


@pytest.mark.parametrize("name", WIKI_BOMBS)
def test_import_bombs_in_a_wiki(name: str, tmp_path: Path) -> None:
    """T10: a file that is made to cost time or memory costs the wiki neither, and the packs beside it are there."""
    file, data = WIKI_BOMBS[name]
    (tmp_path / file).write_bytes(data)
    (tmp_path / "good.md").write_text(dump(Front(name="good"), LAW), "utf-8")
    wiki = FolderWiki([tmp_path])
    asyncio.run(wiki.packs())  # What is installed is read once.
    wiki._known.clear()
    tracemalloc.start()
    began = time.process_time()
    try:
        packs = asyncio.run(wiki.packs())
        took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took < 1 and peak < 50e6, (took, peak)
    here = {pack.path.name: pack for pack in packs if pack.top}
    assert here["good.md"].published and not here.keys() - {"good.md", file}
    assert all(len(one.problem) < 400 and (one.problem or one.published) for one in here.values())
    assert not file.endswith((".ipynb", ".mdc")) or file not in here, "what is no pack is none of our business"


def test_questions_and_answers_are_knowledge() -> None:
    read = answers(ANSWERS, "faq")
    assert read
    law = read.reading.constitution
    assert [one.title for one in law.articles] == ["What is the off-switch game?", "Does it converge？"]
    first = law.articles[0]
    assert first.kind == "knowledge" and not first.always and first.title in first.when
    assert first.then.startswith("A game in which") and "# Is this a question?" in first.then
    assert "### Who wrote it down?" in first.then, "a deeper heading is part of the answer"
    assert answers("# No question\n\ntext", "x") is None and answers("# Really?\n\n", "x") is None
    later = answers(ANSWERS.replace("robot may", "robot can"), "faq")
    assert later and {a.id for a in later.reading.revisions} == {a.id for a in read.reading.revisions}
    held = Reading.model_validate(read.reading)
    assert [step.news for step in adoption(held, later.reading).steps] == ["changed", "same"]
    assert load(dump(read.front, read.reading)).reading == read.reading
    with pytest.raises(Malformed, match="too long"):
        answers("# a?\n" + "b" * 4_001, "x")


def test_a_pin_says_which_part_and_notices_news_of_it_alone() -> None:
    first, second = RULES
    whole, part = pin(an_id(800), "p", LAW), pin(an_id(801), "p", LAW, [second.id])
    held = LAW.model_copy(update={"imports": (whole, part)})
    assert pins(held) == (whole, part) and pin_of(held, "p", [second.id]) == part and pinned(held, part)
    assert not pinned(held, pin(an_id(802), "p", LAW, [first.id])) and whole.digest == LAW.constitution.digest
    newer = first.model_copy(update={"revision": an_id(803), "parents": (first.revision,), "then": "doubt it all"})
    news = pack("p", LAW.model_copy(update={"revisions": (*RULES, newer)}), "Title")
    assert moved_on(whole, news) and not moved_on(part, news) and not moved_on(whole, pack("p", LAW))
    assert part_of(LAW, [second.id]).cases == () and part_of(LAW, ()) is LAW
    assert pack_of(whole, [news]) == news and pack_of(pin(an_id(804), "Title", LAW), [news, pack("q", LAW)]) == news
    assert pack_of(pin(an_id(805), "r", LAW), [pack("a", LAW, "r"), pack("b", LAW, "r")]) is None
    again = json.loads(json.dumps(keys(Reading(imports=(part,)))))
    assert again[f"reconst:import:{part.id}"]["articles"] == [second.id]
