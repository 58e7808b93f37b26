"""Who has to look into an emergency hears of it by e-mail too: the page alone waits until they sign in."""

from django.urls import reverse
from django_tasks import task

from alongside.agencies import letters
from alongside.agencies.models import Practitioner


@task()
def write_of_emergency(told: list[int]) -> int:
    """Returns how many letters were handed on; one that is not stops no other, and the notice waits all the same."""
    address = letters.address_of(reverse("emergency_queue"))
    seats = Practitioner.objects.filter(pk__in=told, is_active=True).order_by("pk")
    return sum(letters.emergency(one, notices=address) for one in seats)
