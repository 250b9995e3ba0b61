"""`jupyter reconst export` and `import`: files that people share, read as text and never put in force."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from jupyter_reconst.core.constitution import Import
from jupyter_reconst.core.errors import BadInput, Malformed
from jupyter_reconst.core.notebook import HEAD, Reading, ours, read, understood
from jupyter_reconst.core.review import hidden
from jupyter_reconst.core.sharing.adopting import Adoption, Step, adoption
from jupyter_reconst.core.sharing.pinning import pin_of
from jupyter_reconst.core.sharing.published import Published
from jupyter_reconst.core.visible import noticed, spelled

_SIDES = {"When": "when", "Then": "then", "Source": "source", "Why": "why"}


def export_notebook(options: argparse.Namespace) -> int:
    """Write the file, or print it; what it carries besides the articles is said on stderr."""
    from jupyter_reconst.acts.export import export

    path: Path = options.notebook
    front, reading = _source(path)
    given = {name: getattr(options, name) for name in ("name", "version", "authors", "licence")}
    front = front.model_copy(update={name: value for name, value in given.items() if value is not None})
    text = export(front, reading, options.format)
    for key in reading.problems:
        print(spelled(f"cannot be read, and is not in it: {key}"), file=sys.stderr)
    if options.output is None:
        printed(text)
    else:
        written(options.output, text, options.force)
    if options.format == "markdown":
        words = sum(len(article.provenance.words) for article in reading.revisions)
        names = {a.provenance.author for a in reading.revisions} | {c.provenance.author for c in reading.cases}
        said = f"{len(reading.constitution.articles)} articles, {len(reading.revisions)} revisions, "
        said += (
            f"{len(reading.cases)} cases, {words} quotations; names: {', '.join(sorted(filter(None, names))) or 'none'}"
        )
        print(spelled(said), file=sys.stderr)
    return 0


def import_file(options: argparse.Namespace) -> int:
    """Put the articles of a file or a pack into a notebook, as text that nobody here has accepted."""
    from jupyter_reconst.notebook.file import load, save
    from jupyter_reconst.wiring import SystemClock

    published, pack = brought(options.file)
    content = load(options.notebook)
    metadata = content.setdefault("metadata", {})
    if not isinstance(metadata, dict):
        raise BadInput(f"{options.notebook.name} is not a notebook in format 4.")
    held = understood(read(ours(metadata)), options.notebook.name)
    if HEAD in held.problems:
        raise BadInput(
            f"{options.notebook.name} holds {HEAD}, which cannot be read.", remedy="Mend or remove that key."
        )
    before = pin_of(held, pack) if pack else None
    pin = Import(id=SystemClock().id(), pack=pack, digest=published.reading.constitution.digest) if pack else None
    found = adoption(held, published.reading, pin)
    _told(found, before, pin, differences=options.diff)
    if published.edited:
        print("It says other words than those that it was published with: its digest is another.", file=sys.stderr)
    if options.diff or not found.writes:
        return 0
    save(options.output or options.notebook, content | {"metadata": metadata | found.writes})
    _warned(published.reading)
    print("Nothing of it is sent until you accept it: open the notebook and review it there, or read it with")
    print(spelled(f"jupyter reconst show {options.output or options.notebook}"))
    return 0


def _source(path: Path) -> tuple[Any, Reading]:
    """What a notebook, or a file that was published before, says."""
    from jupyter_reconst.core.sharing.front import Front
    from jupyter_reconst.core.sharing.loading import load as load_published
    from jupyter_reconst.notebook.file import load
    from jupyter_reconst.packs.shelf import text_of

    if path.suffix == ".md":
        published = load_published(text_of(path))
        return published.front, published.reading
    metadata = load(path).get("metadata")
    reading = read(ours(metadata) if isinstance(metadata, dict) else {})
    return Front(name=path.stem[:200]), understood(reading, path.name)


def brought(source: str) -> tuple[Published, str]:
    """What a file, a folder or a pack brings, and the name that a pin gives it."""
    from jupyter_reconst.core.sharing.foreign import foreign, unused
    from jupyter_reconst.core.sharing.front import ours as is_published
    from jupyter_reconst.core.sharing.loading import load
    from jupyter_reconst.packs.shelf import in_folder, text_of
    from jupyter_reconst.wiring import headless, wiki_of

    path = Path(source)
    if path.is_dir():
        packs = [pack for pack in in_folder(path) if pack.published]
        if len(packs) != 1:
            names = ", ".join(pack.path.name for pack in packs) or "none"
            raise BadInput(f"The packs in this folder: {names}.", remedy="Name the file of one of them.")
        path = packs[0].path
    elif not path.exists():
        pack = asyncio.run(wiki_of(headless()).pack(source))
        return pack.published or Published(), pack.name[:200]
    if path.suffix == ".ipynb":
        raise BadInput(f"{path.name} is a notebook.", remedy="Export it first, then import what was exported.")
    text = text_of(path)
    if not is_published(text):
        for line in unused(text):
            print(spelled(f"has no counterpart here, and was left: {line}"), file=sys.stderr)
        found = foreign(text, path.name)
        if not (found.reading.revisions or found.reading.preambles):
            raise Malformed(f"There is nothing in {path.name}.")
        return found, ""
    published = load(text)
    return published, published.front.name


def _told(found: Adoption, before: Import | None, pin: Import | None, *, differences: bool) -> None:
    """What changes, article by article."""
    if pin and before and before.digest != pin.digest:
        print(spelled(f"{pin.pack}: from {before.digest[:12]} to {pin.digest[:12]}"))
    for step in found.steps:
        print(spelled(f"{step.news}: {step.title}"))
        if differences and step.news not in ("same", "kept"):
            for line in _difference(step):
                print(spelled(line))
    if found.preamble:
        print({"kept": "The notebook keeps its own preamble."}.get(found.preamble, f"{found.preamble}: the preamble"))
    if found.cases:
        print(f"new: {found.cases} kept case{'s' if found.cases > 1 else ''}")
    if not found.writes:
        print("There is nothing in it that the notebook does not hold.")


def _difference(step: Step) -> list[str]:
    """The clauses that differ: what stands, and what would."""
    lines = []
    for label, name in {"Title": "title", **_SIDES}.items():
        old, new = (getattr(article, name) if article else "" for article in (step.before, step.after))
        if old != new:
            lines += [
                f"    {sign} {label}: {' '.join(text.split())}" for sign, text in (("-", old), ("+", new)) if text
            ]
    return lines


def _warned(reading: Reading) -> None:
    """What deserves a second look before it is accepted."""
    law = reading.constitution
    for text in hidden(law):
        print(f"{text.count} hidden characters in {text.where}: {text.text}", file=sys.stderr)
    texts = [law.preamble, *(getattr(article, name) for article in law.articles for name in _SIDES.values())]
    for found in dict.fromkeys((hint.kind, hint.text) for text in texts for hint in noticed(text)):
        said = "names an address" if found[0] == "address" else "speaks of keeping something back"
        print(spelled(f"{said}: {found[1]}"), file=sys.stderr)


def printed(text: str) -> None:
    """To a person, hidden characters are spelled out; a pipe gets the file itself, in UTF-8."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or sys.stdout.isatty():
        sys.stdout.write(spelled(text))
        return
    sys.stdout.flush()
    binary.write(text.encode("utf-8"))
    binary.flush()


def written(path: Path, text: str, force: bool) -> None:
    """A file that is there is somebody's; a notebook is never written over."""
    from jupyter_reconst.notebook.file import write

    if path.suffix == ".ipynb":
        raise BadInput(f"{path.name} is a notebook, and would be overwritten.", remedy="Name another file.")
    if path.exists() and not force:
        raise BadInput(f"{path.name} is there already.", remedy="Name another file, or say --force.")
    try:
        write(path, text)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be written: {error.strerror}.") from error
    except ValueError as error:
        raise BadInput(f"{path} is not the name of a file.", remedy="Name a file.") from error
