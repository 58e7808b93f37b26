"""Said by whoever moves a record from one person to another, in the same transaction; `people` are both.

Rooms above, which show a person whole, put right what they keep of them.
"""

from django.dispatch import Signal

records_moved = Signal()
