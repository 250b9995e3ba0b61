"""`jupyter reconst`: run, check, clashes, formalize, persuade, show, promote, copy-down, vote, diff, merge, git-setup,
export, import, packs, offer, updates, report, pairs, references, library, travels, strip, backup, restore.

Each command is a few lines over an act. A notebook that a running server holds open is not written, unless forced: the
browser's copy would win, and somebody's words would be lost.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from jupyter_reconst import __version__
from jupyter_reconst.core.errors import BadInput, ReconstError
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors import taking


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 refused, 2 not understood."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # A terminal that lacks a letter ends no command.
    refusal: ReconstError
    try:
        return command(options)
    except ReconstError as error:
        refusal = error
    except OSError as error:
        refusal = BadInput(f"{error.filename or 'A file'} cannot be read or written: {error.strerror}.")
    print(spelled(f"{refusal.message}\n{refusal.advice}\n({refusal.code})"), file=sys.stderr)
    return 1


def run(options: argparse.Namespace) -> int:
    """Run every cell of a notebook in order; prompts that have not changed show their recorded reply."""
    from jupyter_reconst.doors.execute import run_notebook

    out = options.output or options.notebook
    writable(out, options.force)
    return run_notebook(options.notebook, out, accept=options.accept, timeout=options.timeout)


def check(options: argparse.Namespace) -> int:
    """Replay the kept cases of notebooks: does each still show what a person said it should?"""
    from jupyter_reconst.doors.checking import check_notebooks

    return check_notebooks(options)


def clashes(options: argparse.Namespace) -> int:
    """Look for articles of notebooks that clash, and for those that change nothing."""
    from jupyter_reconst.doors.clashing import find_clashes

    return find_clashes(options)


def formalize(options: argparse.Namespace) -> int:
    """Check an argument: a passage as premises and a claim, and whether a prover finds that it follows."""
    from jupyter_reconst.doors.formalizing import formalize_passage

    return formalize_passage(options)


def persuade(options: argparse.Namespace) -> int:
    """Test a judge: can replies talk it into another answer? 208 calls, none of them twice."""
    from jupyter_reconst.doors.persuading import persuade_judge

    return persuade_judge(options)


def show(options: argparse.Namespace) -> int:
    """Print what the notebook's constitution and the scopes around it say, and the digest of all that is sent."""
    from jupyter_reconst.doors.scoping import show_law

    return show_law(options)


def promote(options: argparse.Namespace) -> int:
    """Move an article of the notebook to its project, or to all your notebooks."""
    from jupyter_reconst.doors.scoping import promote_article

    return promote_article(options)


def copy_down(options: argparse.Namespace) -> int:
    """Copy an article of the project, or of all your notebooks, into the notebook."""
    from jupyter_reconst.doors.scoping import copy_article

    return copy_article(options)


def vote(options: argparse.Namespace) -> int:
    """Say what you think of a proposal in a notebook: agree, pass or disagree."""
    from jupyter_reconst.doors.agreeing import cast_vote

    return cast_vote(options)


def diff(options: argparse.Namespace) -> int:
    """Say how two notebooks' constitutions differ, article by article and word by word."""
    from jupyter_reconst.doors.merging import diff_notebooks

    return diff_notebooks(options)


def merge(options: argparse.Namespace) -> int:
    """Merge two notebooks that come from one, or a pack into one: no article is lost, conflicts are marked."""
    from jupyter_reconst.doors.merging import merge_notebooks

    return merge_notebooks(options)


def git_setup(options: argparse.Namespace) -> int:
    """Have git merge the notebooks of a repository with `jupyter reconst merge`."""
    from jupyter_reconst.doors.merging import setup_git

    return setup_git(options)


def export(options: argparse.Namespace) -> int:
    """Write a notebook's constitution as a file: our Markdown, or what other tools read."""
    from jupyter_reconst.doors.sharing import export_notebook

    return export_notebook(options)


def import_(options: argparse.Namespace) -> int:
    """Put the articles of a file or a pack into a notebook, as text to review; nothing is in force by it."""
    from jupyter_reconst.doors.sharing import import_file

    if not options.diff:
        writable(options.output or options.notebook, options.force)
    return import_file(options)


def updates(options: argparse.Namespace) -> int:
    """Say what the packs that a notebook has copied say now, and with --impact what that does to its kept cases."""
    from jupyter_reconst.doors.updating import show_updates

    return show_updates(options)


def offer(options: argparse.Namespace) -> int:
    """Write an article of a notebook as a patch of a pack's file, for its authors: `git apply` takes it."""
    from jupyter_reconst.doors.packs import offer_article

    return offer_article(options)


def packs(options: argparse.Namespace) -> int:
    """List the packs that there are, or those in a folder; with --search, the articles that hold some words."""
    from jupyter_reconst.doors.packs import list_packs

    return list_packs(options)


def report(options: argparse.Namespace) -> int:
    """Write a report on a turn, a highlight or an article for those who tune models or tools; nothing is sent."""
    from jupyter_reconst.doors.reporting import write_report

    return write_report(options)


def pairs(options: argparse.Namespace) -> int:
    """Write which answers you preferred to which, as pairs to learn from; nobody is sent anything."""
    from jupyter_reconst.doors.preferring import export_pairs

    return export_pairs(options)


def references(options: argparse.Namespace) -> int:
    """Check the references of a notebook's replies; 1 where one is not found, differs, or is marked wrong."""
    from jupyter_reconst.doors.citing import check_references

    return check_references(options)


def library(options: argparse.Namespace) -> int:
    """Your library: bibliographies, and folders of texts that replies may quote."""
    from jupyter_reconst.doors.shelving import use_library

    return use_library(options)


def travels(options: argparse.Namespace) -> int:
    """List what the notebook carries of ours."""
    from jupyter_reconst.doors.storing import list_carried

    return list_carried(options)


def strip(options: argparse.Namespace) -> int:
    """Take everything of ours out of the notebook."""
    from jupyter_reconst.doors.storing import strip_notebook

    return strip_notebook(options)


def backup(options: argparse.Namespace) -> int:
    """Write a consistent copy of the feedback store."""
    from jupyter_reconst.doors.storing import copy_store

    return copy_store(options)


def restore(options: argparse.Namespace) -> int:
    """Put a copy of the feedback store in place; the present one is kept beside it."""
    from jupyter_reconst.doors.storing import put_back_store

    return put_back_store(options)


def writable(path: Path, force: bool) -> None:
    """Whether a notebook may be written. Raises BadInput where a running server holds it open, or it has no folder."""
    from jupyter_reconst.doors.remote import holds, running

    if not path.parent.is_dir():
        raise BadInput(f"{path.name} cannot be written: its folder is not there.", remedy="Make the folder first.")
    if not force and any(holds(server, path) for server in running()):
        message = f"{path.name} is open in a running Jupyter server."
        raise BadInput(message, remedy="Close it there, write to another file with --output, or say --force.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jupyter reconst", description="Reconstitution without a browser.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        command: Callable[[argparse.Namespace], int], *, notebook: bool = False, writes: bool = False
    ) -> argparse.ArgumentParser:
        name = command.__name__.strip("_").replace("_", "-")
        added = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        added.set_defaults(command=command)
        if notebook:
            added.add_argument("notebook", type=Path)
        if writes:
            added.add_argument("-o", "--output", type=Path, help="write here instead of into the notebook")
            added.add_argument("--force", action="store_true", help="write even if a server has it open")
        return added

    runs = add(run, notebook=True, writes=True)
    accepts = "send the notebook's constitution if it has this digest"
    runs.add_argument("--accept", metavar="DIGEST", type=taking.digest, help=accepts)
    runs.add_argument("--timeout", type=float, default=None, help="seconds that one cell may take")
    taking.checks(add(check))
    taking.clashes(add(clashes))
    taking.formalizes(add(formalize))
    judge = add(persuade)
    judge.add_argument("--profile", help="the model of this profile instead of the chosen one")
    judge.add_argument("--budget-calls", type=taking.positive(int), metavar="N", help="make at most so many calls")
    shows = add(show, notebook=True)
    shows.add_argument("--cases", action="store_true", help="the kept cases too: what check sends")
    shows.add_argument(
        "--history", action="store_true", help="every revision instead, and whether it was altered since"
    )
    taking.moves(add(promote, notebook=True), add(copy_down, notebook=True))
    taking.votes(add(vote, notebook=True))
    differs = add(diff)
    differs.add_argument("before", type=Path, metavar="A")
    differs.add_argument("after", type=Path, metavar="B")
    differs.add_argument("--json", action="store_true", help="everything that differs, as JSON")
    merges = add(merge, writes=True)
    merges.add_argument("base", type=Path, metavar="BASE", help="what both come from; or the notebook, before a pack")
    merges.add_argument("ours", type=Path, metavar="OURS", help="our notebook; or the pack: a file, or its name")
    merges.add_argument("theirs", type=Path, metavar="THEIRS", nargs="?", help="their notebook; not with a pack")
    merges.add_argument("--replay", action="store_true", help="check the kept cases of both sides on the result")
    taking.spends(merges, covers="the result's constitution and cases")
    sets = add(git_setup)
    sets.add_argument("folder", type=Path, nargs="?", default=Path(), help="a folder of the repository; this one")
    sets.add_argument("--undo", action="store_true", help="take back what this wrote")
    taking.shares(add(export, notebook=True), add(import_))
    lists = add(packs)
    lists.add_argument("folder", type=Path, nargs="?", help="list the packs in this folder instead")
    lists.add_argument("--search", metavar="WORDS", help="list the articles that hold all of these words")
    offers = add(offer, notebook=True)
    offers.add_argument("article", help="its number in `show`, its title, or its id")
    offers.add_argument("pack", help="the name of a pack")
    offers.add_argument("--cases", action="store_true", help="its kept cases too: their prompts and replies")
    offers.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead of to the screen")
    offers.add_argument("--force", action="store_true", help="write over a file that is there")
    looks = add(updates, notebook=True)
    looks.add_argument("pack", nargs="?", help="look at this pack alone")
    looks.add_argument("--impact", action="store_true", help="replay the kept cases with it and without it")
    taking.spends(looks, covers="what trying it sends")
    taking.reports(add(report, notebook=True))
    prefers = add(pairs)
    prefers.add_argument("act", choices=("export",), help="write them down")
    prefers.add_argument("--as", dest="format", choices=("jsonl", "csv"), default="jsonl", help="(default: jsonl)")
    prefers.add_argument("--all", action="store_true", help="also what others may have put words into")
    prefers.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead of to the screen")
    prefers.add_argument("--force", action="store_true", help="write over a file that is there")
    cites = add(references)
    cites.add_argument("notebook", type=Path)
    cites.add_argument("--lookup", action="store_true", help="ask the services that the operator's settings name")
    cites.add_argument("--json", action="store_true", help="print JSON")
    taking.shelves(add(library))
    add(travels, notebook=True)
    add(strip, notebook=True, writes=True)
    for command in (backup, restore):
        add(command).add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
