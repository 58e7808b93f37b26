from django import forms


class SignInForm(forms.Form):
    """E-mail address and password; which of the two was wrong is never said."""

    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like maya@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def say_that_they_do_not_match(self) -> None:
        """The same words whether nobody has this address, the password is another, or the seat has ended."""
        self.add_error(None, "That e-mail address and password do not go together. Try again, or call the duty team.")
