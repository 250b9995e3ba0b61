"""`jupyter reconst show`, `promote` and `copy-down`: which scope an article comes from, and moving it."""

from __future__ import annotations

import argparse
import sys

from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import BadInput, NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Change
from jupyter_reconst.core.scopes import Layer, disputed, laid
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.changing import carried_out


def show_law(options: argparse.Namespace) -> int:
    """Print what a notebook and the scopes around it say, and the digest of all that is sent."""
    from jupyter_reconst.doors.agreeing import show_agreeing
    from jupyter_reconst.doors.versions import named, show_history
    from jupyter_reconst.wiring import around, headless

    reading = named(options.notebook)
    if options.history:
        show_history(reading)
        return 0
    layers = around(headless(), options.notebook) if options.notebook.exists() else ()
    outer = [(layer.scope, layer.reading.constitution) for layer in layers]
    law = laid([*outer, ("notebook", reading.constitution)])
    for number, article in enumerate(law.articles, 1):
        state = "" if article.enabled else " (off)"
        print(spelled(f"{number}. {article.title}{state}{_from(layers, law.scope(article.id))}"))
        print(spelled(article.draft.clauses))
        for beneath in disputed(law):
            if beneath.article.id == article.id:
                print(spelled(f"   instead of THEN {beneath.article.then}{_from(layers, beneath.scope)}"))
    if reading.newer:
        print("A newer version of jupyter_reconst wrote it: some of it may be missing here.", file=sys.stderr)
    for problem in (*reading.problems, *(f"{layer.place}: {layer.problem}" for layer in layers if layer.problem)):
        print(spelled(f"cannot be read: {problem}"), file=sys.stderr)
    print(f"digest {law.digest}")
    show_agreeing(reading)
    if options.cases:
        from jupyter_reconst.doors.checking import show_cases

        show_cases(reading, law)
    return 0


def promote_article(options: argparse.Namespace) -> int:
    """Move an article to a farther scope, or take its last promotion back."""
    from jupyter_reconst.acts.demote import demote
    from jupyter_reconst.acts.inforce import constitution_in_force
    from jupyter_reconst.acts.promote import promote
    from jupyter_reconst.core.requests import Demote, Promote

    async def act(ports: Ports, person: Person, document: Document) -> Change:
        law = await constitution_in_force(ports, person, document)
        if options.undo:
            last = await _last(ports, person, document, options.article, law)
            return await demote(ports, person, Demote(id=ports.clock.id(), path=document.path, promotion=last))
        article = _article(law, options.article)
        request = Promote(id=ports.clock.id(), path=document.path, article=article.id, to=options.to)
        return await promote(ports, person, request)

    return carried_out(options, act, _placed)


def copy_article(options: argparse.Namespace) -> int:
    """Copy an article of a farther scope into the notebook, or take the copy out again."""
    from jupyter_reconst.acts.inforce import constitution_in_force
    from jupyter_reconst.acts.ratify import ratify
    from jupyter_reconst.core.amendments import Amendment
    from jupyter_reconst.core.requests import Ratify

    async def act(ports: Ports, person: Person, document: Document) -> Change:
        law = await constitution_in_force(ports, person, document)
        article, id = _article(law, options.article), ports.clock.id()
        copied = article.id not in law.scopes
        if options.undo and not (copied and any(b.article.id == article.id for b in law.beneath)):
            raise BadInput(f"“{article.title}” is no copy of an article of a farther scope.")
        if copied and not options.undo:
            raise BadInput(f"“{article.title}” is the notebook’s own already.")
        if options.undo:
            amendment = Amendment(id=id, action="repeal", article=article.id, base=article.revision)
        else:
            amendment = Amendment(id=id, action="add", article=article.id, draft=article.draft)
        return await ratify(ports, person, Ratify(id=id, path=document.path, amendment=amendment))

    return carried_out(options, act, _placed)


async def _placed(ports: Ports, person: Person, document: Document, change: Change) -> str:
    """Where the article comes from now."""
    from jupyter_reconst.acts.inforce import constitution_in_force

    law = await constitution_in_force(ports, person, document)
    found = next((a for a in law.articles if change.article and a.id == change.article.id), change.article)
    return f"“{found.title}”{_from(document.around, law.scope(found.id))}" if found else "Done."


def _article(law: Constitution, name: str) -> Article:
    """The article of this number, id or title, as `show` says them. Raises NotFound."""
    numbered = law.articles[int(name) - 1 : int(name)] if name.isdigit() and int(name) else ()
    found = numbered or tuple(a for a in law.articles if name in (a.id, a.title))
    if len(found) != 1:
        raise NotFound(f"What is in force for you has no article {name}.", remedy="Look at `jupyter reconst show`.")
    return found[0]


async def _last(ports: Ports, person: Person, document: Document, name: str, law: Constitution) -> str:
    """The last promotion of an article in this notebook. Raises NotFound."""
    article = _article(law, name)
    lines: list[Event] = await ports.journal.events(
        person.owner, kind="ratification", notebook=document.notebook, subject=article.id, newest_first=True
    )
    found = next((line.id for line in lines if line.body.get("promoted")), None)
    if found is None:
        raise NotFound(f"“{article.title}” was not promoted from this notebook.")
    return found


def _from(layers: tuple[Layer, ...], scope: str) -> str:
    """Where an article comes from, where that is not the notebook."""
    place = next((layer.place for layer in layers if layer.scope == scope), None)
    return f" [{scope}: {place}]" if place else ""
