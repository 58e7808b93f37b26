"""Said when a seat is suspended or ends, in the same transaction, with the `practitioner` and the moment `at`.

Rooms above end what was opened to that seat for hours: it would be open still if the seat came back.
"""

from django.dispatch import Signal

seat_stopped = Signal()
