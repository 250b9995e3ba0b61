"""`jupyter reconst diff`, `merge` and `git-setup`: what differs, in words; one notebook of two; and git's part in it.

Results go to stdout, what went wrong to stderr. As `diff` and git have it: 0 nothing to do, 1 something, 2 trouble.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from jupyter_reconst.core.comparing import Comparison, Difference, Field, compare
from jupyter_reconst.core.errors import BadInput, ReconstError
from jupyter_reconst.core.notebook import understood
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.checking import say

SAME, DIFFERENT, TROUBLE = 0, 1, 2


def diff_notebooks(options: argparse.Namespace) -> int:
    """Compare two notebooks' constitutions."""
    from jupyter_reconst.doors.versions import named

    try:
        before, after = (understood(named(path), path.name) for path in (options.before, options.after))
    except ReconstError as error:
        say(error.problem())
        return TROUBLE
    for key in (*before.problems, *after.problems):
        print(spelled(f"cannot be read, and was not compared: {key}"), file=sys.stderr)
    found = compare(before, after)
    if options.json:
        print(found.model_dump_json(indent=1))
    else:
        for line in differences(found):
            print(spelled(line))
    return SAME if found.same else DIFFERENT


def merge_notebooks(options: argparse.Namespace) -> int:
    """Merge two notebooks that come from one, or a pack into one, and say what is left to settle."""
    from jupyter_reconst.doors.joining import join_pack, replayed

    status = _merged(options) if options.theirs else join_pack(options)
    out = options.output or (options.ours if options.theirs else options.base)
    return max(status, replayed(options, out)) if options.replay and status != TROUBLE else status


def _merged(options: argparse.Namespace) -> int:
    """Three notebooks become one."""
    from jupyter_reconst.doors.cli import writable
    from jupyter_reconst.notebook.file import write
    from jupyter_reconst.notebook.merging import merge_files

    out: Path = options.output or options.ours
    try:
        writable(out, options.force)
        outcome = merge_files(options.base, options.ours, options.theirs)
        try:
            write(out, outcome.text)
        except OSError as error:
            raise BadInput(f"{out} cannot be written: {error.strerror}.") from error
    except ReconstError as error:
        say(error.problem())
        return TROUBLE
    for conflict in outcome.merged.conflicts:
        title = conflict.heads[0].title
        print(
            spelled(
                f"Conflict: both sides changed the article “{title}”. Both versions are kept; choose in the sidebar."
            )
        )
    if outcome.merged.preamble:
        print("Conflict: both sides changed the preamble. Both versions are kept; the newer one stands.")
    for key in outcome.merged.rewritten:
        print(spelled(f"Conflict: both sides rewrote {key}. Ours is kept."))
    if outcome.by == "git":
        print("The cells were merged by git, line by line: nbdime, which knows cells, is not installed or has failed.")
    if outcome.conflicts:
        place = (
            "which hold both sides" if outcome.by == "nbdime" else "marked in the file: it is no notebook until then"
        )
        print(f"Conflict: in the cells, {place}.")
    return SAME if outcome.merged.clean and not outcome.conflicts else DIFFERENT


def setup_git(options: argparse.Namespace) -> int:
    """Have git merge notebooks with `jupyter reconst merge` in one repository, or no longer."""
    from jupyter_reconst.notebook.git import set_up, undo

    said = (undo if options.undo else set_up)(options.folder)
    for line in said:
        print(line)
    if not said:
        print("There is nothing to take back." if options.undo else "It is set up already.")
    elif not options.undo:
        print("Commit .gitattributes. Other clones merge notebooks as text until this is said there too.")
    return 0


def differences(found: Comparison) -> Iterator[str]:
    """What differs, in lines: article by article, word by word."""
    if found.preamble:
        yield "preamble: revised"
        yield _words(found.preamble)
    for difference in found.articles:
        yield f"{', '.join(_how(difference))}: {difference.title}"
        for field in difference.fields:
            yield _words(field)
    for case in found.cases:
        yield f"case {case.how}: {textwrap.shorten(case.prompt, 100, placeholder=' …')}"


def _how(difference: Difference) -> Iterator[str]:
    words = {"disputed": "in conflict", "settled": "no longer in conflict"}
    return (words.get(how, how) for how in difference.how)


def _words(field: Field) -> str:
    from jupyter_reconst.acts.distance import edited

    return f"    {field.name.upper()} {edited(field.before, field.after)}"
