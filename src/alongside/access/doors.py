"""Said when a door closes or opens again: a seat, a key to the API, a restriction, a tie; in the same transaction.

The room that keeps copies writes down which are closed, so that an older copy opens none of them again.
"""

from django.dispatch import Signal

door_changed = Signal()
