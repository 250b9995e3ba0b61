"""Everything that can go wrong, as a tree. Each error has a stable code, a sentence, and what can be done.

ReconstError
├── BadInput                 the request cannot be read or carried out as it is
│   ├── NotebookUnknown      which notebook this cell belongs to cannot be known; nothing was sent
│   ├── TooLong              the messages do not fit the model's context
│   ├── Outgrown             the conversation does not fit any more; the person chooses what is left out
│   ├── InvisibleText        invisible characters stand in what should be accepted
│   ├── RecordingOnly        a sample cannot answer what was not recorded
│   ├── NoCases              nothing is kept that could be checked
│   ├── LookupsOff           references cannot be looked up: the operator names no service for it
│   └── Malformed            a file cannot be read, or a notebook not be written, as a shared constitution
├── NotFound                 no such turn, article, preview or profile for this person
├── Stale                    what it was made for has changed since
├── VotesNeeded              by this notebook's rule of ratification others must agree first
├── NotAccepted              nobody here has accepted what would be sent
├── BudgetSpent              the next call would go beyond the budget
├── NoModel                  no model is connected
├── ModelError               the model's side failed
│   ├── ModelUnreachable     no connection, reset, redirect refused
│   ├── ModelRefused         401, 403, 404: key, model name or endpoint
│   ├── ModelBusy            429, 503: try again later
│   ├── ModelSlow            not there in 15 minutes, or standing still
│   ├── ModelGarbled         it answered something that is not a reply
│   └── ModelIncomplete      the reply was cut off; the part is kept, never counted as an answer
├── RegistryFailed           a service that knows references did not answer, or not as it says that it does
└── StoreError               the feedback store failed
    ├── StoreBusy            locked by another process
    ├── StoreFull            no space left
    ├── StoreReadOnly        opened for reading only
    └── StoreNewer           written by a newer version
"""

from __future__ import annotations

from typing import ClassVar

from jupyter_reconst.core.nouns import Noun


class Problem(Noun):
    """An error as it is shown and sent."""

    code: str
    message: str
    remedy: str


class ReconstError(Exception):
    """Base of all errors that a person may see."""

    code: ClassVar[str] = "internal"
    remedy: ClassVar[str] = "Try again; if it happens again, tell us the code."

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = remedy or self.remedy

    def problem(self) -> Problem:
        """The error as a value."""
        return Problem(code=self.code, message=self.message, remedy=self.advice)


class BadInput(ReconstError):
    """The request cannot be read or carried out as it is."""

    code = "bad_input"
    remedy = "Correct the request and try again."


class NotebookUnknown(BadInput):
    """Which notebook this cell belongs to cannot be known; nothing was sent."""

    code = "notebook_unknown"
    remedy = "Open the notebook in JupyterLab, or say which file it is with `%reconst use PATH`."


class TooLong(BadInput):
    """The messages do not fit the model's context."""

    code = "too_long"
    remedy = "Attach fewer cells, start a new conversation with --new, or choose a model with a longer context."


class Outgrown(BadInput):
    """The conversation does not fit the model's context any more. Which of its turns are left out, the person says."""

    code = "outgrown"
    remedy = "Ask with --keep last or --keep first, with --keep and the cells to keep, or afresh with --new."


class InvisibleText(BadInput):
    """Invisible characters stand in what should be accepted."""

    code = "invisible_text"
    remedy = "Remove the characters shown as ⟦U+…⟧ and try again."


class RecordingOnly(BadInput):
    """A sample cannot answer what was not recorded."""

    code = "recording_only"
    remedy = "Connect a model to ask this for real."


class NoCases(BadInput):
    """Nothing is kept that could be checked."""

    code = "no_cases"
    remedy = "Ratify a rule from a preview with rows that you have marked: they are kept as cases in the notebook."


class LookupsOff(BadInput):
    """References cannot be looked up: the operator names no service for it."""

    code = "lookups_off"
    remedy = 'The operator can allow it: c.Reconst.lookups = ["crossref"].'


class Malformed(BadInput):
    """A file cannot be read, or a notebook cannot be written, as a shared constitution."""

    code = "malformed"
    remedy = "Put it right and try again; nothing was taken from it."


class NotFound(ReconstError):
    """No such turn, article, preview or profile for this person."""

    code = "not_found"
    remedy = "Reload the page to see what is there now."


class Stale(ReconstError):
    """What it was made for has changed since."""

    code = "stale"
    remedy = "Look at the change, then try again."


class VotesNeeded(ReconstError):
    """By this notebook's rule of ratification others must agree first."""

    code = "votes_needed"
    remedy = "Propose it instead: once the votes are there, a person ratifies it."


class NotAccepted(ReconstError):
    """Nobody here has accepted what would be sent."""

    code = "not_accepted"
    remedy = "Read it, then accept it by its digest."


class BudgetSpent(ReconstError):
    """The next call would go beyond the budget."""

    code = "budget_spent"
    remedy = "Allow more; what has been answered is recorded and is not paid again."


class NoModel(ReconstError):
    """No model is connected."""

    code = "no_model"
    remedy = "Connect a model in the Reconstitution sidebar."


class NoProver(ReconstError):
    """Nothing on this server can judge an argument."""

    code = "no_prover"
    remedy = "Have it installed where the server runs, restart the server, then try again."


class ModelError(ReconstError):
    """The model's side failed."""

    code = "model_error"
    remedy = "Try again, or choose another model."


class ModelUnreachable(ModelError):
    """No connection, reset, redirect refused."""

    code = "model_unreachable"
    remedy = "Check that the endpoint is running and its address is right, then try again."


class ModelRefused(ModelError):
    """401, 403, 404: key, model name or endpoint."""

    code = "model_refused"
    remedy = "Check the key and the model's name in Connect a model."


class ModelBusy(ModelError):
    """429, 503: try again later."""

    code = "model_busy"
    remedy = "Wait a little and try again."


class ModelSlow(ModelError):
    """The whole reply took too long, or nothing came for too long in the middle of it."""

    code = "model_slow"
    remedy = "Try again, ask for less, or choose another model."


class ModelGarbled(ModelError):
    """It answered something that is not a reply."""

    code = "model_garbled"
    remedy = "Check that the endpoint speaks the OpenAI protocol."


class ModelIncomplete(ModelError):
    """The reply was cut off; the part is kept, never counted as an answer."""

    code = "model_incomplete"
    remedy = "Ask again; the part that arrived is kept."


class RegistryFailed(ReconstError):
    """A service that knows references did not answer, or not as it says that it does."""

    code = "registry_failed"
    remedy = "Try again later; what the others said is shown."


class StoreError(ReconstError):
    """The feedback store failed."""

    code = "store_error"
    remedy = "Copy your text, then look at the server's log."


class StoreBusy(StoreError):
    """Locked by another process."""

    code = "store_busy"
    remedy = "Another process holds the store. Your text is kept here; try again."


class StoreFull(StoreError):
    """No space left."""

    code = "store_full"
    remedy = "Free some disk space; your text is kept here; try again."


class StoreReadOnly(StoreError):
    """Opened for reading only."""

    code = "store_read_only"
    remedy = "Make the data directory writable; reading still works."


class StoreNewer(StoreError):
    """Written by a newer version."""

    code = "store_newer"
    remedy = "Update jupyter_reconst; until then the store is only read."
