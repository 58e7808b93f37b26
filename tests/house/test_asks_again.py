"""What cannot be taken back, and what makes a seat more or less, asks for a second factor shown just now."""

from .tracked import pages

ASKS = {
    # A pack leaves the partnership; what is disposed of is gone.
    "access_release",
    "proposal",
    # Who has a seat, and with what they sign in.
    "change_seat",
    "invite",
    "own_password",
    "recovery_codes",
    "set_up_app",
    "set_up_factor",
    "set_up_passkey",
    "take_factor_away",
}


def test_these_pages_ask_again_and_no_others():
    assert {pattern.name for _, pattern in pages() if getattr(pattern.callback, "asks_again", False)} == ASKS
