"""Who is signed in, as every page needs them."""

from django.contrib.auth.backends import ModelBackend

from .models import Practitioner


class Seats(ModelBackend):
    """Django's own way to sign in; a practitioner comes with their agency, which every page asks for."""

    def get_user(self, user_id: int) -> Practitioner | None:
        """The holder of the seat, while they hold it."""
        found = Practitioner.objects.select_related("agency").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
