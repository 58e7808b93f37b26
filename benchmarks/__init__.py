"""Measures beside named peers. They need what developers have."""

from importlib.util import find_spec

if find_spec("recordlinkage") is None:
    raise SystemExit("The peers are not installed here. Run `make setup`, then use .venv/bin/python.")
