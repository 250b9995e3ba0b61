"""Who asks: the signed-in user; for a kernel, who speaks with the server's own token, the user whose page runs it."""

from __future__ import annotations

import os
from hmac import compare_digest

from jupyter_server.auth import User
from jupyter_server.base.handlers import APIHandler

from jupyter_reconst.core.nouns import Noun


def asker(handler: APIHandler, request: Noun | None) -> User:
    """The user of the page that a kernel names, where this page is connected to it; else of the request itself.

    Whom a page is signed in as the server knows from the page's own connection, so a notebook that several people run
    in one kernel asks for each of them under what they have accepted. Only the server's own token may speak for a page:
    everybody who shares a kernel sees the others' connections in its messages.
    """
    kernel, connection = getattr(request, "kernel", None), getattr(request, "connection", None)
    if kernel and connection and _is_ours(handler):
        pages = getattr(handler.settings.get("kernel_websocket_connection_class"), "_open_sessions", {})
        page = pages.get(f"{kernel}:{connection}")
        if page is not None and page.current_user:
            found: User = page.current_user
            return found
    signed: User = handler.current_user
    return signed


def _is_ours(handler: APIHandler) -> bool:
    """Whether a request carries the server’s own token: kernels have it from their environment or its runtime file."""
    provider = handler.identity_provider
    given = provider.get_token(handler) or ""
    ours = (os.environ.get("JUPYTERHUB_API_TOKEN", ""), provider.token)
    return any(compare_digest(given.encode(), token.encode()) for token in ours if token)
