"""The one table of status words: every state of every lifecycle, its word, its colour and what it means.

Colours mean: grey rest, blue under way, teal new to you, yellow needs a look soon, purple waiting for
someone else, orange ended badly or late with a reason, red we are past a limit or something is broken,
green done, magenta limited access. A status is always of a thing or of us, never of a child.
"""

from dataclasses import dataclass

COLOURS = ("grey", "blue", "teal", "yellow", "purple", "orange", "red", "green", "magenta")


@dataclass(frozen=True)
class Status:
    """A word on a label, its colour, and the sentence of the page "What do these mean?"."""

    word: str
    colour: str
    means: str


@dataclass(frozen=True)
class Family:
    """The words that one kind of thing may wear, by the name of its state."""

    name: str
    states: dict[str, Status]


def family(name: str, *rows: tuple[str, str, str, str]) -> Family:
    """A family from rows of (state, word, colour, meaning)."""
    return Family(name, {state: Status(word, colour, means) for state, word, colour, means in rows})


def status(of: str, state: str) -> Status:
    """The status of that family and state; KeyError names both when the table has none."""
    try:
        return FAMILIES[of].states[state]
    except KeyError:
        raise KeyError(f"No status word for {state!r} in {of!r}: add it to alongside/web/status.py") from None


FAMILIES: dict[str, Family] = {
    "contribution": family(
        "A contribution",
        ("draft", "Draft", "grey", "Begun and kept, not sent yet."),
        ("received", "Received", "blue", "It is in, and the people who may see it can read it."),
        (
            "received_with_gaps",
            "Received with gaps",
            "yellow",
            "It is in. Something that would help is missing.",
        ),
        ("seen", "Seen by supervisor", "green", "A supervisor looked it over."),
        ("returned", "Returned by supervisor", "orange", "A supervisor asked for a change, with a reason."),
        ("corrected", "Corrected", "grey", "An older version. A newer one has taken its place."),
        ("withdrawn", "Withdrawn", "grey", "Taken back by the agency that sent it, with a reason."),
        (
            "needs_action_now",
            "Needs action now",
            "red",
            "Someone may be in danger, or should act tonight: we owe an answer at once.",
        ),
    ),
    "disposal": family(
        "A proposal to dispose of what is due",
        ("waiting", "Waits for a second person", "purple", "One person proposed it. Another of that agency decides."),
        ("approved", "Approved", "green", "Two people decided. What was due still is disposed of."),
        ("refused", "Kept", "grey", "The second person kept it, with a reason."),
        ("disposed", "Disposed of", "green", "It is gone, and a tombstone says so."),
        ("left", "Left", "grey", "It was held or no longer due when the second person decided."),
        ("", "Not decided", "purple", "It waits for the second person."),
        ("let_in", "May be told again", "teal", "Its agency said why the same may come again."),
    ),
    "intelligence": family(
        "Partnership intelligence",
        ("received", "Received", "blue", "Police have it and have not graded it yet."),
        ("being_graded", "Being graded", "purple", "Police are grading how sure it is."),
        ("graded", "Graded", "blue", "Police have said how sure it is."),
        ("cleared", "Cleared for the meeting", "teal", "The meeting may hear it."),
        ("acted_on", "Acted on", "green", "Something was done because of it."),
        ("kept", "Kept, no action", "grey", "Read and kept. Nothing was done."),
    ),
    "import_row": family(
        "A row of an import",
        ("taken_in", "Taken in", "green", "The row is in."),
        ("already_here", "Already here", "grey", "The same row came before."),
        ("replaces_older", "Replaces older", "blue", "A newer version of a row that came before."),
        ("not_taken_in", "Not taken in", "red", "Something in the row has to be mended first."),
        ("left_out", "Left out on purpose", "grey", "We do not keep this, and the page says why."),
    ),
    "same_child": family(
        "Same child?",
        ("linked_by_number", "Linked by number", "green", "A checked number is the same."),
        ("linked_by_details", "Linked by details", "blue", "Names, dates and addresses agree enough."),
        ("needs_a_person", "Needs a person", "yellow", "The details leave doubt. A person decides."),
        ("same", "Same child", "green", "A person decided: the same child."),
        ("different", "Different children", "grey", "A person decided: not the same child."),
        ("not_sure", "Not sure", "purple", "We asked an agency to help."),
        ("undone", "Undone", "orange", "A link was made and taken back, with a reason."),
    ),
    "agency_check": family(
        "A check asked of an agency",
        ("asked", "Asked", "blue", "The agency has the question."),
        ("answered", "Answered", "green", "The agency told us what it knows."),
        ("nothing_known", "Nothing known", "green", "The agency looked and knows nothing."),
        ("no_one_on_shift", "No one on shift", "purple", "Nobody there can answer until the time shown."),
        ("late", "Late", "red", "The agency’s time to answer has passed."),
        (
            "after_decision",
            "Came after the decision",
            "orange",
            "The answer came late, and reopened the decision.",
        ),
    ),
    "pathway_stage": family(
        "A stage of a pathway",
        ("waiting_for_decision", "Waiting for decision", "yellow", "Someone named has to decide."),
        ("open", "Open", "blue", "Work is going on."),
        ("not_accepted", "Not accepted", "orange", "Turned down, with a reason and where next."),
        ("moved_on", "Moved on", "grey", "The next stage has begun."),
        ("reopened", "Reopened", "teal", "New information opened it again."),
        ("turning_18", "Turning 18", "purple", "Adult services have been asked to take part."),
        ("closed", "Closed", "grey", "It has ended, with a reason."),
    ),
    "clock": family(
        "A clock",
        ("due_soon", "Due soon", "yellow", "Our limit ends soon."),
        ("past_due", "Past due", "red", "We are past our limit, and it stays counted."),
        ("paused", "Paused", "purple", "Stopped for a stated reason, by a named person."),
        ("met", "Met", "green", "Done within the limit."),
        ("met_late", "Met late", "orange", "Done after the limit."),
    ),
    "assessment": family(
        "An assessment",
        ("not_started", "Not started", "grey", "Nobody has begun."),
        ("being_written", "Being written", "blue", "Someone is writing it."),
        ("waiting_for_parts", "Waiting for parts", "purple", "Other agencies’ parts are not in."),
        ("signed", "Signed", "green", "Finished and signed."),
        ("review_due", "Review due", "yellow", "It is time to look again."),
        ("no_change", "No change, agreed", "grey", "Looked at again; nothing has changed."),
    ),
    "action": family(
        "An action",
        ("not_started", "Not started", "grey", "Agreed, not begun."),
        ("under_way", "Under way", "blue", "The owner has begun."),
        ("past_due", "Past due", "red", "We have not done it by the day we said."),
        ("done", "Done", "green", "Done, and what came of it is written down."),
        ("done_no_outcome", "Done, no outcome yet", "yellow", "Done. What came of it is not written down."),
        ("not_needed", "Not needed", "orange", "Stopped, with a reason."),
        ("note_only", "Note only", "grey", "Kept as a note: nobody has to act."),
        ("handed_over", "Handed over", "purple", "Another person has been asked to own it."),
    ),
    "referral": family(
        "A referral and its wait",
        ("sent", "Sent", "blue", "The service has it."),
        ("accepted", "Accepted", "green", "The service will help."),
        ("declined", "Declined", "orange", "The service said no, with a reason."),
        ("more_asked_for", "More asked for", "yellow", "The service needs to know more from us."),
        ("waiting", "Waiting", "purple", "On the service’s list."),
        ("check_due", "Check due", "yellow", "It is time to ask how the waiting goes."),
        ("started", "Started", "blue", "The help has begun."),
        ("ended", "Ended", "grey", "The help has ended."),
    ),
    "prompt": family(
        "A prompt",
        ("needs_an_answer", "Needs an answer", "yellow", "Someone named is asked to look and decide."),
        ("answered", "Answered", "green", "Looked at, decided, with a reason."),
        ("not_a_pattern", "Judged not a pattern", "grey", "A person looked: these do not belong together."),
        (
            "would_have_spoken",
            "Would have spoken earlier",
            "grey",
            "Found when a rule was tried on past events.",
        ),
    ),
    "meeting": family(
        "A meeting",
        ("planned", "Planned", "grey", "It has a date."),
        ("agenda_open", "Agenda open", "blue", "Items can still be added."),
        ("under_way", "Under way", "teal", "It is happening now."),
        ("minutes_to_agree", "Minutes to agree", "yellow", "The minutes wait for the members."),
        ("agreed", "Agreed", "green", "The minutes are agreed."),
        ("too_few", "Too few to decide", "orange", "Not enough agencies came."),
        ("cancelled", "Cancelled", "grey", "It did not take place."),
    ),
    "access": family(
        "Handling and access",
        ("restricted", "Restricted", "magenta", "Only named people may read it."),
        ("police_only", "Police only", "magenta", "Only police may read it."),
        ("statutory_only", "Statutory only", "magenta", "Only agencies with a duty in law may read it."),
        ("emergency", "Emergency access", "magenta", "Opened in an emergency, until the time shown."),
        ("judged_fair", "Judged fair", "green", "The emergency use was read and was fair."),
        ("judged_not_fair", "Judged not fair", "orange", "The emergency use was read and was not fair."),
        ("training_agreed", "Training agreed", "blue", "Training follows from how it was used."),
    ),
    "share": family(
        "A decision to share",
        ("given", "Given", "blue", "Whoever it is for can read it, has it on paper, or was rung."),
        ("read", "Read", "green", "Whoever it is for has read it."),
        (
            "to_record",
            "Rest to record",
            "yellow",
            "It was given first. What is asked of every giving follows.",
        ),
        ("record_late", "Past due", "red", "It was given first, and we have not recorded the rest in time."),
        ("no_paper", "Kept, no paper yet", "yellow", "It is for somebody without a seat. Nobody has it yet."),
        ("paper_out", "Ended, paper still out", "orange", "It ended, and its paper is not back yet, nor destroyed."),
        ("untold", "Ended, not told yet", "orange", "It ended, and whoever was rung was not told so yet."),
        ("changed", "Changed since", "yellow", "What was given was corrected or taken back by whoever told it."),
        ("ended", "Ended", "grey", "The day until which it could be read has passed."),
        ("taken_back", "Taken back", "orange", "Whoever gave it ended the reading, with a reason."),
        ("not_given", "Not given", "grey", "Somebody decided not to give it, with a reason."),
        (
            "second_person",
            "Waiting for a second person",
            "purple",
            "Not giving it could matter: another person looks too.",
        ),
        ("not_agreed", "Second person did not agree", "orange", "The second person thinks that it should be given."),
    ),
    "access_request": family(
        "An answer to a request for what is held",
        ("collected", "Being read", "blue", "What is held is being read, and what has to be held back is marked."),
        ("ready", "Waiting for a second person", "purple", "One officer says that it is ready. Another lets it go."),
        ("released", "Released", "green", "Two people let it go. What went out is kept."),
    ),
    "audit": family(
        "An audit or a statement of action",
        ("finding", "Finding", "blue", "Something was found."),
        ("learning_agreed", "Learning agreed", "blue", "What to learn is agreed."),
        ("training_due", "Training due", "yellow", "People have training to do."),
        ("practice_checked", "Practice checked again", "green", "Looked at again: practice has changed."),
        ("on_track", "On track", "blue", "It goes as planned."),
        ("behind", "Behind", "red", "We are later than we said."),
        ("complete", "Complete, evidence seen", "green", "Done, and somebody saw that it is."),
    ),
    "seat": family(
        "A seat",
        ("open", "In use", "green", "They sign in with it."),
        ("invited", "Invited", "blue", "They have a link and have not used it yet."),
        ("check_due", "Check due", "yellow", "It is time to say whether the seat is still needed."),
        ("check_overdue", "Check overdue", "red", "We are late to say so; the seat will be suspended by itself."),
        ("suspended", "Suspended", "orange", "Nobody can sign in with it for now, with a reason."),
        ("ended", "Ended", "grey", "They have left. What they did stays on record."),
    ),
    "system": family(
        "A part of this system",
        ("working", "Working", "green", "It works."),
        ("slow", "Slow", "yellow", "It works, slower than it should."),
        ("not_working", "Not working", "red", "It does not work. Tell whoever runs the server."),
        ("out_of_date", "Out of date", "yellow", "It works, and is older than it should be."),
        ("not_heard_from", "Not heard from", "orange", "Nothing has come since the time shown."),
    ),
}
