"""The partners' API: tell one thing or up to 1,000, and ask what became of it. OpenAPI 3.1 beside it."""

import json
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, NinjaAPI, Schema
from ninja import Status as Answer
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from alongside.access.guard import open_to_all

from .actions import Verdict, accept
from .actions import withdraw as take_back
from .api_schema import REQUEST_BODY
from .models import ApiToken, Contribution
from .quality import still_missing
from .queries import sent_by_system
from .rules import Problem
from .tasks import follow_soon
from .tokens import is_too_often, token_for

MOST = 1000
MEGABYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
Status = Literal["accepted", "unchanged", "superseded", "rejected"]


class Key(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        at = timezone.now()
        found = token_for(token, at=at)
        if found and is_too_often(found, at=at):
            raise HttpError(429, "Too often within a minute. Wait, and send lists of up to 1,000, not one by one.")
        return found


class ProblemOut(Schema):
    field: str
    value: str
    rule: str
    mend: str


class VerdictOut(Schema):
    status: Status
    receipt: str
    problems: list[ProblemOut] = Field(
        description="Of something rejected: everything that is wrong with it. Of anything else: what would still help "
        "whoever reads it; it is kept as it is."
    )


class BatchOut(Schema):
    accepted: int
    unchanged: int
    superseded: int
    rejected: int
    items: list[VerdictOut]


class ReceiptOut(Schema):
    receipt: str
    reference: str
    kind: str
    version: int
    received_at: str
    became: Literal["received", "on_the_timeline", "superseded", "withdrawn"]


class Refusal(Schema):
    detail: str


class TakeBack(Schema):
    """Why it is taken back, in a line; partners see it."""

    because: str = Field(max_length=300, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")


# What may be answered whatever is asked: too much in a short time, a part that does not answer, no room left.
AT_ANY_TIME = {429: Refusal, 503: Refusal, 507: Refusal}

api = NinjaAPI(
    title="Alongside",
    version="1",
    description="Tell the safeguarding partnership what your agency knows, and learn what became of it. "
    f"A request holds at most {MEGABYTES} MB, and a list at most {MOST:,} items; more is answered with 413.",
    auth=Key(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    return api.create_response(
        request, {"detail": "Send your agency's key as: Authorization: Bearer <key>."}, status=401
    )


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, exc: RequestDataTooBig) -> HttpResponse:
    said = f"Send at most {MEGABYTES} MB at a time: divide the list."
    return api.create_response(request, {"detail": said}, status=413)


@api.exception_handler(ValidationError)
def no_reason(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    said = 'Say in a line why, 300 characters at most: {"because": "it was about another child"}.'
    return api.create_response(request, {"detail": said}, status=422)


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise HttpError(400, "The body is not JSON. Send one object, or a list of up to 1,000.") from None


def _may_send(token: ApiToken, item: object) -> Problem | None:
    if not isinstance(item, dict):
        # What it is instead of a contribution is said where contributions are read.
        return None
    kind = item.get("kind")
    if token.kinds and kind not in token.kinds:
        return Problem("kind", str(kind)[:200], "Your key may not send this kind.", "Use: " + ", ".join(token.kinds))
    return None


def _told(token: ApiToken, items: list[Any]) -> list[Verdict]:
    refused = {n: problem for n, item in enumerate(items) if (problem := _may_send(token, item))}
    allowed = [item for n, item in enumerate(items) if n not in refused]
    by = f"api:{token.name}"
    verdicts = iter(accept(allowed, by=by, at=timezone.now(), agency=token.agency_id))
    told = [Verdict("rejected", problems=(refused[n],)) if n in refused else next(verdicts) for n in range(len(items))]
    if taken := sum(one.status in {"accepted", "superseded"} for one in told):
        follow_soon(taken)
    return told


def _out(verdict: Verdict) -> dict[str, Any]:
    problems = still_missing(verdict.envelope) if verdict.envelope else verdict.problems
    return {
        "status": verdict.status,
        "receipt": verdict.receipt,
        "problems": [problem.as_dict() for problem in problems],
    }


@api.post(
    "/contributions",
    response={
        200: BatchOut,
        201: VerdictOut,
        400: Refusal,
        401: Refusal,
        413: Refusal,
        422: VerdictOut,
        **AT_ANY_TIME,
    },
    operation_id="tell",
    summary="Tell one thing, or a list of up to 1,000 with a verdict each",
    openapi_extra={"requestBody": REQUEST_BODY},
)
def tell(request: HttpRequest) -> Any:
    """One object: 201 with its receipt and what would still help, or 422 with every problem. A list: 200 with a
    verdict each, in order.

    The same again gives the same receipt and changes nothing. A receipt means that it is kept for good.
    """
    body = _body(request)
    items = body if isinstance(body, list) else [body]
    if len(items) > MOST:
        return Answer(413, {"detail": "Send at most 1,000 at a time."})
    verdicts = _told(request.auth, items)  # type: ignore[attr-defined]
    if not isinstance(body, list):
        return Answer(422 if verdicts[0].status == "rejected" else 201, _out(verdicts[0]))
    counts = {status: sum(v.status == status for v in verdicts) for status in Status.__args__}  # type: ignore[attr-defined]
    return Answer(200, {**counts, "items": [_out(verdict) for verdict in verdicts]})


@api.get(
    "/contributions/{receipt}",
    response={200: ReceiptOut, 401: Refusal, 404: Refusal, **AT_ANY_TIME},
    operation_id="receipt",
    summary="What became of something you told",
)
def receipt(request: HttpRequest, receipt: str) -> Any:
    """Only receipts of your own agency and of your key's kinds are answered."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    one = _of_its_kinds(Contribution.objects.filter(agency=token.agency_id), receipt, token)
    if one is None:
        return Answer(404, {"detail": "Your agency has no receipt of this number, or your key is for other kinds."})
    return Answer(200, _known(one))


@api.post(
    "/contributions/{receipt}/withdraw",
    response={
        200: ReceiptOut,
        400: Refusal,
        401: Refusal,
        404: Refusal,
        409: Refusal,
        413: Refusal,
        422: Refusal,
        **AT_ANY_TIME,
    },
    operation_id="withdraw",
    summary="Take back something your systems told",
)
def withdraw(request: HttpRequest, receipt: str, reason: TakeBack) -> Any:
    """It stays visible as withdrawn, with your reason. Twice is the same as once. To correct it, tell it again."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    one = _of_its_kinds(sent_by_system(agency=token.agency_id), receipt, token)
    if one is None:
        return Answer(404, {"detail": "Your key has told nothing that has a receipt of this number."})
    if not one.is_newest:
        return Answer(409, {"detail": "You told this again since: take back the newer version by its own receipt."})
    if one.stands:
        take_back(contribution=one, by=f"api:{token.name}", at=timezone.now(), because=reason.because.strip())
        follow_soon(1)
        one.refresh_from_db()
    return Answer(200, _known(one))


def _of_its_kinds(told: QuerySet[Contribution], receipt: str, token: ApiToken) -> Contribution | None:
    """The one of these with this receipt, where the key is for its kind."""
    one = told.filter(receipt=receipt[:26].replace("\x00", "")).select_related("pending").first()
    return one if one and (not token.kinds or one.kind in token.kinds) else None


def _known(one: Contribution) -> dict[str, Any]:
    return {
        "receipt": one.receipt,
        "reference": one.reference,
        "kind": one.kind,
        "version": one.version,
        "received_at": one.received_at.isoformat(),
        "became": became(one),
    }


def became(one: Contribution) -> str:
    """What became of a contribution, in one word of the status table."""
    if one.withdrawn_at:
        return "withdrawn"
    if not one.is_newest:
        return "superseded"
    return "received" if hasattr(one, "pending") else "on_the_timeline"


@open_to_all("The shape of the API, with invented examples; no child in it.")
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False), content_type="application/json"
    )
