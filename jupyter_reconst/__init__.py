"""Reconstitutional AI in the notebook: highlight, correct, amend, preview, ratify.

Importing this package is nearly free: Jupyter imports it at every server start and every `%load_ext`, so the
functions below import what they need when they are called.
"""

from __future__ import annotations

from typing import Any

from jupyter_reconst._version import __version__

__all__ = ["__version__", "load_ipython_extension"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-reconst"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from jupyter_reconst.doors.server.extension import Reconst

    return [{"module": "jupyter_reconst", "app": Reconst}]


def load_ipython_extension(shell: Any) -> None:
    """Register `%reconst` and `%%reconst` in an IPython shell."""
    from jupyter_reconst.doors.magics import register

    register(shell)
