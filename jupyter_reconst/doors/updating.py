"""`jupyter reconst updates`: what the packs that a notebook has copied say now, and what that does to its kept cases.

Nothing is written. Without `--impact` nothing is sent either.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from jupyter_reconst.acts.adopt import offered
from jupyter_reconst.acts.foresee import foresee
from jupyter_reconst.acts.gate import bounded, named
from jupyter_reconst.acts.sign import opened
from jupyter_reconst.core.comparing import compare
from jupyter_reconst.core.errors import BadInput, NotAccepted, ReconstError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import Reading, keys, read, understood
from jupyter_reconst.core.ports import Model
from jupyter_reconst.core.requests import Foresee, Foreseen, Foresight, TextFile
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.pinning import copied, moved_on, part_of
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.wiki import Pack
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.checking import say, stopping
from jupyter_reconst.doors.merging import DIFFERENT, SAME, TROUBLE, differences
from jupyter_reconst.wiring import Reconst, build, headless

_WORDS = {
    "regression": "regression",
    "unsure": "cannot tell",
    "intended": "holds again",
    "unchanged": "unchanged",
}


@dataclass(frozen=True, slots=True)
class _News:
    """A pack that reads otherwise than the notebook's copy, or than the copied part of it."""

    pack: Pack
    brought: Reading


def show_updates(options: argparse.Namespace) -> int:
    """Say what is new, and with --impact what it does: 0 nothing (bad), 1 something, 2 trouble or not all tried."""
    try:
        return asyncio.run(_shown(options))
    except ReconstError as error:
        say(error.problem())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return TROUBLE


async def _shown(options: argparse.Namespace) -> int:
    reconst = build(headless())
    try:
        document = await reconst.ports.documents.of_path(reconst.person.owner, str(options.notebook))
        if document is None:
            raise BadInput(f"{options.notebook.name} cannot be read as a notebook.")
        held = understood(document.reading, options.notebook.name)
        found = _news(held, await reconst.wiki.packs(), options.pack)
        statuses = [0]
        for news in found:
            print(spelled(f"{news.pack.title} ({news.pack.name}) reads otherwise than what was copied:"))
            after = read(keys(held) | adoption(held, news.brought).writes)
            for line in differences(compare(held, after)):
                print(spelled(f"  {line}"))
            statuses.append(await _impact(reconst, options, news) if options.impact else DIFFERENT)
            print(spelled(f"To take it: jupyter reconst import {quote(news.pack.name)} {quote(str(options.notebook))}"))
    finally:
        await reconst.close()
    if not found:
        print("What was copied from packs reads as they do.")
    return max(statuses) if found else SAME


def _news(held: Reading, packs: tuple[Pack, ...], wanted: str | None) -> list[_News]:
    """What is new, pin by pin; a pack that is not here is told of."""
    found: list[_News] = []
    known = {pack.name for pack in packs}
    if wanted is not None and wanted not in known | {pin.pack for pin in held.imports}:
        raise BadInput(
            f"There is no pack “{wanted[:100]}”.", remedy="`jupyter reconst packs` lists those that there are."
        )
    for pin, pack in copied(held, packs):
        if wanted is not None and wanted not in (pin.pack, pack.name if pack else ""):
            continue
        if pack is None or pack.published is None:
            print(spelled(f"is not here, or cannot be read: {pin.pack}"), file=sys.stderr)
        elif moved_on(pin, pack):
            found.append(_News(pack, part_of(pack.reading, pin.articles)))
    return found


async def _impact(reconst: Reconst, options: argparse.Namespace, news: _News) -> int:
    """Say what is sent, send it if it was accepted, and tell what it does, regressions first."""
    model = await named(reconst.ports, options.profile)
    budget = Budget(calls=options.budget_calls, dollars=options.budget_dollars)
    bounded(budget, model.info)
    stop = asyncio.Event()

    request = await _request(reconst, options.notebook, news)
    estimate = request.model_copy(update={"estimate": True})
    stands = await _ended(reconst, estimate, model, stop, lambda row: None)
    for line in _asking(stands):
        print(spelled(line))
    if stands.accept not in {digest.lower() for digest in options.accept}:
        raise NotAccepted(
            "Nobody here has accepted that. Nothing was sent.", remedy=f"Read it, then say --accept {stands.accept}"
        )
    accepted = request.model_copy(update={"accept": stands.accept, "budget": budget})
    rows: list[Foreseen] = []

    def told(row: Foreseen) -> None:
        rows.append(row)
        print(spelled(f"{len(rows)}/{len(stands.prompts)} {_line(row)}"), file=sys.stderr, flush=True)

    with stopping(asyncio.get_running_loop(), stop):
        stands = await _ended(reconst, accepted, model, stop, told)
    for row in sorted(rows, key=lambda row: list(_WORDS).index(row.effect)):
        print(spelled(_line(row)))
        if row.effect != "unchanged":
            print(spelled(f"    without it: {row.before.why}\n    with it: {row.after.why}"))
    print(f"{len(rows)} of {len(stands.prompts)} kept cases tried, {stands.calls} calls.")
    if any(row.effect == "regression" for row in rows):
        return DIFFERENT
    return TROUBLE if stands.left or any(row.effect == "unsure" for row in rows) else SAME


async def _ended(
    reconst: Reconst, request: Foresee, model: Model, stop: asyncio.Event, told: Callable[[Foreseen], None]
) -> Foresight:
    """How it stood last; each case is told as it comes."""
    stands: Foresight | None = None
    events = foresee(reconst.ports, reconst.person, request, stop, model=model, carried=True)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Foreseen):
                told(event)
            elif isinstance(event, Foresight):
                stands = event
    assert stands is not None
    return stands


async def _request(reconst: Reconst, notebook: Path, news: _News) -> Foresee:
    """All that the pack offers, as if a person had ticked it."""
    document = await opened(reconst.ports, reconst.person, str(notebook))
    assert news.pack.published is not None
    file = TextFile(name=f"{news.pack.title[:200]}.md", text=dump(news.pack.published.front, news.brought))
    offer = offered(document, file)
    return Foresee(
        id=reconst.ports.clock.id(),
        path=str(notebook),
        file=file,
        digest=offer.constitution.digest,
        articles=tuple(article.id for article in offer.constitution.articles),
        preamble=bool(offer.constitution.preamble),
    )


def _asking(stands: Foresight) -> Iterator[str]:
    """What trying it sends, and what it takes."""
    count, cases = len(stands.articles), len(stands.prompts)
    articles = f"{count} article{'s' if count != 1 else ''} that nobody here has accepted"
    yield f"Trying it sends {articles} and {cases} kept case{'s' if cases != 1 else ''} to {stands.model},"
    yield f"for these calls alone, at most {stands.most} of them:"
    yield from (f"  article: {title}" for title in stands.articles)
    yield from (f"  case: {textwrap.shorten(prompt, 100, placeholder=' …')}" for prompt in stands.prompts)


def _line(row: Foreseen) -> str:
    prompt = textwrap.shorten(row.case.prompt, 80, placeholder=" …")
    return f"{_WORDS[row.effect]}: {row.article}: {prompt}"
