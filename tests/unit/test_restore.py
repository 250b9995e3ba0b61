"""Whatever has happened to a constitution, each of its versions can be brought back whole, and that be taken back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import Article, Preamble, Provenance
from jupyter_reconst.core.notebook import Reading, keys, read
from jupyter_reconst.core.versions import at, versions
from tests.fakes import an_id, reconst
from tests.scenes import AT, article
from tests.unit.test_adopt import Page

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "revise", "repeal", "move", "switch", "preamble", "fork"]),
        st.integers(0, 3),
        st.text("abc é∀", max_size=3),
    ),
    min_size=1,
    max_size=8,
)


def told(steps: list[tuple[str, int, str]]) -> Reading:
    """A history: each step is one revision of one of four articles, or of the preamble."""
    revisions: list[Article] = []
    preambles: list[Preamble] = []
    for number, (what, which, text) in enumerate(steps):
        id, own = an_id(101 + which), [a for a in revisions if a.id == an_id(101 + which)]
        if what == "preamble":
            parents = (preambles[-1].revision,) if preambles else ()
            preambles.append(
                Preamble(revision=an_id(500 + number), parents=parents, text=text, provenance=Provenance(at=AT))
            )
            continue
        if not own:
            revisions.append(article(1 + which, "always", text).model_copy(update={"revision": an_id(500 + number)}))
            continue
        last = own[-1]
        change: dict[str, Any] = {
            "add": {"repealed": False},
            "revise": {"then": text, "repealed": False},
            "fork": {"then": text, "repealed": False},
            "repeal": {"repealed": True},
            "move": {"order": f"m{text.encode().hex()}"},
            "switch": {"enabled": not last.enabled},
        }[what]
        parent = own[0] if what == "fork" else last
        revised = last.model_copy(update={**change, "revision": an_id(500 + number), "parents": (parent.revision,)})
        assert revised.id == id
        revisions.append(revised)
    return Reading(revisions=tuple(revisions), preambles=tuple(preambles))


@settings(max_examples=20, deadline=None)
@given(steps=_STEPS)
async def test_every_version_comes_back_whole(steps: list[tuple[str, int, str]]) -> None:
    history = told(steps)
    for version in versions(history):
        page = Page(reconst())
        page.metadata |= keys(history)
        await page.accepted()
        before, then = dict(page.metadata), at(history, version.revision).constitution
        change = await page.restored(version.revision)
        shown = await page.write(change)
        now = read(page.metadata)
        assert [(a.id, a.draft, a.order) for a in now.constitution.articles] == [
            (a.id, a.draft, a.order) for a in then.articles
        ]
        assert now.constitution.preamble == then.preamble and now.conflicts == ()
        assert shown.digest == change.digest == then.digest and shown.pending == ()
        assert before.items() <= page.metadata.items()
        await page.write(await page.undone(change))
        assert page.metadata == before
