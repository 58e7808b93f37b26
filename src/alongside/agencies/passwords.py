"""What no password may be made of: words that whoever guesses here would try first (OWASP ASVS 5.0, 6.1.2)."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from .rules import words_in
from .signing_in import signing_in

# So much has to be left of a password without them; signs between words do not count.
LEAST_LEFT = 8


class NotOfWordsKnownHere:
    """A validator of Django's: refuses a password of which little is left without the playbook's words, the names of
    the agency and the team, and its holder's own name and address."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in sorted(self._known(user), key=len, reverse=True):
            left = left.replace(word, " ")
        if sum(sign.isalnum() for sign in left) < LEAST_LEFT:
            raise ValidationError(self.get_help_text(), code="words_known_here")

    def get_help_text(self) -> str:
        return (
            "Your name, your agency’s and words of this work are guessed first. "
            "Take three words that have nothing to do with them."
        )

    def _known(self, user: Any) -> Iterator[str]:
        yield from signing_in().words_no_password_is_made_of
        if user is not None:
            team = user.team.name if user.team else ""
            yield from words_in(user.name, user.email, user.agency.name, user.agency.short_name, team)
