"""The facts that differ from partnership to partnership, as TOML that its own people can read."""

from .parts import check, own, unread
from .reading import BrokenPlaybookError, Mistake, load, load_folder

__all__ = ["BrokenPlaybookError", "Mistake", "check", "load", "load_folder", "own", "unread"]
