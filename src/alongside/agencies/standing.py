"""Whether a seat still is what it was when somebody proved whose it is: a moment lies in between."""

from django.utils.crypto import constant_time_compare

from alongside.web.errors import Refused

from .models import Practitioner

CHANGED = "This seat was changed at the very moment in which this page was sent. Nothing was opened."
ONCE_MORE = "Sign in once more. If you were sent a new link, use that."


class ChangedMeanwhileError(Refused):
    """The seat was stopped, or given a new link or password, since it was read."""

    def __init__(self) -> None:
        super().__init__(CHANGED, ask=ONCE_MORE)


def held(practitioner: Practitioner) -> Practitioner:
    """The seat as it is now, which nobody changes before this transaction ends. Raises ChangedMeanwhileError."""
    seat = Practitioner.objects.select_for_update().get(pk=practitioner.pk)
    was, now = practitioner.get_session_auth_hash(), seat.get_session_auth_hash()
    if not seat.is_active or not constant_time_compare(was, now):
        raise ChangedMeanwhileError
    return seat
