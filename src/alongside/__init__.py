"""Alongside: the shared system of a local safeguarding partnership."""

__version__ = "0.1.0"
