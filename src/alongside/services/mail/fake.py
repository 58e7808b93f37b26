"""A mail server for tests: keeps what it takes, refuses whom it is told to, and can be down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from .client import TAKEN, Message


@dataclass
class FakeMail:
    refuses: Collection[str] = ()
    is_down: bool = False
    taken: list[Message] = field(default_factory=list)

    def deliver(self, messages: Sequence[Message]) -> list[str]:
        if self.is_down:
            return ["ConnectionRefusedError"] * len(messages)
        answers = [self._answer(one) for one in messages]
        self.taken += [one for one, answer in zip(messages, answers, strict=True) if answer == TAKEN]
        return answers

    def _answer(self, one: Message) -> str:
        if len(one.to.splitlines()) > 1:
            return "ValueError"
        if len(one.subject.splitlines()) > 1:
            return "BadHeaderError"
        return "SMTPRecipientsRefused" if one.to in self.refuses else TAKEN
