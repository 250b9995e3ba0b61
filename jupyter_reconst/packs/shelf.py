"""Where packs come from: this package, other installed packages, and files and folders that a person names.

An installed package offers packs under the entry point group `jupyter_reconst.packs`; the value names the package whose
folder holds the Markdown. Nothing of it is imported or run: its files are read. A name is looked up in what was found,
and never made into a path.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from jupyter_reconst.core.errors import BadInput, Malformed
from jupyter_reconst.core.sharing.front import ours
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.record import MOST_BYTES, decoded
from jupyter_reconst.core.sharing.wiki import Pack

GROUP = "jupyter_reconst.packs"
_OWN = Path(__file__).parent
_STYLES = _OWN.parent / "prompts" / "styles"
_MOST_FILES = 500


def shelf() -> list[Pack]:
    """Every installed pack, ours first, and our styles, which can be copied and edited like any pack."""
    found = [*_in(_OWN, "", "jupyter_reconst"), *_in(_STYLES, "style:", "jupyter_reconst styles")]
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        source = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
        folder = _folder(entry.value)
        if folder:
            found += _in(folder, f"{entry.name}:", source)
        else:
            found.append(Pack(entry.name, source, Path(), None, "Its folder is not there."))
    return found


def in_folder(folder: Path) -> list[Pack]:
    """The packs that lie in a folder, not below it."""
    return list(_in(folder, "", str(folder)))


def text_of(path: Path) -> str:
    """The text of a file that a person named. Raises BadInput for what is no file, Malformed for what it may not be."""
    try:
        with path.open("rb") as file:
            return decoded(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error


def _in(folder: Path, prefix: str, source: str) -> Iterator[Pack]:
    """Published files of a folder; other Markdown is none of our business. A link that leads out is not followed."""
    root = folder.resolve()
    for path in sorted(folder.glob("*.md"))[:_MOST_FILES]:
        try:
            if not path.resolve().is_relative_to(root) or not stat.S_ISREG(path.stat().st_mode):
                continue
            text = text_of(path)
        except (OSError, BadInput):
            continue
        if not ours(text):
            continue
        try:
            yield Pack(f"{prefix}{path.stem}", source, path, load(text))
        except Malformed as error:
            yield Pack(f"{prefix}{path.stem}", source, path, None, error.message)


def _folder(package: str) -> Path | None:
    """Where a package lies. Looking for `a.b` as Python does would run `a`: only the place of `a` is asked for."""
    top, *below = package.split(".")
    if not all(part.isidentifier() for part in (top, *below)):
        return None
    try:
        spec = find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return None
    places = spec.submodule_search_locations or () if spec else ()
    return next((folder for place in places if (folder := Path(place, *below)).is_dir()), None)
