"""An article offered back: a patch that the real git applies, and a pack that then says what was offered."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import BadInput, Malformed, Stale
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing import patching
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.patching import offered, patch
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.record import decoded
from tests.fakes import an_id
from tests.git import needs_git
from tests.scenes import article, case

pytestmark = needs_git

ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
FIRST, SECOND = article(1, "a result is stated", "say what you doubt"), article(2, "a source is named", "cite the page")
LAW = Reading(revisions=(FIRST, SECOND), cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),))
FILE = dump(Front(name="Careful", version="1"), LAW).encode()
HAND = b"---\nreconst: 1\nname: Theirs\n---\n\n## One\n\n**Then**\n> be brief\n"


def revised(held: Article, number: int, **fields: object) -> Article:
    return held.model_copy(update={"revision": an_id(number), "parents": (held.revision,), **fields})


def applied(place: str, before: bytes, text: bytes, *, strip: bool = False) -> bytes:
    """The file after `git apply` in a repository of its own, or in a plain folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not strip:
            subprocess.run(["git", "init", "-q"], cwd=folder, env=ENVIRONMENT, check=True)
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(before)
        done = subprocess.run(
            ["git", "apply", "-"], cwd=folder, env=ENVIRONMENT, input=text, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return file.read_bytes()


def test_a_revision_is_offered_and_taken() -> None:
    mine = revised(FIRST, 700, then="say what you doubt most")
    after = offered(FILE, (FIRST, mine))
    text = patch("packs/careful.md", FILE, after, "Revise “Article 1”\nin Careful")
    assert text.startswith("Subject: [PATCH] Revise “Article 1” in Careful\n\ndiff --git ".encode())
    assert applied("packs/careful.md", FILE, text) == after == applied("packs/careful.md", FILE, text, strip=True)
    changed = [line for line in text.decode().split("\n") if line[:1] in "+-" and line[1:2] not in ("+", "-")]
    assert "-> say what you doubt" in changed and "+> say what you doubt most" in changed and len(changed) < 12
    pack = load(decoded(after))
    assert pack.reading.constitution.articles[0] == mine and not pack.edited
    assert pack.front.name == "Careful" and pack.reading.cases == LAW.cases and pack.reading.revisions[1] == SECOND
    held = LAW.model_copy(update={"revisions": (*LAW.revisions, mine)})
    assert adoption(held, pack.reading).writes == {}, (
        "who offered it holds it already, in the same words and by the same id"
    )
    assert [step.news for step in adoption(LAW, pack.reading).steps] == ["changed", "same"]


def test_a_new_article_is_offered_with_its_cases_where_that_is_wanted() -> None:
    new = article(3, "asked", "be brief")
    kept = case(2, "How long?", "intended", "Short.", "Long …").model_copy(update={"article": new.id})
    alone, whole = offered(FILE, (new,)), offered(FILE, (new,), (kept,))
    assert load(decoded(alone)).reading.cases == LAW.cases and kept in load(decoded(whole)).reading.cases
    assert load(decoded(alone)).reading.constitution.articles[-1] == new


def test_a_file_that_was_written_by_hand_is_taken_further() -> None:
    held = load(HAND.decode()).reading
    mine = revised(held.revisions[0], 701, then="be very brief")
    after = offered(HAND, (*held.revisions, mine))
    assert applied("p.md", HAND, patch("p.md", HAND, after, "x")) == after
    assert load(decoded(after)).reading.constitution.articles == (mine,)


def test_what_cannot_be_offered_says_why() -> None:
    with pytest.raises(BadInput, match="already"):
        offered(FILE, (FIRST,))
    theirs = dump(
        Front(name="n"), LAW.model_copy(update={"revisions": (*LAW.revisions, revised(FIRST, 702, then="x"))})
    )
    with pytest.raises(Stale):
        offered(theirs.encode(), (FIRST, revised(FIRST, 703, then="y")))
    with pytest.raises(BadInput, match="plain Markdown"):
        offered(b"# Is it?\n\nYes.\n", (FIRST,))
    with pytest.raises(Malformed):
        offered(b"---\nreconst: 1\n---\nsmuggled\n", (FIRST,))


def test_line_ends_and_marks_stay_as_they_are() -> None:
    windows = b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n")
    after = offered(windows, (FIRST, revised(FIRST, 704, then="z")))
    assert after.startswith(b"\xef\xbb\xbf---\r\n") and after.count(b"\n") == after.count(b"\r\n")
    assert applied("w.md", windows, patch("w.md", windows, after, "x")) == after


_WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\0"), max_size=30)
_NAME = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="/\0"), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(_WORDS, max_size=12),
    other=st.lists(_WORDS, max_size=12),
    keep=st.integers(0, 12),
    names=st.lists(
        _NAME.filter(
            lambda name: (
                name not in (".", "..", ".git") and not name.lower().startswith(".git") and "git~" not in name.lower()
            )
        ),
        min_size=1,
        max_size=2,
    ),
)
@example(lines=["", "0", *[""] * 7], other=[""], keep=2, names=["0"])
def test_any_change_of_any_file_is_applied(lines: list[str], other: list[str], keep: int, names: list[str]) -> None:
    before, after = "\n".join(lines).encode(), "\n".join([*lines[:keep], *other, *lines[keep:]]).encode()
    if before == after:
        return
    place = "/".join(names)
    assert applied(place, before, patch(place, before, after, "x\ndiff --git a/x b/x")) == after


@pytest.mark.parametrize(
    "place", ["a b/c d.md", 'q"uote.md', "back\\slash.md", "tab\t.md", "Ünï/日本.md", "new\nline.md", "-x.md"]
)
def test_names_that_git_quotes(place: str) -> None:
    assert applied(place, b"a\nb\n", patch(place, b"a\nb\n", b"a\nc\n", "x")) == b"a\nc\n"


@settings(max_examples=300, deadline=None)
@given(
    one=st.lists(st.sampled_from("abcdefgh"), max_size=30),
    other=st.lists(st.sampled_from("abcdefgh"), max_size=30),
)
def test_a_diff_says_what_both_sides_say(one: list[str], other: list[str]) -> None:
    """Without git, so that many can be looked at: its blocks are equal, in order, and do not overlap."""
    last = (0, 0)
    for a, b, size in patching._Patient(one, other).get_matching_blocks():
        assert a >= last[0] and b >= last[1] and one[a : a + size] == other[b : b + size]
        last = (a + size, b + size)
    assert last == (len(one), len(other))


def test_a_file_of_one_line_over_and_over_costs_nothing() -> None:
    before, after = b">\n" * 90_000 + b"a\n" + b">\n" * 90_000, b">\n" * 90_000 + b"b\n" + b">\n" * 89_999
    began = time.process_time()
    text = patch("p.md", before, after, "x")
    assert time.process_time() - began < 2
    assert applied("p.md", before, text) == after
