"""The styles that we ship: published constitutions in `styles/`, as anybody can read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.styles import Style

_HERE = Path(__file__).parent / "styles"


@cache
def styles() -> dict[str, Style]:
    """Every style by its name, in the order of their names."""
    return {path.stem: _style(path) for path in sorted(_HERE.glob("*.md"))}


def picked(reading: Reading) -> tuple[Style | None, str]:
    """The style that a notebook names, or words for one that has no effect; neither where it names none."""
    pick = reading.style
    if pick is None:
        return None, ""
    style = styles().get(pick.name)
    if style is None:
        return None, f"The notebook's style “{pick.name}”, which is not one of ours,"
    if style.law.digest != pick.digest:
        return None, f"The notebook's style “{pick.name}”, which has other words here,"
    return style, ""


def _style(path: Path) -> Style:
    text = path.read_text("utf-8")
    published = load(text)
    return Style(path.stem, published.front.name, text, published.reading.constitution)
