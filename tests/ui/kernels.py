"""Kernels of the browser tests, by name: `echo`, of another language; `bare`, Python without us."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def echo() -> None:
    """Print what is asked, in a language of its own."""
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.kernelbase import Kernel

    class Echo(Kernel):
        implementation = language = "echo"
        implementation_version = language_version = "1"
        language_info = {  # noqa: RUF012 - ipykernel's own way
            "name": "echo",
            "mimetype": "text/plain",
            "file_extension": ".txt",
        }
        banner = "echo"

        async def do_execute(self, code: str, silent: bool, *args: Any, **named: Any) -> dict[str, Any]:
            if not silent:
                self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": code})
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    IPKernelApp.launch_instance(kernel_class=Echo)


def bare() -> None:
    """An environment that has ipykernel and not us."""
    from ipykernel.kernelapp import IPKernelApp

    root = str(Path(__file__).parents[2])
    sys.path[:] = [entry for entry in sys.path if not entry.startswith(root) or "site-packages" in entry]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder)]
    IPKernelApp.launch_instance()


if __name__ == "__main__":
    {"echo": echo, "bare": bare}[sys.argv.pop(1)]()
