"""The server of the browser tests: closed to everyone without its token, silent towards the world, gone with us."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

c: Any = get_config()  # type: ignore[name-defined] # noqa: F821

c.ServerApp.port = int(os.environ["LAB_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.root_dir = os.environ["LAB_ROOT"]
c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
c.ServerApp.allow_unauthenticated_access = False
c.IdentityProvider.token = os.environ["LAB_TOKEN"]
c.LabApp.expose_app_in_browser = True
c.JupyterNotebookApp.expose_app_in_browser = True
c.LabApp.extension_manager = "readonly"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"


def _until_parent_is_gone() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=_until_parent_is_gone, daemon=True).start()
