"""What became of something sent, as one word of the table of status words and a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Became:
    state: str
    words: str


def became(
    *, is_withdrawn: bool, is_newest: bool, is_pending: bool, has_gaps: bool, is_returned: bool = False
) -> Became:
    """The state to show, and what it means for whoever sent it."""
    if is_withdrawn:
        return Became("withdrawn", "Taken back. Partners see that it was, and why.")
    if not is_newest:
        return Became("corrected", "A newer version has taken its place.")
    if is_returned:
        return Became("returned", "Partners can read it as it is. Your supervisor says what would help.")
    state = "received_with_gaps" if has_gaps else "received"
    if is_pending:
        return Became(state, "It is safe with us and is being added to the timeline.")
    return Became(state, "It is on the timeline, and the partners who may see it can read it.")
