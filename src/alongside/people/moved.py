"""Said by whoever moves a record from one person to another, in the same transaction; `people` are both, `at` is when.

Rooms above, which show a person whole, put right what they keep of them.
"""

from collections.abc import Callable

from django.dispatch import Signal

records_moved = Signal()


def whenever_records_move(do: Callable[[set[int]], object], *, called: str) -> None:
    """Do this with the keys of the people between whom a record moved. `called`: once by this name, however often
    it is asked for."""

    def heard(people: set[int], **_: object) -> None:
        do(people)

    records_moved.connect(heard, weak=False, dispatch_uid=called)
