"""Notebook format v1: its schema fits what we write, and what we do not know stays, wherever we write."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema
import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.highlight import highlight
from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Article, Constitution, Provenance
from jupyter_reconst.core.notebook import annotation_key, article_key, read
from jupyter_reconst.core.requests import Change, Highlight, Ratify, Sync
from jupyter_reconst.notebook.file import load, save, spelled
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import CORRECTION, NOTEBOOK, PATH, adding, annotation, article

SCHEMA = json.loads((Path(__file__).parents[2] / "jupyter_reconst/schema/notebook-v1.json").read_text("utf-8"))

_NAMES = st.text(st.characters(categories=("Ll", "Lu", "Nd")), min_size=1, max_size=12).map(lambda name: f"x-{name}")
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
_EXTRAS = st.dictionaries(_NAMES, _VALUES, max_size=3)


async def _enact(fakes: Fakes, metadata: dict[str, Any], amendment: Amendment, number: int) -> Article:
    """Ratify, and write as the frontend writes."""
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    change: Change = await ratify(fakes.ports, ANA, Ratify(id=an_id(number), path=PATH, amendment=amendment))
    metadata |= json.loads(change.model_dump_json())["writes"]
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    assert change.article is not None
    return change.article


def _on(held: Article, action: str, **draft: Any) -> Amendment:
    wording = None if action == "repeal" else held.draft.model_copy(update=draft)
    return Amendment.model_validate(
        {"id": an_id(900), "action": action, "article": held.id, "base": held.revision, "draft": wording}
    )


async def test_what_is_written_fits_the_schema() -> None:
    fakes = reconst()
    metadata: dict[str, Any] = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None, "sample": None}}
    made = await _enact(fakes, metadata, adding(), 901)
    off = await _enact(fakes, metadata, _on(made, "revise", enabled=False), 902)
    await _enact(fakes, metadata, _on(off, "repeal"), 903)
    note = await highlight(fakes.ports, ANA, Highlight(path=PATH, annotation=annotation(said=CORRECTION), reading=""))
    cell = {annotation_key(note): dumped(note)}
    jsonschema.validate({"notebook": metadata, "cell": cell}, SCHEMA)
    assert len(metadata) == 4
    assert not read(metadata).problems
    whole = nbformat.v4.new_notebook(metadata=metadata, cells=[nbformat.v4.new_code_cell("1", metadata=cell)])
    nbformat.validate(whole)


def test_the_schema_refuses_what_is_not_ours() -> None:
    law = dumped(article(1, "always", "be brief"))
    key = f"reconst:article:{law['id']}:{law['revision']}"
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert validator.is_valid({"notebook": {key: law}})
    for field in ("id", "title", "then", "provenance"):
        assert not validator.is_valid({"notebook": {key: {k: v for k, v in law.items() if k != field}}})


@settings(max_examples=60, deadline=None)
@given(inside=_EXTRAS, deep=_EXTRAS, beside=_EXTRAS, action=st.sampled_from(("revise", "repeal")))
def test_unknown_keys_survive_ratifying(inside: Any, deep: Any, beside: Any, action: str) -> None:
    """Inside an article that is revised, in its provenance, and in keys of ours that only a newer version knows."""

    async def run() -> None:
        law = dumped(article(1, "always", "be brief"))
        held = Article.model_validate(law | inside | {"provenance": law["provenance"] | deep})
        future = {f"reconst:pact:{name}": value for name, value in beside.items()}
        metadata: dict[str, Any] = {
            "reconst": {"version": 1, "id": NOTEBOOK, "origin": None} | inside,
            article_key(held): dumped(held),
        } | future
        before = json.loads(json.dumps(metadata))
        fakes = reconst()
        made = await _enact(fakes, metadata, _on(held, action), 901)
        assert {key: metadata[key] for key in before} == before
        assert {name: metadata[article_key(made)][name] for name in inside} == inside

    asyncio.run(run())


@settings(max_examples=60, deadline=None)
@given(outer=_EXTRAS, target=_EXTRAS, body=_EXTRAS)
def test_unknown_keys_survive_correcting(outer: Any, target: Any, body: Any) -> None:
    async def run() -> None:
        fakes = reconst()
        await sync(fakes.ports, ANA, Sync(path=PATH, metadata={}))
        value = dumped(annotation(said=CORRECTION))
        value |= outer
        value["target"] |= target
        value["body"][0] |= body
        told = Highlight(path=PATH, annotation=Annotation.model_validate(value), reading="")
        kept = dumped(await highlight(fakes.ports, ANA, told))
        assert {name: kept[name] for name in outer} == outer
        assert {name: kept["target"][name] for name in target} == target
        assert {name: kept["body"][0][name] for name in body} == body

    asyncio.run(run())


@settings(max_examples=40, deadline=None)
@given(extras=_EXTRAS)
def test_unknown_keys_survive_the_file(tmp_path_factory: Any, extras: Any) -> None:
    path = tmp_path_factory.mktemp("format") / "a.ipynb"
    cell = {"cell_type": "code", "source": "1", "metadata": extras, "outputs": [], **extras}
    content = {"cells": [cell], "metadata": {"reconst:pact": extras, **extras}, "nbformat": 4, "nbformat_minor": 5}
    save(path, content)
    assert load(path) == content


def test_an_article_with_two_revisions_adds_less_than_two_kilobytes_to_the_file() -> None:
    """A real one: from corrected words, with evidence, then reworded after a second preview."""
    words = {"annotation": an_id(1), "cell": "c1", "quote": "shown by Lee (2019)", "correction": "no source is known"}
    evidence = "14 probes on large: 9 as intended, 5 unchanged"
    at = {"author": "Ana Ruiz", "at": "2026-11-23T12:00:00.123456Z", "evidence": evidence}
    wording = "give the source only if it is certain; otherwise write “source not known”"
    first = article(
        1, "the reply names a paper, an author or a year", wording, why="An invented one costs an afternoon."
    )
    first = first.model_copy(update={"provenance": Provenance.model_validate({**at, "words": [words]})})
    _, second = amended(
        Constitution(articles=(first,)),
        _on(first, "revise", then=f"{wording}, and say why"),
        revision=an_id(9),
        provenance=Provenance.model_validate(at),
    )
    assert second.seals and second.provenance.words == first.provenance.words
    held = {article_key(one): dumped(one) for one in (first, second)}
    bare = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    added = len(spelled({**bare, "metadata": held}).encode()) - len(spelled(bare).encode())
    print(f"an article with two revisions: {added} bytes")
    assert added < 2_000
