"""T18: a notebook that is handed on holds what the list of what travels says, and nothing else of what a person did."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from jupyter_reconst.core.notebook import HEAD, TURN_MIME, annotation_key
from jupyter_reconst.core.travel import manifest, stripped
from jupyter_reconst.core.turns import Message, Parameters
from tests.fakes import ScriptedModel, an_id
from tests.hostile import Saying
from tests.scenes import CORRECTION, PROMPT, adding, annotation, task
from tests.server.conftest import Starting
from tests.server.test_loop_server import PATH, answers, asked, highlighted

SCHEMA = json.loads((Path(__file__).parents[2] / "jupyter_reconst/schema/notebook-v1.json").read_text("utf-8"))
UNREAD, ULID = "cannot read", "[0-7][0-9A-HJKMNP-TV-Z]{25}"


def private(messages: tuple[Message, ...], parameters: Parameters) -> str:
    """As in the loop; but candidates, and the reply to whatever a preview asks, are nobody else's business."""
    told = answers(messages, parameters)
    if task(messages) == "correction":
        return told.replace(CORRECTION, "PRIVATE candidate")
    if task(messages) == "prompts":
        return told.replace("Who first", "PRIVATE probe: who first")
    return told if messages[-1].content == PROMPT else told.replace("Reply to", "PRIVATE reply to")


async def test_shared_notebook_contains_only_manifest(start: Starting) -> None:
    lab = await start(ScriptedModel(private))
    await lab.good("name", {"name": "Ana Ruiz"})
    profile = {"name": "PRIVATE profile", "base_url": "http://127.0.0.1:9/v1", "model": "PRIVATE model"}
    await lab.good("connect", {"profile": profile, "key": "sk-PRIVATE-key"})
    await lab.good("sync", {"path": "other.ipynb", "metadata": {}, "cells": [{"cell": "a"}]})
    await lab.all("ask", {"path": "other.ipynb", "cell": "a", "prompt": "PRIVATE question"})
    record = await asked(lab)
    note, kept = highlighted(record, "PRIVATE draft"), highlighted(record, CORRECTION)
    await lab.all("correct", {"id": an_id(40), "path": PATH, "annotation": note, "reading": record["reply"]})
    await lab.good("highlight", {"path": PATH, "annotation": note, "reading": record["reply"]})
    await lab.good("highlight", {"path": PATH, "annotation": kept, "reading": record["reply"]})
    amendment = adding("the reply names who first did something", "say that a source is needed")
    body = {"path": PATH, "amendment": amendment.model_dump(mode="json"), "annotations": [kept]}
    await lab.good("preview", {**body, "id": an_id(42), "prompts": ["PRIVATE prompt"]})
    rows = (await lab.all("watch", {"preview": an_id(42)}))[-1]["preview"]
    assert rows["status"] == "done" and "PRIVATE" in lab.model.sent
    change = await lab.good("ratify", {**body, "id": an_id(43), "preview": an_id(42)})

    head = {HEAD: {"version": 1, "id": record["notebook"], "origin": None}}
    outputs = [{"output_type": "display_data", "data": {TURN_MIME: record}, "metadata": {HEAD: {"turn": "t"}}}]
    cell = {"cell_type": "code", "source": PROMPT, "outputs": outputs, "metadata": {}}
    cell["metadata"] = {annotation_key(annotation()): kept, "tags": ["mine"]}
    shared = {"cells": [cell], "metadata": {**head, **change["writes"], "theirs": 1}, "nbformat": 4}
    assert "PRIVATE" not in json.dumps(shared)
    open_ = {"path": PATH, "metadata": shared["metadata"], "cells": [{"cell": "cell-1", "turn": record["turn"]}]}
    await lab.good("sync", open_)

    listed = (await lab.good("travels", {"path": PATH, "content": shared}))["items"]
    assert listed == manifest(shared).model_dump(mode="json")["items"]
    assert {item["key"] for item in listed} == {*head, *change["writes"], *cell["metadata"], TURN_MIME} - {"tags"}
    assert not [item for item in listed if UNREAD in item["says"]]
    assert CORRECTION[:40] in json.dumps(listed) and "Ana Ruiz (as claimed)" in json.dumps(listed)
    bare = stripped(shared)
    assert bare["metadata"] == {"theirs": 1} and bare["cells"][0]["metadata"] == {"tags": ["mine"]}
    assert record["notebook"] not in json.dumps(bare) and "Ana Ruiz" not in json.dumps(bare)


def test_whatever_the_format_knows_is_listed_in_words_and_stripped() -> None:
    """Every kind of key in the published schema, filled from it: a kind that is added is asked for here by itself."""
    saying = Saying(random.Random(18), "", share=0)
    for holder in ("notebook", "cell"):
        known = SCHEMA["properties"][holder]
        for pattern, schema in {**known.get("properties", {}), **known["patternProperties"]}.items():
            for _ in range(500):  # A schema does not say all that makes a value whole.
                metadata = {_key(pattern): saying.value(schema, SCHEMA["$defs"])}
                whole: dict[str, Any] = {"cells": [{"metadata": {}}], "metadata": {}, "nbformat": 4}
                (whole if holder == "notebook" else whole["cells"][0])["metadata"] = metadata
                (item,) = manifest(whole).items
                assert [item.key] == [*metadata] and item.bytes > 20 and not manifest(stripped(whole)).items
                if UNREAD not in item.says:
                    break
            else:
                raise AssertionError(f"what stands at {pattern} has no words")


def _key(pattern: str) -> str:
    """A key that such a value stands under."""
    ids = pattern.count(ULID)
    return ":".join([pattern.strip("^").split(":[")[0], *(an_id(n) for n in range(1, ids + 1))])
