"""`alongside token …`: keys to the API."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.cli.environment import refuse, with_tables

if TYPE_CHECKING:
    from alongside.agencies.models import Agency

app = typer.Typer(help="Make and end keys to the API.", no_args_is_help=True)


def partner_of(agency: str, kinds: list[str]) -> "Agency":
    """The partner of that name; exit status 2, in words, where there is none or no such kind."""
    from django.utils import timezone

    from alongside.agencies.actions import load_agencies
    from alongside.agencies.models import Agency
    from alongside.contributions.kinds import kinds as known

    if unknown := sorted(set(kinds) - set(known())):
        refuse(f"No kind is called {', '.join(unknown)}. There are: {', '.join(known())}.")
    load_agencies(by="alongside token", at=timezone.now())
    partner = Agency.objects.filter(slug=agency).first()
    if partner is None:
        slugs = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True))
        refuse(f"No partner is called {agency!r}. There are: {slugs}.")
    return partner


@app.command("make")
def make(
    agency: Annotated[str, typer.Argument(help="The agency it tells for, like leeds-education.")],
    name: Annotated[str, typer.Argument(help="What it is for, like 'school system'.")],
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="A kind it may send; those that the agency tells by the playbook, if not said."),
    ] = None,
    days: Annotated[int, typer.Option(help="How many days it opens; then a new one is needed.", min=1, max=730)] = 365,
) -> None:
    """Make a key for one agency and its kinds. It is shown once and not kept, and runs out."""
    with_tables()
    from django.utils import timezone

    from alongside.contributions.kinds import kinds_of_agency
    from alongside.contributions.tokens import make_token

    partner = partner_of(agency, kinds or [])
    may_send = kinds or kinds_of_agency(partner.slug)
    token, key = make_token(
        agency=partner,
        name=name,
        kinds=may_send,
        by="alongside token",
        at=timezone.now(),
        lasts=timedelta(days=days),
    )
    runs_out = timezone.localdate(token.expires_at)
    typer.echo(f"Key {token.pk} for {partner.name}, until {runs_out.day} {runs_out:%B %Y}.")
    typer.echo(f"It may send: {', '.join(may_send)}.\n{key}")


@app.command("end")
def end(number: Annotated[int, typer.Argument(help="The key's number.")]) -> None:
    """End a key, at once."""
    with_tables()
    from django.utils import timezone

    from alongside.contributions.models import ApiToken
    from alongside.contributions.tokens import end_token

    token = ApiToken.objects.filter(pk=number).first()
    if token is None:
        refuse(f"There is no key {number}.")
    end_token(token=token, by="alongside token", at=timezone.now())
    typer.echo(f"Key {number} has ended.")
