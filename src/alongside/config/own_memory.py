"""A process of ours holds keys in its memory and its environment: Linux can keep both from others of the same user."""

import ctypes
import sys

# Of linux/prctl.h.
SET_DUMPABLE = 4


def keep_memory() -> None:
    """Nobody but the administrator looks into this process any more, and where it breaks it leaves no picture.

    The processes that it forks are kept likewise; a program that it starts has to say so again.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)
