"""Making one thing fail while a page is made: a query of the database, or a function that the page calls."""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import Client

import alongside

# What says in words that something failed, and so is not made to fail itself.
SAYS_SO = frozenset({"web"})
# Every other room: of each, whatever function a page calls.
ROOMS = frozenset(path.stem for path in Path(alongside.__file__).parent.iterdir()) - SAYS_SO
IN_WORDS = ("We cannot show this now", "There is no such page", "You cannot see this")


def told_of(answer: HttpResponse) -> str:
    """Everything that an answer says, its headers too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body + str(answer.headers).encode()).decode("utf-8", "replace")


def wrong_with(said: str, status: int, shows: bool, what: str) -> list[str]:
    """What an answer may not be after a failure. `shows`: whether there is anything of a child in it."""
    wrong = [f"{what}: it shows a child"] if shows else []
    wrong += [f"{what}: it shows its inside"] if "Traceback" in said or "on purpose" in said else []
    if status >= 500 and not any(words in said for words in IN_WORDS):
        wrong.append(f"{what}: {status} without words")
    return wrong


class FailsAt:
    """The n-th query fails, as where the database went away; before it, none does. By 0 they are only counted."""

    def __init__(self, number: int = 0) -> None:
        self.number, self.asked, self.fired = number, 0, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked += 1
        if self.asked == self.number:
            self.fired = True
            raise OperationalError("on purpose")
        return execute(sql, params, many, context)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What is asked meanwhile changes nothing: who has looked at much is asked why, and would be shown nothing."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def parts() -> Iterator[tuple[str, ModuleType]]:
    """Every part of these rooms that is there while pages are made, by name."""
    for name, module in sorted(sys.modules.items()):
        room = name.removeprefix("alongside.").partition(".")[0]
        if name.startswith("alongside.") and room in ROOMS and "tests" not in name and "migrations" not in name:
            yield name, module


@cache
def functions() -> dict[Any, tuple[str, Any, str, FunctionType]]:
    """Every function that such a part gives others, and every one of its classes, by the code that it runs."""
    found = {}
    for name, module in parts():
        own = [thing for thing in vars(module).values() if getattr(thing, "__module__", "") == name]
        for holder in (module, *(thing for thing in own if inspect.isclass(thing))):
            for key, thing in vars(holder).items():
                if inspect.isfunction(thing) and thing.__module__ == name:
                    called = f"{name.removeprefix('alongside.')}:{thing.__qualname__}"
                    found[inspect.unwrap(thing).__code__] = (called, holder, key, thing)
    return found


class Heard(AbstractContextManager["Heard"]):
    """Hears which of these are called meanwhile; `named` has them afterwards, in the order of their names."""

    def __init__(self) -> None:
        self.named: list[tuple[str, Any, str, FunctionType]] = []
        self.codes: set[Any] = set()

    def __enter__(self) -> "Heard":
        known = functions()

        def hears(frame: Any, event: str, more: Any) -> None:
            if event == "call" and frame.f_code in known:
                self.codes.add(frame.f_code)

        sys.setprofile(hears)
        return self

    def __exit__(self, *failure: object) -> None:
        sys.setprofile(None)
        self.named = sorted((functions()[code] for code in self.codes), key=lambda one: one[0])


class Failing(AbstractContextManager["Failing"]):
    """Wherever a room holds this function, it fails. `calls`: how often it was called."""

    def __init__(self, holder: Any, key: str, function: FunctionType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.where, self.function, self.monkeypatch, self.calls = (holder, key), function, monkeypatch, 0

    def __enter__(self) -> "Failing":
        def fails(*args: Any, **kwargs: Any) -> None:
            self.calls += 1
            raise RuntimeError("on purpose")

        self.patching = self.monkeypatch.context()
        patch = self.patching.__enter__()
        patch.setattr(*self.where, fails)
        for module in [one for name, one in sys.modules.items() if name.startswith("alongside.")]:
            for name, thing in list(vars(module).items()):
                if thing is self.function:
                    patch.setattr(module, name, fails)
        return self

    def __exit__(self, *failure: object) -> None:
        self.patching.__exit__(None, None, None)
