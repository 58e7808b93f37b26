"""Who asks from the terminal: a command that shows a child's information names whose eyes it has."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from alongside.access.permissions import Permission
    from alongside.agencies.models import Practitioner

AsOption = Annotated[str, typer.Option("--as", help="Key of the practitioner who asks, like maya.")]


def practitioner(key: str, needs: "Permission") -> "Practitioner":
    """The practitioner of this key; exit status 2, in words, when nobody has it or they lack the permission."""
    from alongside.agencies.models import Practitioner

    found = Practitioner.objects.select_related("agency").filter(key=key, is_active=True).first()
    if found is None:
        typer.echo(f"Nobody here has the key {key!r}.", err=True)
        raise typer.Exit(2)
    return permitted(found, needs)


def permitted(asks: "Practitioner", needs: "Permission") -> "Practitioner":
    """The same practitioner, if their role allows it; else exit status 2, in words."""
    if not asks.may(needs):
        typer.echo(f"{asks.name}'s role does not allow this ({needs}).", err=True)
        raise typer.Exit(2)
    return asks
