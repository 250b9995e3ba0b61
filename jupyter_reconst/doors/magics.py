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
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

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


class Unanswered(Exception):
    """A problem, shown as three lines instead of a traceback."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["message"])
        self.problem = problem

    def _render_traceback_(self) -> list[str]:
        problem = self.problem
        return [problem["message"], problem.get("remedy", ""), f"({problem['code']})"]


class Stopped(KeyboardInterrupt):
    """The person pressed stop; later cells do not run."""

    def _render_traceback_(self) -> list[str]:
        return ["Stopped. What had arrived is kept above."]


class Magic:
    """The magics of one shell."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._transport: Transport | None = None
        self._notebook = os.environ.get("RECONST_NOTEBOOK")
        self._cell: str | None = None
        self._last: str | None = None

    def cell(self, line: str, prompt: str) -> None:
        """%%reconst [--again] [--new] [--model NAME] [--profile NAME] [--attach CELL …]"""
        options = _parse(line)
        body = {
            **self._place(),
            "prompt": prompt.strip("\n"),
            "again": options.again,
            "new": options.new,
            "model": options.model,
            "profile": options.profile,
            **self._attached(options.attach),
        }
        if not body["prompt"].strip():
            _refuse("empty_prompt", "There is nothing to ask.", "Write a prompt under %%reconst.")
        self._ask(body)

    def line(self, line: str) -> str | None:
        """%reconst | %reconst use PATH"""
        words = shlex.split(line)
        if words[:1] == ["use"] and len(words) == 2:
            path = Path(words[1]).expanduser().resolve()
            if not path.is_file():
                _refuse("notebook_unknown", f"There is no file {words[1]}.", "Give the path of this notebook.")
            self._notebook = str(path)
            return None
        if words[:1] == ["at"] and len(words) == 2:
            self._cell = words[1]
            return None
        if words:
            _refuse("bad_input", f"%reconst does not know “{words[0]}”.", "Use %reconst, %reconst use PATH, %%reconst.")
        return self._said()

    def _ask(self, body: dict[str, Any]) -> None:
        transport = self._reach()
        stream = transport.stream("ask", body)
        try:
            self._show(_pumped(stream), transport)
        except KeyboardInterrupt:
            # A second press, or one before there was anything to stop.
            raise Stopped from None
        finally:
            # Whatever ended it, no call goes on unseen.
            stream.close()

    def _show(self, events: _pumped, transport: Transport) -> None:
        from jupyter_reconst.doors.show import Shown

        shown: Shown | None = None
        stopped = False
        while True:
            try:
                event = events.next(shown.due() if shown else None)
                if event is None:
                    if shown:
                        shown.tick()
                elif event is _END:
                    break
                elif event["type"] == "began":
                    shown = Shown(self._shell.display_pub, event["record"])
                elif event["type"] == "waiting" and shown:
                    shown.wait(event["seconds"], event["still"])
                elif event["type"] == "text" and shown:
                    shown.grow(event["text"])
                elif event["type"] == "ended" and shown:
                    shown.end(event["record"])
                    self._last = event["record"]["turn"]
                elif event["type"] == "failed":
                    raise Unanswered(event["problem"])
            except KeyboardInterrupt:
                # The first press asks the server to stop and waits for the record; a second one leaves at once.
                if stopped or shown is None:
                    raise
                stopped = True
                transport.call("cancel", {"id": shown.record["turn"]})
        if stopped:
            raise Stopped
        if shown is not None and shown.record["status"] == "streaming":
            _refuse("server_gone", "The server went away before the reply was complete.", "Run this cell again.")

    def _said(self) -> str:
        transport = self._reach()
        try:
            model = transport.call("status", None)["model"]
            return _sentences(transport.call("inforce", {"path": self._path(), "kernel": _kernel_id()}), model)
        except OSError as error:
            _refuse("server_unreachable", f"The Jupyter server does not answer ({error}).", "Run this cell again.")

    def _place(self) -> dict[str, Any]:
        """Where this cell stands, as far as a kernel can know."""
        message = self._shell.get_parent() if hasattr(self._shell, "get_parent") else {}
        cell = (message.get("metadata") or {}).get("cellId") or self._cell
        return {"path": self._path(), "kernel": _kernel_id(), "cell": cell, "after": None if cell else self._last}

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
        from http.client import HTTPException

        from jupyter_reconst.doors.remote import Refused

        try:
            for event in events:
                self._queue.put(event)
        except Refused as refused:
            self._queue.put(Unanswered(refused.problem))
        except (OSError, HTTPException, ValueError) as error:
            message = "The Jupyter server does not answer."
            problem = {"code": "server_unreachable", "message": message, "remedy": f"Run this cell again. {error}"}
            self._queue.put(Unanswered(problem))
        finally:
            self._queue.put(_END)


def _parse(line: str) -> Namespace:
    parser = ArgumentParser(prog="%%reconst", add_help=False, exit_on_error=False)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--model")
    parser.add_argument("--profile")
    parser.add_argument("--attach", nargs="*", default=[])
    try:
        options, unknown = parser.parse_known_args(shlex.split(line))
    except (Exception, SystemExit) as error:
        _refuse("bad_input", f"%%reconst cannot read “{line}”: {error}", "See %%reconst? for its options.")
    if unknown:
        _refuse("bad_input", f"%%reconst does not know “{unknown[0]}”.", "See %%reconst? for its options.")
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


def _refuse(code: str, message: str, remedy: str) -> NoReturn:
    raise Unanswered({"code": code, "message": message, "remedy": remedy})
