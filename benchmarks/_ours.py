"""Kept cases in a notebook, and `jupyter reconst check` over them: cache, store, diffs and progress are on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from _measure import measured
from _slow import REPLY

from jupyter_reconst.core.checks import accepted_by
from jupyter_reconst.core.constitution import Article, Case, Constitution, Expectation, Provenance
from jupyter_reconst.core.notebook import HEAD, Head, article_key

SIGNED = Provenance(at=datetime(2026, 1, 1, tzinfo=timezone.utc))


def an_id(number: int) -> str:
    return f"01J{number:023d}"


def article(number: int, then: str, topic: str = "") -> Article:
    """An article for every reply, or for questions that name a topic."""
    return Article(
        id=an_id(2 * number),
        revision=an_id(2 * number + 1),
        order=f"V{number:03d}",
        title=f"Article {number}",
        when=f"the question is about {topic}" if topic else "always",
        then=then,
        always=not topic,
        provenance=SIGNED,
    )


def notebook(path: Path, articles: Iterable[Article], prompts: Sequence[str]) -> str:
    """Write a notebook that keeps a case for each prompt; what accepts it for a check."""
    law = Constitution(articles=tuple(articles))
    shown = Expectation(verdict="intended", reply=REPLY, without="A long reply that was corrected once.")
    owner = law.articles[0].id
    cases = tuple(
        Case(id=an_id(1_000 + n), article=owner, prompt=prompt, bin="in", expects=shown, provenance=SIGNED)
        for n, prompt in enumerate(prompts)
    )
    metadata = {
        HEAD: Head(id=an_id(999)).model_dump(mode="json"),
        **{article_key(each): each.model_dump(mode="json") for each in law.articles},
        **{f"reconst:case:{case.id}": case.model_dump(mode="json") for case in cases},
    }
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": []}), "utf-8")
    return accepted_by(law, cases)


def check(path: Path, accept: str, url: str, data: Path, at_once: int) -> tuple[float, float]:
    """Check a notebook with what a data directory has on record; wall and CPU-seconds."""
    profile = {"name": "slow", "base_url": url, "model": "slow", "api_key": "sk-bench", "at_once": at_once}
    config = f"c = get_config()\nc.Reconst.profiles = [{profile!r}]\nc.Reconst.default_profile = 'slow'\n"
    (data / "config").mkdir(parents=True, exist_ok=True)
    (data / "config" / "jupyter_reconst_config.py").write_text(config, "utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
    env |= {"JUPYTER_DATA_DIR": str(data), "JUPYTER_CONFIG_DIR": str(data / "config")}
    command = [sys.executable, "-m", "jupyter_reconst.doors.cli", "check", str(path), "--accept", accept]
    return measured(command, env)
