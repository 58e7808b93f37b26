"""The page on which police release what only they may read, in other words."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.contributions.looks import write_down
from alongside.contributions.police_forms import shown_of_the_source
from alongside.contributions.summary import told_rows
from alongside.contributions.tasks import follow_soon

from .releasing import WIDER, releasable, release, releases_of

FOR_WHOM = {
    WIDER[0]: "Everybody in the team around the child",
    WIDER[1]: "Statutory agencies in the team around the child",
}


class ReleaseForm(forms.Form):
    words = forms.CharField(
        label="In which words?",
        help_text="What keeps the child safe, and nothing that shows who told it or how it is known.",
        widget=forms.Textarea({"rows": 5}),
        max_length=2000,
        error_messages={"required": "Write the words that others may read"},
    )
    handling = forms.ChoiceField(
        label="Who may read them?",
        choices=[(str(key), words) for key, words in FOR_WHOM.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may read them"},
    )
    conditions = forms.CharField(
        label="What must they keep to?",
        help_text="For example: ask us before you speak of it with the family. You can leave it empty.",
        max_length=300,
        required=False,
    )

    def __init__(self, contribution: object, *args: object) -> None:
        super().__init__(*args)
        self.contribution = contribution

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        for name in shown_of_the_source(self.contribution, words):
            raise forms.ValidationError(f"Take out “{name}”: it shows who told it")
        return words


@requires(Permission.RELEASE_POLICE)
@require_http_methods(["GET", "HEAD", "POST"])
def release_told(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was told, and the words in which others may read it; reading it is in the ledger."""
    one, at = releasable(request.user, receipt), timezone.now()
    if one is None:
        raise Http404
    form = ReleaseForm(one, request.POST if request.method == "POST" else None)
    if form.is_valid():
        release(original=one, by=request.user, at=at, **form.cleaned_data)
        follow_soon(1)
        messages.success(request, "Released. Those who may read it find it on the timeline; the original stays yours.")
        return redirect("release_told", receipt)
    write_down("release", one, by=request.user, at=at)
    context = {"one": one, "form": form, "rows": told_rows(one, all_answers=True)}
    return render(request, "chronology/release.html", context | {"releases": releases_of(request.user, one)})
