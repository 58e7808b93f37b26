"""`alongside seat …`: who may sign in. The first seat of a new partnership is given here."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alongside.cli.environment import refuse, with_tables

if TYPE_CHECKING:
    from django import forms

    from alongside.agencies.models import Practitioner

app = typer.Typer(help="Give, list, suspend and end the seats of practitioners.", no_args_is_help=True)
BY = "alongside seat"
LABELS = {"email": "--email", "name": "--name", "agency": "--agency", "role": "--role", "team": "--team"}

AT_THE_TERMINAL = "Done at the terminal."
BecauseOption = Annotated[str, typer.Option(help="Why; it stands in the ledger.")]
EmailArgument = Annotated[str, typer.Argument(help="The e-mail address that they sign in with.")]


def asked_for_password() -> str:
    """A password typed twice and not shown; or, where nobody types, the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="The same again"))


def good_password(of: "Practitioner") -> str:
    """A password that may be used; exit status 2, in words, when it may not."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = asked_for_password()
    try:
        validate_password(password, of)
    except ValidationError as wrong:
        refuse("Nothing was changed.", *wrong.messages)
    return password


def complaints(form: "forms.Form") -> list[str]:
    """Each mistake in a form after the option that holds it."""
    return [f"{LABELS.get(name, name)}: {said}" for name, all_said in form.errors.items() for said in all_said]


def whose(email: str) -> "Practitioner":
    """The practitioner of this address; exit status 2, in words, when there is none."""
    from alongside.agencies.models import Practitioner

    found = Practitioner.objects.filter(email__iexact=email).first()
    if found is None:
        refuse(f"Nobody here has the address {email}. `alongside seat list` shows who has a seat.")
    return found


@app.command("give")
def give(
    email: Annotated[str, typer.Option(help="The address that they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name, as others know it.")],
    agency: Annotated[str, typer.Option(help="Whom they work for, like leeds-city-council.")],
    role: Annotated[str, typer.Option(help="What they do here, like information_officer.")],
    team: Annotated[str, typer.Option(help="Their team, like leeds-city-council-front-door.")] = "",
    job_title: Annotated[str, typer.Option(help="What others call what they do.")] = "",
    phone: Annotated[str, typer.Option(help="The number on which colleagues reach them.")] = "",
) -> None:
    """Give somebody a seat. The password is asked for, or read from standard input. Exit status 2: refused."""
    with_tables()
    from django.utils import timezone

    from alongside.agencies.actions import invite, load_agencies
    from alongside.agencies.forms import SeatForm

    load_agencies(by=BY, at=timezone.now())
    told = {"email": email, "name": name, "agency": agency, "role": role, "team": team}
    form = SeatForm({**told, "job_title": job_title, "phone": phone})
    if not form.is_valid():
        refuse("No seat was given.", *complaints(form))
    seat = form.seat()
    password = good_password(form.practitioner())
    made = invite(**seat, password=password, by=BY, at=timezone.now())
    typer.echo(f"{made.name} has a seat: {made.role_name}, {made.agency.name}. Key on the terminal: {made.key}")


@app.command("list")
def every_seat() -> None:
    """Who has a seat: key, address, name, role, agency, and how the seat stands."""
    with_tables()
    from django.utils import timezone

    from alongside.agencies.models import Practitioner
    from alongside.agencies.rules import state_of_seat
    from alongside.agencies.signing_in import limits

    at, allowed = timezone.now(), limits()
    for one in Practitioner.objects.select_related("agency"):
        state = state_of_seat(one.seat, at=at, limits=allowed)
        stands = "" if state == "open" else f"  ({state.replace('_', ' ')})"
        typer.echo(f"{one.key}  {one.email}  {one.name}  {one.role}  {one.agency_id}{stands}")


@app.command("password")
def password(email: EmailArgument) -> None:
    """Give them another password, and end every session begun with the old one."""
    with_tables()
    from django.utils import timezone

    from alongside.agencies.actions import change_password

    one = whose(email)
    change_password(practitioner=one, password=good_password(one), by=BY, at=timezone.now())
    typer.echo(f"{one.name} has another password. Sessions begun with the old one have ended.")


def change(email: str, verb: str, **told: Any) -> tuple["Practitioner", Any]:
    """Whose seat it is, and what the action of that name gave back; exit status 2, in words, where it may not be."""
    with_tables()
    from django.utils import timezone

    from alongside.agencies import seats

    one = whose(email)
    try:
        return one, getattr(seats, verb)(practitioner=one, by=BY, at=timezone.now(), **told)
    except seats.NotForYouError as refused:
        refuse("Nothing was changed.", str(refused))


@app.command("end")
def end(email: EmailArgument, because: BecauseOption = AT_THE_TERMINAL) -> None:
    """End a seat, at once: nobody can sign in with it, and open sessions close. What they did stays on record."""
    one, _ = change(email, "end_seat", because=because)
    typer.echo(f"{one.name}'s seat has ended.")


@app.command("suspend")
def suspend(email: EmailArgument, because: BecauseOption = AT_THE_TERMINAL) -> None:
    """Suspend a seat, at once: nobody can sign in with it until it is lifted, and open sessions close."""
    one, _ = change(email, "suspend", because=because)
    typer.echo(f"{one.name}'s seat is suspended.")


@app.command("lift")
def lift(email: EmailArgument, because: BecauseOption = AT_THE_TERMINAL) -> None:
    """Lift the suspension of a seat."""
    one, _ = change(email, "lift", because=because)
    typer.echo(f"{one.name}'s seat is in use again.")


@app.command("keep")
def keep(email: EmailArgument, because: BecauseOption = AT_THE_TERMINAL) -> None:
    """Say that a seat is still needed, for another year."""
    one, _ = change(email, "keep", because=because)
    typer.echo(f"{one.name}'s seat is kept for another year.")


def hand_over(one: "Practitioner", token: str) -> None:
    """Prints a link; where it is printed, nobody but its holder may look."""
    from alongside.agencies.letters import link_of

    typer.echo(f"Good once, for {one.name} alone. Hand it over in person or by a channel that you trust:")
    typer.echo(link_of(token))


@app.command("link")
def link(email: EmailArgument) -> None:
    """Make a link that opens a seat once. What was signed in with until now opens nothing any more."""
    hand_over(*change(email, "make_link"))


@app.command("give-back")
def give_back(email: EmailArgument, because: BecauseOption = AT_THE_TERMINAL) -> None:
    """Give an ended seat back to the person whose it was, by a link."""
    hand_over(*change(email, "give_back", because=because))


@app.command("hand-over")
def hand_over_record(
    reference: Annotated[str, typer.Argument(help="The child’s reference.")], email: EmailArgument
) -> None:
    """Name somebody on a restricted record that nobody who is named can lift any longer. Exit status 2: refused."""
    with_tables()
    from django.core.exceptions import PermissionDenied
    from django.utils import timezone

    from alongside.people import closing
    from alongside.people.models import Person

    to, person = whose(email), Person.objects.filter(reference=reference).first()
    restriction = person and closing.restriction_of(person)
    if not restriction:
        refuse(f"No restricted record has the reference {reference}.")
    try:
        closing.hand_over(restriction=restriction, to=to, by=BY, at=timezone.now())
    except PermissionDenied:
        refuse(
            "Nothing was changed.",
            "Somebody who is named keeps this restriction, or this seat may not restrict records or not open this one.",
        )
    typer.echo(f"{to.name} is named on it now: they can read it, name others, and lift it.")
