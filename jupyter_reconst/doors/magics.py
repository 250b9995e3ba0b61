"""`%%reconst` asks; `%reconst` says what is in force; `%reconst use PATH` says which notebook this is.

A thin client: the server makes the calls. Without a server (papermill, nbconvert, `jupyter reconst run`) the same acts
run in this process. Everything heavy is imported when it is needed.
"""

from __future__ import annotations

import os
import queue
import shlex
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jupyter_reconst.doors.failing import Stopped, Unanswered, plainly, refuse

if TYPE_CHECKING:
    from jupyter_reconst.doors.show import Shown

_END = object()


class Events(Protocol):
    """The events of one call, read on one thread and closed from another; closing stops the model's call."""

    def __iter__(self) -> Iterator[dict[str, Any]]: ...

    def close(self) -> None:
        """Hang up."""
        ...


class Transport(Protocol):
    """How the acts are reached: the server, or this process."""

    def stream(self, verb: str, body: dict[str, Any]) -> Events:
        """The events of a stream."""
        ...

    def call(self, verb: str, body: dict[str, Any] | None) -> Any:
        """One answer; raises OSError where nobody answers, and Refused or ReconstError."""
        ...


class Magic:
    """The magics of one shell."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._transport: Transport | None = None
        self._notebook = os.environ.get("RECONST_NOTEBOOK")
        self._cell: str | None = None
        self._last: str | None = None
        self._numbers: dict[str, str] = {}

    def cell(self, line: str, prompt: str) -> None:
        """%%reconst [--again] [--new | --from CELL] [--keep last | --keep first | --keep CELL …] [--style NAME]
        [--library] [--outline | --mathematics] [--model NAME] [--profile NAME] [--attach CELL …]
        [--with N …] [--without N …]
        """
        options = _parse(line)
        body = {
            **self._place(),
            "prompt": prompt.strip("\n"),
            "again": options.again,
            "new": options.new,
            "from": options.from_,
            "keep": options.keep,
            "numbers": {name: self._numbers[name] for name in (options.from_, *options.keep) if name in self._numbers},
            "style": options.style,
            "library": options.library,
            "form": options.form,
            "model": options.model,
            "profile": options.profile,
            **self._attached(options.attach),
        }
        if not body["prompt"].strip():
            refuse("empty_prompt", "There is nothing to ask.", "Write a prompt under %%reconst.")
        if options.with_ or options.without:
            body |= self._chosen(options.with_, options.without)
        self._ask(body)

    def line(self, line: str) -> None:
        """%reconst | %reconst use PATH"""
        verb, rest = [*line.split(maxsplit=1), "", ""][:2]
        if verb == "use":
            self._notebook = _file(rest)
        elif verb == "at":
            self._cell = rest.strip()
        elif verb:
            refuse("bad_input", f"%reconst does not know “{verb}”.", "Use %reconst, %reconst use PATH, %%reconst.")
        else:
            with plainly():
                print(self._said())

    def _ask(self, body: dict[str, Any]) -> None:
        transport = self._reach()
        stream = transport.stream("ask", body)
        try:
            self._show(_pumped(stream), transport)
        except KeyboardInterrupt:
            # A second press, or one before there was anything to stop.
            raise Stopped from None
        except Unanswered as error:
            if error.problem["code"] == "outgrown":
                from jupyter_reconst.doors.show import offer

                offer(self._shell.display_pub, error.problem)
            raise
        finally:
            # Whatever ended it, no call goes on unseen.
            stream.close()

    def _show(self, events: _pumped, transport: Transport) -> None:
        """Draw the events as they come. A reply that has no end when this returns is shown as cut off."""
        shown: Shown | None = None
        stopped = False
        try:
            while True:
                try:
                    event = events.next(shown.due() if shown else None)
                    if event is _END:
                        break
                    shown = self._drawn(shown, event)
                except KeyboardInterrupt:
                    # The first press asks for the end and waits for the record; a second one leaves at once.
                    if stopped or shown is None or not _cancels(transport, shown.record["turn"]):
                        raise
                    stopped = True
        finally:
            if shown:
                shown.leave()
        if stopped:
            raise Stopped
        if shown is None or not shown.ended:
            refuse("server_gone", "The server went away before the reply was complete.", "Run this cell again.")

    def _drawn(self, shown: Shown | None, event: dict[str, Any] | None) -> Shown | None:
        """Draw one event, or what has waited to be drawn where there is none."""
        if event is None:
            if shown:
                shown.tick()
        elif event["type"] == "began":
            from jupyter_reconst.doors.show import Shown

            return Shown(self._shell.display_pub, event["record"])
        elif event["type"] == "failed":
            raise Unanswered(event["problem"])
        elif shown:
            shown.take(event)
            if shown.ended:
                self._last = shown.record["turn"]
                self._numbers[str(getattr(self._shell, "execution_count", ""))] = self._last
        return shown

    def _said(self) -> str:
        transport = self._reach()
        return _sentences(transport.call("inforce", self._here()), transport.call("status", None)["model"])

    def _place(self) -> dict[str, Any]:
        """Where this cell stands, as far as a kernel can know."""
        message = self._shell.get_parent() if hasattr(self._shell, "get_parent") else {}
        cell = (message.get("metadata") or {}).get("cellId") or self._cell
        return {
            "path": self._path(),
            "kernel": _kernel_id(),
            "connection": (message.get("header") or {}).get("session"),
            "cell": cell,
            "after": None if cell else self._last,
        }

    def _path(self) -> str | None:
        return self._notebook or os.environ.get("JPY_SESSION_NAME")

    def _attached(self, names: list[str]) -> dict[str, Any]:
        """What the person named on the magic's line: variables and input numbers by their text, cells by their id."""
        inputs, outputs = self._shell.user_ns.get("In", []), self._shell.user_ns.get("Out", {})
        texts, cells = [], []
        for name in names:
            if name.isdigit() and 0 < int(name) < len(inputs):
                output = outputs.get(int(name))
                text = "" if output is None else str(output)
                texts.append({"label": f"In [{name}]", "source": inputs[int(name)], "output": text})
            elif name in self._shell.user_ns:
                texts.append({"label": name, "source": name, "output": str(self._shell.user_ns[name])})
            else:
                cells.append(name)
        return {"attachments": texts, "attach": cells}

    def _chosen(self, put_in: list[int], left_out: list[int]) -> dict[str, list[str]]:
        """Articles by the numbers that the sidebar shows, for this ask alone."""
        with plainly():
            inforce = self._reach().call("inforce", self._here())
        articles = [a["id"] for a in inforce["constitution"]["articles"]] if inforce else []
        missing = next((n for n in (*put_in, *left_out) if not 0 < n <= len(articles)), None)
        if missing is not None:
            refuse("bad_input", f"There is no article {missing} here.", "Use the numbers that Constitution shows.")
        return {"with": [articles[n - 1] for n in put_in], "without": [articles[n - 1] for n in left_out]}

    def _here(self) -> dict[str, Any]:
        place = self._place()
        return {name: place[name] for name in ("path", "kernel", "connection", "cell")}

    def _reach(self) -> Transport:
        if self._transport is None:
            from jupyter_reconst.doors.remote import find

            server = None if os.environ.get("RECONST_NOTEBOOK") else find()
            self._transport = server or _in_process()()
        return self._transport


def register(shell: Any) -> None:
    """Add the magics to a shell."""
    magic = Magic(shell)
    shell.register_magic_function(magic.cell, "cell", "reconst")
    shell.register_magic_function(magic.line, "line", "reconst")


class _pumped:
    """Events of a blocking iterator, read on a thread so that the main one can draw, wait and be interrupted."""

    def __init__(self, events: Events) -> None:
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._pump, args=(events,), daemon=True).start()

    def next(self, seconds: float | None) -> Any:
        """The next event, `_END`, or None when the time has passed."""
        try:
            # A bounded wait even without a deadline: on Windows an endless one cannot be interrupted.
            item = self._queue.get(timeout=0.2 if seconds is None else seconds)
        except queue.Empty:
            return None
        if isinstance(item, BaseException):
            raise item
        return item

    def _pump(self, events: Events) -> None:
        try:
            with plainly():
                for event in events:
                    self._queue.put(event)
        except Unanswered as error:
            self._queue.put(error)
        finally:
            self._queue.put(_END)


def _cancels(transport: Transport, turn: str) -> bool:
    """Ask for the end of a turn; false where nobody hears it."""
    try:
        with plainly():
            transport.call("cancel", {"id": turn})
    except Unanswered:
        return False
    return True


def _file(said: str) -> str:
    """The notebook that a person names: all that stands on the line, with or without quotes around it."""
    name = said.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    try:
        path = Path(name).expanduser().resolve()
        found = path.is_file()
    except (OSError, ValueError, RuntimeError):
        found = False
    if not found:
        refuse("notebook_unknown", f"There is no file {name}." if name else "Which file?", "Give this notebook's path.")
    return str(path)


def _parse(line: str) -> Namespace:
    parser = ArgumentParser(prog="%%reconst", add_help=False, exit_on_error=False)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--from", default="", dest="from_")
    parser.add_argument("--keep", nargs="+", default=[])
    parser.add_argument("--style", default="")
    parser.add_argument("--library", action="store_true")
    forms = parser.add_mutually_exclusive_group()
    for form in ("outline", "mathematics"):
        forms.add_argument(f"--{form}", action="store_const", const=form, dest="form", default="")
    parser.add_argument("--model")
    parser.add_argument("--profile")
    parser.add_argument("--attach", nargs="*", default=[])
    parser.add_argument("--with", nargs="+", type=int, default=[], dest="with_")
    parser.add_argument("--without", nargs="+", type=int, default=[])
    try:
        options, unknown = parser.parse_known_args(shlex.split(line))
    except (Exception, SystemExit) as error:
        refuse("bad_input", f"%%reconst cannot read “{line}”: {error}", "See %%reconst? for its options.")
    if unknown:
        refuse("bad_input", f"%%reconst does not know “{unknown[0]}”.", "See %%reconst? for its options.")
    return options


def _sentences(inforce: dict[str, Any] | None, model: dict[str, Any] | None) -> str:
    if inforce is None:
        law = "This notebook cannot be known here, so nothing is in force."
    else:
        n = sum(a["enabled"] for a in inforce["constitution"]["articles"])
        law = f"{n} article{'' if n == 1 else 's'} in force ({inforce['tokens']} tokens, {inforce['digest'][:8]})."
        if inforce.get("review"):
            law += " The notebook brings a constitution that you have not accepted; nothing of it is sent."
    if model is None:
        return law
    prices = model.get("prompt_price"), model.get("completion_price")
    cost = "its price is not known" if None in prices else f"${prices[0]:g} in, ${prices[1]:g} out per million tokens"
    return f"{law}\n{model['model']} ({model['profile']}): {cost}."


def _kernel_id() -> str | None:
    from ipykernel.connect import get_connection_file

    try:
        name = Path(get_connection_file()).stem
    except RuntimeError:
        return None
    return name.removeprefix("kernel-") if name.startswith("kernel-") else None


def _in_process() -> Any:
    from jupyter_reconst.doors.headless import InProcess

    return InProcess
