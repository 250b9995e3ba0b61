"""Docs that cannot lie: what they name exists, and what exists they name."""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import jsonschema
import pytest
from traitlets import HasTraits

from jupyter_reconst.config import Config
from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.notebook import read, read_annotations
from jupyter_reconst.core.sharing.exports import FORMATS
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import EXAMPLES, dump
from jupyter_reconst.doors import cli, magics
from jupyter_reconst.packs.shelf import shelf

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FORMAT = ROOT / "docs" / "contributors" / "notebook-format-v1.md"


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def run_py() -> argparse.ArgumentParser:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(ROOT))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT))
    parser: argparse.ArgumentParser = module.parser()
    return parser


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert "://" in link or (path.parent / link).exists(), link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_that_pages_name_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    known = commands(run_py())
    for name in re.findall(r"run\.py (\w+)", text):
        assert name in known, f"run.py {name}"
    ours = commands(cli._parser())
    for name in re.findall(r"jupyter reconst (\w[\w-]*)", text):
        assert name in ours, f"jupyter reconst {name}"
    for name in re.findall(r"run\.py bench (\w+)", text):
        assert (ROOT / "benchmarks" / f"{name}.py").exists(), f"bench {name}"


def test_every_command_is_documented() -> None:
    told = page("docs/users/command-line.md")
    for name, parser in commands(cli._parser()).items():
        assert f"`jupyter reconst {name} " in told, name
        for action in parser._actions:
            long = [option for option in action.option_strings if option.startswith("--") and option != "--help"]
            assert all(option in told for option in long), (name, long)
    for name in commands(run_py()):
        assert f"run.py {name}" in page("run.py") and any(f"run.py {name}" in p.read_text("utf-8") for p in PAGES), name


def test_every_benchmark_is_documented() -> None:
    told = page("docs/contributors/testing.md")
    for path in (ROOT / "benchmarks").glob("[!_]*.py"):
        assert f"| `{path.stem}` |" in told, path.stem


def test_every_option_of_the_magic_is_documented() -> None:
    told = page("docs/users/magics.md")
    options = re.findall(r"--\w+", magics.Magic.cell.__doc__ or "")
    assert options
    for option in options:
        assert f"`{option}" in told, option


def test_every_setting_is_documented_and_no_other() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", page("docs/operators/configuration.md"), re.MULTILINE))
    assert told == set(Config.class_own_traits(config=True)) - set(HasTraits.class_traits())
    for name, trait in Config.class_own_traits(config=True).items():
        assert trait.help, name


def _codes(error: type[ReconstError]) -> Iterator[str]:
    yield error.code
    for kind in error.__subclasses__():
        yield from _codes(kind)


def test_every_error_code_is_documented_and_no_other() -> None:
    told = set(re.findall(r"^\| `([\w…]+)` \|", page("docs/users/errors.md"), re.MULTILINE))
    written = [*(ROOT / "jupyter_reconst" / "doors").rglob("*.py"), *(ROOT / "src").rglob("*.ts")]
    said = re.compile(r"""(?:\brefuse\(\s*|code["']?[:=]\s*)["']([a-z]+(?:_[a-z]+)*)["']""")
    here = {
        code for path in written if ".spec." not in path.name for code in said.findall(path.read_text("utf-8"))
    } | set(_codes(ReconstError))
    assert told == here | {"http_…"}


def _examples() -> dict[str, dict[str, object]]:
    text = FORMAT.read_text("utf-8")
    found = re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = {key: re.search(r"```json\n(.*?)```", body, re.DOTALL) for key, body in found}
    return {key: json.loads(block[1]) for key, block in blocks.items() if block}


def test_examples_of_the_format_fit_its_schema_and_are_read() -> None:
    schema = json.loads(page("jupyter_reconst/schema/notebook-v1.json"))
    keyed: dict[str, dict[str, object]] = {}
    for pattern, value in _examples().items():
        names = ("id", "revision", "proposal")
        keyed[reduce(lambda key, name: key.replace(f"<{name}>", str(value.get(name))), names, pattern)] = value
    cell = {key: value for key, value in keyed.items() if key.startswith("reconst:annotation")}
    notebook = {key: value for key, value in keyed.items() if key not in cell}
    jsonschema.validate({"notebook": notebook, "cell": cell}, schema)
    reading = read(notebook)
    assert not reading.problems
    assert reading.head and reading.revisions and reading.preambles and reading.imports and reading.cases
    assert reading.rules and reading.proposals and [vote.of for vote in reading.votes] == [reading.proposals[0].digest]
    assert len(read_annotations(cell)) == 1
    documented = set(_examples())
    kept = {"reconst", "reconst:style"} | {
        re.sub(r"\^|\$|\[0-7\]\[0-9A-HJKMNP-TV-Z\]\{25\}", "", name).rstrip(":").replace("::", ":")
        for part in schema["properties"].values()
        for name in part["patternProperties"]
    }
    assert {re.sub(r"(:<\w+>)+$", "", name) for name in documented} == kept


def test_changelog_tells_of_this_version_in_known_kinds() -> None:
    text = page("CHANGELOG.md")
    version = json.loads(page("package.json"))["version"]
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == version
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Fixed", "Removed", "Security"}
    for line in text.splitlines():
        assert not line.startswith("-") or line.endswith((".", "`.")), line


def test_docs_name_no_machine() -> None:
    for path in PAGES:
        assert not re.search(r"/(work|root|home)/|registry\.", path.read_text("utf-8")), path


def test_the_example_of_a_published_file_is_read_and_told_whole() -> None:
    text = page("docs/users/sharing.md")
    blocks = re.findall(r"^````markdown\n(.*?)^````$", text, re.MULTILINE | re.DOTALL)
    published = load(blocks[0])
    law = published.reading.constitution
    assert law.preamble and law.articles[0].why and published.reading.cases[0].expects.without
    again = load(dump(published.front, published.reading))
    assert again.reading == published.reading and not again.edited
    for words in (
        *FORMATS,
        "markdown",
        "prompt",
        *Front.model_fields,
        *(pack.name for pack in shelf()),
        *EXAMPLES.values(),
    ):
        assert words in " ".join(text.split()), words
