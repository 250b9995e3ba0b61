"""The server extension: settings and routes; the core is imported on the first request."""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp


class Reconst(ExtensionApp):
    """jupyter_reconst in a Jupyter server."""

    name = "jupyter_reconst"
