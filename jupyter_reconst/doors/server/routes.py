"""Every route: verb, who answers it, which noun it takes and gives. The OpenAPI file is generated from this table.

Nouns and answers are named, not imported: this is read at every server start.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """One verb below `/reconst/`. `answers` is `module:function` in this package; `megabytes` caps the request.

    `file` says that the answer is a text to save, and never to be shown as a page.
    """

    verb: str
    answers: str
    request: str | None
    answer: str
    doc: str
    method: str = "POST"
    stream: bool = False
    megabytes: int = 4
    file: bool = False


_REHEARSE = "Try ticked articles on one's own turns: they are sent for these calls alone."

ROUTES = (
    Route("status", "models:status", None, "Status", "Who asks, which model answers, what it cost today.", "GET"),
    Route("profiles", "models:profiles", None, "Profiles", "The ways to reach a model, without their keys."),
    Route("connect", "models:connect", "Connect", "Profiles", "Save a profile and its key."),
    Route("disconnect", "models:disconnect", "Disconnect", "Profiles", "Remove a profile and its key."),
    Route("choose", "models:choose", "Choose", "Profiles", "Use another profile, or another of its models."),
    Route("try", "models:probe", "Probing", "Probed", "List an endpoint's models, before it is saved."),
    Route("name", "models:name", "Name", "Status", "Say which name to show."),
    Route("sample", "documents:sample", "Play", "Scratch", "A scratch notebook that plays a recording."),
    Route("sync", "documents:sync", "Sync", "InForce", "Say how the open notebook is now.", megabytes=32),
    Route("close", "documents:close", "Notebook", "Done", "A page lets go of a notebook: its file counts again."),
    Route("open", "documents:opened", "Notebook", "Opened", "Whether a page holds a notebook open."),
    Route("inforce", "documents:inforce", "Notebook", "InForce", "What is in force; null where no notebook is known."),
    Route("scores", "documents:scores", "Notebook", "Scores", "Each WHEN in force against the person's marks."),
    Route("claim", "documents:claim", "Turns", "Done", "Keep turns found in outputs, as claimed.", megabytes=64),
    Route("travels", "documents:travels", "AskTravels", "Manifest", "What a notebook carries of ours.", megabytes=64),
    Route("ask", "asking:ask", "Ask", "AskEvent", "Ask the model.", stream=True),
    Route("compose", "asking:compose", "Ask", "Composed", "What asking would send."),
    Route("cancel", "asking:cancel", "Cancel", "Done", "Stop a turn, or a stream of candidates, by its id."),
    Route("turn", "asking:turn", "Find", "Found", "A turn: recorded, or being asked."),
    Route("sent", "telling:sent", "AskSent", "WasSent", "What a model was sent for something that it wrote."),
    Route("variants", "varying:variants", "AskVariants", "Variants", "Other answers to a turn, and what more take."),
    Route("vary", "varying:vary", "Vary", "VaryEvent", "Ask a turn in other ways.", stream=True),
    Route("keep", "varying:keep", "Keep", "TurnRecord", "Let a cell show another answer, or take that back."),
    Route("edit", "varying:edit", "Edit", "Edited", "What a person changed in a reply, as corrections."),
    Route("tell", "telling:tell", "Tell", "Told", "What a report for engineers would say; nothing is sent."),
    Route("report", "telling:report", "Tell", "Written", "The same as a file to save.", file=True),
    Route("highlight", "correcting:highlight", "Highlight", "Annotation", "Keep an annotation."),
    Route("correct", "correcting:correct", "Correct", "CorrectEvent", "Candidate corrections.", stream=True),
    Route("propose", "correcting:propose", "Propose", "ProposeEvent", "Candidate amendments.", stream=True),
    Route("preview", "previewing:preview", "StartPreview", "Preview", "Try an amendment, or go on; it runs by itself."),
    Route("repeat", "previewing:repeat", "Repeat", "Preview", "Decide rows by repeats; it runs by itself."),
    Route("judge", "previewing:judge", "Judge", "Preview", "Put changed rows to a judge; it runs by itself."),
    Route("estimate", "previewing:estimate", "StartPreview", "Estimate", "What a preview would take, at most."),
    Route("watch", "previewing:watch", "Watch", "WatchEvent", "Follow a preview; looking starts nothing.", stream=True),
    Route("stop", "previewing:stop", "Cancel", "Done", "Stop a preview; its rows stay."),
    Route("mark", "previewing:mark", "MarkRow", "Marked", "Say what a row shows."),
    Route("print", "previewing:printed", "Print", "Written", "A preview as a page to keep: a file to save.", file=True),
    Route("previews", "previewing:previews", "Notebook", "Previews", "The previews of a notebook."),
    Route("clashes", "clashing:clashes", "Clashes", "ClashEvent", "Articles that clash, and dead weight.", stream=True),
    Route(
        "formalize",
        "formalizing:formalize",
        "Formalize",
        "FormalizeEvent",
        "A passage as an argument, and a verdict.",
        stream=True,
    ),
    Route("verify", "formalizing:verify", "Verify", "Formalized", "The verdict on formulas that a person edited."),
    Route("pin", "formalizing:pin", "Pin", "Change", "An argument with its verdict, as a case."),
    Route("browse", "wiki:browse", "Browse", "Browsed", "Packs, and the articles that hold some words."),
    Route("page", "wiki:page", "Open", "Page", "One pack, to be read."),
    Route("lend", "wiki:lend", "Lend", "Lent", "A pack, or articles of it alone, as a file to review."),
    Route("foresee", "wiki:foresee", "Foresee", "ForeseeEvent", "What adopting does to kept cases.", stream=True),
    Route("offer", "wiki:offer", "Offer", "Patch", "An article of a notebook as a patch of a pack's file."),
    Route("collect", "collecting:collect", "Collect", "CollectEvent", "Read files into the library.", stream=True),
    Route("shelves", "collecting:shelves", None, "Shelves", "What the library is made of."),
    Route("discard", "collecting:discard", "Discard", "Shelves", "Take a file or folder out of the library."),
    Route("consult", "collecting:consult", "Consult", "Consulted", "Search the library."),
    Route("quote", "collecting:quote", "Quote", "Passage", "One passage of the library."),
    Route("cite", "citing:cite", "Cite", "Cited", "The references of a turn, beside one's library."),
    Route("lookup", "citing:lookup", "LookUp", "LookUpEvent", "Look references up, where allowed.", stream=True),
    Route("wrong", "citing:wrong", "Wrong", "Wronged", "Mark a reference wrong, or take that back."),
    Route("ratify", "ratifying:ratify", "Ratify", "Change", "Make an amendment law."),
    Route("submit", "agreeing:submit", "Submit", "Change", "Propose a change to the others."),
    Route("vote", "agreeing:vote", "Cast", "Change", "Agree, pass or disagree with a proposal, by digest."),
    Route("govern", "agreeing:govern", "Govern", "Change", "Set who must agree before anything becomes law."),
    Route("accept", "ratifying:accept", "Accept", "InForce", "Take what the notebook carries, by digest."),
    Route("import", "sharing:bring", "Bring", "Brought", "What a file would bring; nothing is written.", megabytes=16),
    Route("adopt", "sharing:adopt", "Adopt", "Change", "Take what was ticked of a file.", megabytes=16),
    Route("rehearse", "sharing:rehearse", "Rehearse", "RehearseEvent", _REHEARSE, stream=True, megabytes=16),
    Route("diff", "sharing:diff", "Diff", "Differs", "Compare with a file, or with an earlier version.", megabytes=16),
    Route("restore", "sharing:restore", "Restore", "Change", "Let the notebook read as it did after a revision."),
    Route("undo", "sharing:undo", "Undo", "Change", "Take back what was adopted or restored."),
    Route("exports", "sharing:exports", "Notebook", "Exports", "The ways to write the constitution for others."),
    Route("export", "sharing:export", "Export", "Written", "Write it for others: a file to save.", file=True),
    Route("promote", "scoping:promote", "Promote", "Change", "Move an article to the project, or to the person."),
    Route("demote", "scoping:demote", "Demote", "Change", "Take a promotion back."),
    Route("history", "ratifying:history", "AskHistory", "History", "What this person did in a notebook."),
    Route("forget", "ratifying:forget", "Forget", "Forgotten", "Erase a turn's text."),
    Route("retain", "ratifying:retain", "Retain", "Done", "How many days turns are kept."),
)
