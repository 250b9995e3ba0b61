"""Merging three versions of a constitution of 500 articles in a notebook of 5,000 cells.

Each side has revised 50 articles, 10 of them the same ones, and added 5. *Merging* is what happens between reading and
writing; *whole* starts at the three texts and ends at one, beside reading and writing the three texts once.
"""

from __future__ import annotations

import json
import time
from typing import Any

from _measure import close, interleaved, interval

from jupyter_reconst.core.constitution import Article, Provenance
from jupyter_reconst.core.merging import aligned
from jupyter_reconst.core.notebook import article_key
from jupyter_reconst.core.nouns import ulid

ARTICLES, CELLS, REVISED, SHARED, ADDED, LIMIT = 500, 5_000, 50, 10, 5, 100.0


def article(number: int, revision: int, *parents: str) -> Article:
    return Article.model_validate(
        {
            "id": ulid(number, bytes(10)),
            "revision": ulid(revision, number.to_bytes(10, "big")),
            "parents": parents,
            "order": f"V{number:04}",
            "title": f"Rule {number}",
            "when": f"the reply is about the topic {number} and names a source, an author or a year",
            "then": f"give the source only if it is certain, wording {revision}; otherwise write “source not known”",
            "why": "An invented reference costs an afternoon.",
            "provenance": Provenance.model_validate({"at": "2026-11-23T12:00:00Z", "author": "Ana Ruiz"}),
        }
    )


def spelled(revisions: list[Article]) -> str:
    keys = {article_key(revision): revision.model_dump(mode="json", by_alias=True) for revision in revisions}
    source = {"cell_type": "code", "metadata": {}, "source": ["x = 1\n", "x"], "outputs": [], "execution_count": None}
    cells = [{**source, "id": f"cell-{number}"} for number in range(CELLS)]
    return written({"cells": cells, "metadata": keys, "nbformat": 4, "nbformat_minor": 5})


def written(notebook: Any) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def side(base: list[Article], number: int) -> str:
    first = 0 if number == 1 else REVISED - SHARED
    revised = [article(n, 10 + number, base[n].revision) for n in range(first, first + REVISED)]
    added = [article(ARTICLES * number + n, 10 + number) for n in range(1, ADDED + 1)]
    return spelled([*base, *revised, *added])


def main() -> None:
    base = [article(n, 1) for n in range(ARTICLES)]
    texts = [spelled(base), side(base, 1), side(base, 2)]

    spent: dict[str, list[float]] = {"merging": []}

    def whole() -> float:
        began = time.perf_counter()
        notebooks = [json.loads(text) for text in texts]
        read = time.perf_counter()
        (_, mine, _), result = aligned(*notebooks)
        spent["merging"].append((time.perf_counter() - read) * 1000)
        written(mine)
        took = (time.perf_counter() - began) * 1000
        assert len(result.conflicts) == SHARED and len(result.keys) == ARTICLES + 2 * (REVISED + ADDED)
        return took

    def ideal() -> float:
        began = time.perf_counter()
        for text in texts:
            written(json.loads(text))
        return (time.perf_counter() - began) * 1000

    spent |= interleaved({"whole": whole, "ideal": ideal})
    figures = {name: interval(values) for name, values in spent.items()}
    goals = {
        "milliseconds": (figures["merging"]["median"], LIMIT),
        "whole_beside_reading_and_writing": (figures["whole"]["median"] / figures["ideal"]["median"], 1.0),
    }
    close("merge", {**figures, "kilobytes": [round(len(text) / 1000) for text in texts]}, goals)


if __name__ == "__main__":
    main()
