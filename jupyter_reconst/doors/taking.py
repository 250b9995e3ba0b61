"""What the larger commands of `jupyter reconst` take. Nothing is imported that a command does."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path


def shelves(parser: argparse.ArgumentParser) -> None:
    """What `library` takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    adds = acts.add_parser("add", help="put files or folders in, and read what is new or changed in all of it")
    adds.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    acts.add_parser("update", help="read what is new or changed").set_defaults(paths=[])
    acts.add_parser("list", help="say what is in it")
    searches = acts.add_parser("search", help="print the passages that are nearest to some words")
    searches.add_argument("words", nargs="+", metavar="WORD")
    searches.add_argument("--limit", type=int, choices=range(1, 51), default=5, metavar="N", help="at most so many (5)")
    removes = acts.add_parser("remove", help="take a file or folder out; it stays where it is on the disk")
    removes.add_argument("path", type=Path, metavar="PATH")


def formalizes(parser: argparse.ArgumentParser) -> None:
    """What `formalize` takes."""
    parser.add_argument(
        "passage", metavar="PASSAGE", help="a text file, - for standard input, or a notebook with --cell"
    )
    parser.add_argument("--cell", metavar="CELL", help="a cell of the notebook, by id or number: its output or source")
    parser.add_argument("--anyway", action="store_true", help="also where the model finds it not worth it")
    parser.add_argument("--json", action="store_true", help="everything that was found, as JSON")
    parser.add_argument("--profile", help="ask the model of this profile instead of the chosen one")


def moves(promotes: argparse.ArgumentParser, copies: argparse.ArgumentParser) -> None:
    """What `promote` and `copy-down` take."""
    for moving in (promotes, copies):
        moving.add_argument("article", metavar="ARTICLE", help="its number, id or title, as show says them")
        moving.add_argument("--force", action="store_true", help="write even if a server has the notebook open")
    way = promotes.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", choices=("project", "user"), help="the project's file, or the one for all your notebooks")
    way.add_argument("--undo", action="store_true", help="take its last promotion from this notebook back")
    copies.add_argument("--undo", action="store_true", help="take the copy out again")


def votes(parser: argparse.ArgumentParser) -> None:
    """What `vote` takes."""
    parser.add_argument("proposal", metavar="PROPOSAL", help="what show calls it: a digest of the words that you read")
    parser.add_argument("answer", choices=("agree", "pass", "disagree"))
    parser.add_argument("--why", metavar="TEXT", type=_short(200), default="", help="a line why")
    parser.add_argument(
        "--try", dest="provocation", metavar="PROMPT", type=_short(4_000), default="", help="a prompt that shows it"
    )
    parser.add_argument(
        "--name", type=_short(200), help="the name to vote under from now on, as you would say it in the sidebar"
    )
    parser.add_argument("--force", action="store_true", help="write even if a server has the notebook open")


def shares(exports: argparse.ArgumentParser, imports: argparse.ArgumentParser) -> None:
    """What `export` and `import` take."""
    forms = ("markdown", "agents", "claude", "cursor", "copilot", "model-spec", "prompt")
    exports.add_argument("--as", dest="format", choices=forms, default="markdown", help="for whom (default: markdown)")
    for name in ("name", "version", "authors", "licence"):
        exports.add_argument(f"--{name}", help=f"the {name} in the front matter")
    exports.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead of to the screen")
    exports.add_argument("--force", action="store_true", help="write over a file that is there")
    imports.add_argument("file", metavar="FILE", help="a file, a folder with one pack, or the name of a pack")
    imports.add_argument("notebook", type=Path)
    imports.add_argument("--diff", action="store_true", help="say what would change, and write nothing")
    imports.add_argument("-o", "--output", type=Path, help="write here instead of into the notebook")
    imports.add_argument("--force", action="store_true", help="write even if a server has it open")


def reports(parser: argparse.ArgumentParser) -> None:
    """What `report` takes."""
    about = parser.add_mutually_exclusive_group(required=True)
    for name in ("turn", "highlight", "article"):
        about.add_argument(f"--{name}", metavar="ID", help=f"the {name} that it is about")
    parser.add_argument("--format", choices=("md", "json"), default="md", help="Markdown (the default) or JSON")
    parser.add_argument("--without", metavar="PART", action="append", default=[], help="leave out this part")
    parser.add_argument("--replace", metavar="WORDS", action="append", default=[], help="replace these words too")
    parser.add_argument("--expected", metavar="TEXT", default="", help="what you had expected")
    parser.add_argument("--parts", action="store_true", help="list the parts instead")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead of to the screen")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def checks(parser: argparse.ArgumentParser) -> None:
    """What `check` takes."""
    _asks(parser, covers="a notebook's constitution and cases")
    parser.add_argument("--against", metavar="MODEL", help="ask this model of the same endpoint too, and compare")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write a report in Markdown")
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--resume", dest="fresh", action="store_false", help="do not ask what is recorded (the default)")
    again.add_argument("--fresh", dest="fresh", action="store_true", help="ask again what is recorded")
    parser.set_defaults(fresh=False)


def clashes(parser: argparse.ArgumentParser) -> None:
    """What `clashes` takes."""
    _asks(parser, covers="a notebook's constitution")
    parser.add_argument(
        "--estimate", action="store_true", help="ask nobody: what is on record, and what is left to ask"
    )


def _asks(parser: argparse.ArgumentParser, *, covers: str) -> None:
    """What every command takes that asks a model about notebooks, within a budget."""
    parser.add_argument("notebooks", type=Path, nargs="+", metavar="NOTEBOOK")
    spends(parser, covers=covers)


def spends(parser: argparse.ArgumentParser, *, covers: str) -> None:
    """Which model, what may be sent, and how much it may take."""
    parser.add_argument("--profile", help="ask the model of this profile instead of the chosen one")
    covers = f"send what this digest covers, {covers}; may be said several times"
    parser.add_argument("--accept", metavar="DIGEST", action="append", default=[], help=covers)
    parser.add_argument("--budget-calls", type=positive(int), metavar="N", help="make at most so many calls")
    parser.add_argument("--budget-dollars", type=positive(float), metavar="X", help="start no call once this is spent")


def digest(text: str) -> str:
    """The type of a digest: 64 hexadecimal digits."""
    if not re.fullmatch("[0-9a-f]{64}", text.lower()):
        raise ValueError
    return text.lower()


def positive(kind: Callable[[str], float]) -> Callable[[str], float]:
    """The type of a number above zero."""

    def positive(text: str) -> float:
        value = kind(text)
        if not 0 < value < float("inf"):
            raise ValueError
        return value

    return positive


def _short(most: int) -> Callable[[str], str]:
    def short(text: str) -> str:
        if len(text) > most:
            raise argparse.ArgumentTypeError(f"more than {most} characters")
        return text

    return short
