"""The child process of the embedded model: llama.cpp behind an OpenAI-compatible server on the loopback interface.

The first line of standard input holds the settings, the key among them, so that no process list shows it. The first
line of standard output says where it listens. Then it waits for the end of standard input: when its parent ends, in
whatever way, so does it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_SERVING: list[Any] = []
"""The server stops when it is collected."""


def main() -> None:
    """Serve one GGUF file until standard input ends."""
    settings: dict[str, Any] = json.loads(sys.stdin.readline())
    try:
        address = start(settings)
    except Exception as error:  # Whatever llama.cpp objects to is told to the parent, in words.
        sys.stdout.write(json.dumps({"problem": f"{type(error).__name__}: {error}"}) + "\n")
        sys.stdout.flush()
        os._exit(1)
    sys.stdout.write(json.dumps({"address": address}) + "\n")
    sys.stdout.flush()
    while sys.stdin.read(1):
        pass
    os._exit(0)  # The server's threads have no part in an orderly exit, and could hang it.


def start(settings: dict[str, Any]) -> str:
    """Load the model and listen on a free port of the loopback interface; returns the address."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = settings["model"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [settings["key"]]
    params.cors_origins = "http://127.0.0.1"  # The default is every origin, with credentials.
    params.cors_credentials = False
    params.ui = False
    params.endpoint_slots = False
    params.offline = True
    params.n_parallel = settings["parallel"]
    params.n_ctx = settings["context"] * settings["parallel"]  # llama.cpp divides it among the slots.
    params.cache_ram_mib = 0  # The default keeps up to 8 GB of old prompts.
    params.verbosity = 0
    if settings.get("threads"):
        params.cpuparams.n_threads = settings["threads"]
    server = xllamacpp.Server(params)
    _SERVING.append(server)
    return str(server.listening_address)


if __name__ == "__main__":
    main()
