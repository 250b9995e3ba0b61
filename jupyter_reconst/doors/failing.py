"""What goes wrong in a kernel, in three lines instead of a traceback: what happened, what can be done, a code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn


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


def refuse(code: str, message: str, remedy: str) -> NoReturn:
    """Stop the cell, and say why."""
    raise Unanswered({"code": code, "message": message, "remedy": remedy})


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever goes wrong on the way to the acts is said in three lines."""
    from http.client import HTTPException

    from jupyter_reconst.doors.remote import Refused

    try:
        yield
    except Refused as refused:
        raise Unanswered(refused.problem) from None
    except (OSError, HTTPException, ValueError) as error:
        refuse("server_unreachable", "The Jupyter server does not answer.", f"Run this cell again. {error}")
    except Exception as error:
        from jupyter_reconst.core.errors import ReconstError

        if not isinstance(error, ReconstError):
            raise
        raise Unanswered(error.problem().model_dump()) from None
