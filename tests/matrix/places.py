"""The place of every page in the matrix: whose roles open it, how near they must stand, what it may show.

A page that is not here fails the build. The roles are written out, one by one, from what each page is for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.agencies.models import Agency, Practitioner

from .belonging import AT
from .oracle import AGENCY, FRONT_DOOR, POLICE_ONLY, SEES_CHILDREN
from .world import World

EVERYBODY = frozenset({*AGENCY, ""})
SIGNED_IN = frozenset(AGENCY)
TELLS = SIGNED_IN - {"analyst", "scrutineer", "data_protection_lead", "seat_manager"}
BRIEFED = frozenset(
    {*FRONT_DOOR, "social_worker", "team_manager", "youth_justice_worker", "meeting_chair", *POLICE_ONLY}
)
SUPERVISES = frozenset({"police_supervisor", "team_manager", "front_door_manager"})
ANSWERS = frozenset({*FRONT_DOOR, "police_supervisor", "police_intelligence"})
RELEASES = frozenset({"police_supervisor", "police_intelligence"})
GRADES = frozenset({"police_intelligence"})
INFORMATION = frozenset({"information_officer"})
HEALTH = INFORMATION | {"analyst", "scrutineer"}
GOVERNS = INFORMATION | {"data_protection_lead"}
WATCHES = GOVERNS | {"scrutineer"}
SEATS, RECORDS = frozenset({"seat_manager"}), frozenset({"records_officer"})
CHAIRS = frozenset({"meeting_chair"})
CHILDREN = frozenset(SEES_CHILDREN)
RESTRICTS = frozenset({"front_door_manager"})


@dataclass(frozen=True)
class Place:
    """`about`: "" (no one child), "child", or "entry" (one of its entries). `least`: how near its reader must stand:
    "known", "team", "lasting" (in the team by more than an emergency, or at the front door), "no emergency", or "open"
    (nothing closes the child to them).

    `shows`: "nothing" of any child's entries; "what they read"; "all they read" (that and no less); "the forum's".
    `only`: of which relations and handlings there is anything to open. `body`: what is sent in full, so that whoever
    may does something by it.
    """

    roles: frozenset[str]
    about: str = ""
    least: str = ""
    shows: str = "nothing"
    method: str = "get"
    part: str = ""
    # Whether whoever stands near enough may always: some pages ask for more.
    exact: bool = True
    # Whether whoever may is shown a page: others lead on at once.
    opens: bool = True
    only: Callable[[str, str], bool] = lambda relation, handling: True
    body: Mapping[str, object] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has to sign in for it."""
        return "" in self.roles

    def body_for(self, world: World, held: str) -> dict[str, object] | None:
        """What this one of the cast sends; what hangs on who they are is asked for."""
        if self.body is None:
            return None
        return {key: value(world, held) if callable(value) else value for key, value in self.body.items()}


def whoever_loses_it(world: World, held: str) -> str:
    """The tick under everybody who could lose a record, whoever they are for the child on whose page it is."""
    seats, agencies = Practitioner.objects.values_list("key", flat=True), Agency.objects.all()
    of_whole_agencies = (f"{one.short_name}:{many}" for one in agencies for many in range(1, len(seats)))
    return "|".join([*seats, *of_whole_agencies])


def a_day(field: str, year: str) -> dict[str, str]:
    """The first of March of that year, as a form asks for a day."""
    return {f"{field}_day": "1", f"{field}_month": "3", f"{field}_year": year}


def a_role_there(world: World, held: str) -> str:
    """A role that the agency of whoever sends it has."""
    return "social_worker" if AGENCY[held] == "leeds-city-council" else held


def not_theirs(relation: str, handling: str) -> bool:
    """The entries of this world are told by a system of police: nobody of the cast told one."""
    return False


def to_police(relation: str, handling: str) -> bool:
    return handling == "police"


def urgent_ones(relation: str, handling: str) -> bool:
    return relation == "team"


def of_child(roles: frozenset[str] = CHILDREN, least: str = "team", **more: Any) -> Place:
    return Place(roles, about="child", least=least, **more)


# What is sent so that something is done. The day is far enough off for everything.
# What a page carries of what was disposed of when the things were made.
GONE = {"shown": f"gone@{AT.isoformat()}"}
BECAUSE = {"because": "So it is"}
TO_AN_AUNT = {"outside": "An aunt", "words": "Look for a grey car."}
WHY = BECAUSE | {"family": "told", "bases": ["art_6_1_c", "art_9_2_g"]}
SHARED = TO_AN_AUNT | WHY | {"read": "on"} | a_day("expires_on", "2027")
CLOSED = BECAUSE | {"readers": "z-giver@alongside.example", "understood": whoever_loses_it}
THROWN_AWAY = {"do": "throw_away"}
NOT_GIVEN = BECAUSE | {"outside": "An aunt", "why_not": "not_relevant", "second": "z-manager"}
ACTION = {"what": "Call the school", "owner": lambda world, held: world.manager.pk} | a_day("due", "2027")
JUDGED = BECAUSE | {"verdict": "judged_fair"}
INVITED = {"name": "New", "email": "somebody-new@alongside.example", "role": a_role_there}
RELEASED = {"words": "They may be followed home.", "handling": "team"}
GRADED = {"source": "2", "information": "A", "handling": "P", "priority": "low"}
ASKED = {"reference": "ZQ-ASKED", "asked_by": "Their mother", "asked_as": "parent", "reply_to": "By hand"}
ASKED |= {"identity_how": "Passport seen"} | a_day("received_on", "2025") | a_day("identity_on", "2025")


PLACES: dict[str, Place] = {
    "my_day": Place(SIGNED_IN, shows="what they read"),
    "emergency_notice": Place(SIGNED_IN, part="pk", body=JUDGED),
    "briefing": Place(BRIEFED, shows="the forum's"),
    "briefing_pdf": Place(BRIEFED, shows="the forum's"),
    "briefing_json": Place(BRIEFED, shows="the forum's"),
    "briefing_text": Place(BRIEFED, shows="the forum's"),
    "briefing_places": Place(BRIEFED),
    "raise_action": Place(CHAIRS, about="child", least="open", shows="the forum's", body=ACTION),
    "tick_off": Place(CHILDREN, part="pk", body={"outcome": "Called"}),
    "find": Place(CHILDREN),
    "find_results": Place(CHILDREN, about="child", part="found"),
    "child": of_child(least="known", shows="what they read"),
    "child_timeline": of_child(shows="all they read"),
    "child_entry": Place(CHILDREN, about="entry", shows="all they read"),
    "child_records": of_child(),
    # What changes a record is not for whoever opened it in an emergency: that is for reading.
    "child_not_this": of_child(least="no emergency", part="record", exact=False, body=BECAUSE),
    "child_confirm": of_child(frozenset(FRONT_DOOR), "no emergency", method="post", part="standing", exact=False),
    "child_looked": of_child(),
    "child_number": of_child(method="post", part="number", exact=False),
    "child_places": of_child(),
    "child_emergency": Place(CHILDREN, about="child", exact=False),
    "child_tie": of_child(least="known", body=BECAUSE),
    "child_restriction": of_child(RESTRICTS, "no emergency", body=CLOSED),
    "child_leave_out": of_child(RESTRICTS, "no emergency", method="post", part="key", exact=False),
    "child_lift": of_child(
        RESTRICTS,
        "no emergency",
        method="post",
        only=lambda relation, handling: relation == "named",
        body=BECAUSE,
    ),
    "release_told": Place(
        RELEASES,
        about="entry",
        shows="the forum's",
        part="receipt",
        only=to_police,
    ),
    # Where one meets a child in one's work: as the page that leads there.
    "release_told_tie": Place(
        RELEASES,
        about="entry",
        part="receipt",
        shows="the forum's",
        only=to_police,
        body=BECAUSE,
    ),
    "grade_tie": Place(GRADES, about="entry", part="receipt", only=not_theirs, body=BECAUSE),
    "urgent_told_tie": Place(
        ANSWERS,
        about="entry",
        part="receipt",
        shows="the forum's",
        exact=False,
        only=urgent_ones,
        body=BECAUSE,
    ),
    "look_over_tie": Place(SUPERVISES, about="entry", part="receipt", only=not_theirs, body=BECAUSE),
    "came_in_tie": Place(frozenset(FRONT_DOOR), about="entry", part="receipt", shows="the forum's", body=BECAUSE),
    "link_pair_tie": Place(INFORMATION, part="pk", body=BECAUSE),
    "emergency_notice_tie": Place(SIGNED_IN, part="pk", body=BECAUSE),
    "ties": Place(GOVERNS),
    "end_tie": Place(GOVERNS, part="pk", body=BECAUSE),
    "emergency_queue": Place(SIGNED_IN, shows="what they read"),
    "why_so_many": Place(SIGNED_IN, method="post", part="measure"),
    # Who gives on purpose chooses among what they read; an emergency is no time for it.
    "share": of_child(least="lasting", shows="what they read", body=SHARED),
    "share_now": of_child(least="lasting", shows="what they read", body=TO_AN_AUNT),
    "share_not": of_child(least="lasting", shows="what they read", body=NOT_GIVEN),
    "share_draft": of_child(least="lasting", method="post", body=THROWN_AWAY),
    "share_now_draft": of_child(least="lasting", method="post", body=THROWN_AWAY),
    "share_not_draft": of_child(least="lasting", method="post", body=THROWN_AWAY),
    "child_shared": of_child(shows="what they read"),
    "what_i_gave": Place(CHILDREN),
    "gave": Place(CHILDREN, part="pk", body=BECAUSE),
    "share_rest": Place(CHILDREN, part="pk", body=WHY),
    "share_left": Place(GOVERNS, part="pk", body=WHY),
    "share_left_told": Place(GOVERNS, part="pk", body=GONE),
    "share_left_again": Place(CHILDREN, part="pk", body=BECAUSE),
    "share_left_word": Place(GOVERNS, part="pk", body=BECAUSE),
    "share_end": Place(CHILDREN, part="pk", body=BECAUSE),
    "share_running": Place(GOVERNS),
    "share_running_one": Place(GOVERNS, part="pk", body=BECAUSE),
    "share_told": Place(CHILDREN, part="pk", method="post", body=GONE),
    "share_rang": Place(CHILDREN, part="pk", method="post", body={}),
    "share_paper": Place(CHILDREN, part="pk"),
    "share_second": Place(CHILDREN, part="pk", body=BECAUSE | {"agrees": "yes"}),
    "received": Place(SIGNED_IN),
    "received_one": Place(SIGNED_IN, part="pk"),
    "access_requests": Place(GOVERNS),
    "access_log": Place(GOVERNS, body=ASKED),
    "access_request": Place(GOVERNS, part="pk"),
    "access_extend": Place(GOVERNS, part="pk", body=BECAUSE),
    "access_tie": Place(GOVERNS, part="pk", body=BECAUSE),
    "access_collect": Place(GOVERNS, part="pk", method="post", body={}),
    "access_item": Place(GOVERNS, part="two", body={"do": "looked"}),
    "access_unmark": Place(GOVERNS, part="three", method="post", body={}),
    "access_ready": Place(GOVERNS, part="pk", method="post", body={}),
    "access_release": Place(GOVERNS, part="pk", body={}),
    "access_pack": Place(GOVERNS, part="pack"),
    "ledger": Place(GOVERNS),
    "keeping": Place(RECORDS),
    "find_to_hold": Place(RECORDS),
    "hold": Place(RECORDS, about="entry", part="receipt", only=not_theirs, body=BECAUSE | {"covers": "thing"}),
    "lift_hold": Place(RECORDS, part="pk", body=BECAUSE),
    "proposal": Place(RECORDS, part="pk", body={"decision": "approve"}),
    "disposed": Place(RECORDS),
    "let_in": Place(RECORDS, part="pk", body=BECAUSE),
    "copies_seen_to": Place(RECORDS, part="pk", method="post", body={}),
    "our_people": Place(SEATS),
    "invite": Place(SEATS, body=INVITED),
    "seat": Place(SEATS, part="key_alone"),
    "change_seat": Place(SEATS, part="key_and_verb", body=BECAUSE),
    "sign_in_passkey": Place(EVERYBODY),
    "second_factor": Place(EVERYBODY),
    "set_up_factor": Place(EVERYBODY),
    "sign_in_with": Place(EVERYBODY, part="agency"),
    "sign_in_back": Place(EVERYBODY, part="agency"),
    "join": Place(EVERYBODY),
    "join_with": Place(EVERYBODY, part="token"),
    "own_password": Place(SIGNED_IN),
    "own_sessions": Place(SIGNED_IN),
    "end_other_sessions": Place(SIGNED_IN, method="post"),
    "end_session": Place(SIGNED_IN, part="uuid", method="post"),
    "factors": Place(SIGNED_IN),
    "set_up_app": Place(SIGNED_IN),
    "set_up_passkey": Place(SIGNED_IN),
    "recovery_codes": Place(SIGNED_IN, method="post"),
    "take_factor_away": Place(SIGNED_IN, part="pk", method="post"),
    "tell_partners": Place(TELLS),
    "send_notification": Place(TELLS),
    "go_on": Place(TELLS, part="draft", opens=False),
    "begin_telling": Place(TELLS, part="kind"),
    "tell_step": Place(TELLS, part="step"),
    "what_i_sent": Place(TELLS),
    "receipt": Place(TELLS, about="entry", part="receipt", only=not_theirs),
    "correct": Place(TELLS, about="entry", part="receipt", method="post", only=not_theirs),
    "withdraw": Place(TELLS, about="entry", part="receipt", only=not_theirs, body=BECAUSE),
    "team_sent": Place(SUPERVISES),
    "look_over": Place(SUPERVISES, about="entry", part="receipt", only=not_theirs, body={"outcome": "seen"}),
    "urgent": Place(ANSWERS, shows="the forum's"),
    "urgent_told": Place(
        ANSWERS,
        about="entry",
        part="receipt",
        shows="the forum's",
        exact=False,
        only=urgent_ones,
    ),
    "not_opened": Place(frozenset(FRONT_DOOR), shows="the forum's"),
    "came_in": Place(frozenset(FRONT_DOOR), about="entry", part="receipt", shows="the forum's"),
    "intelligence": Place(GRADES),
    "grade": Place(GRADES, about="entry", part="receipt", only=not_theirs, body=GRADED),
    "import": Place(INFORMATION),
    "import_report": Place(INFORMATION, part="uuid"),
    "import_take_in": Place(INFORMATION, part="uuid", method="post"),
    "import_rejects": Place(INFORMATION, part="uuid-number"),
    "link_review": Place(INFORMATION),
    "link_pair": Place(INFORMATION, part="pk", body=BECAUSE | {"verdict": "different"}),
    "link_undo": Place(INFORMATION, part="pk", method="post", body={}),
    "help": Place(EVERYBODY),
    "words_on_labels": Place(EVERYBODY),
    "recorded": Place(EVERYBODY),
    "icon": Place(EVERYBODY, exact=False),
    "accessibility": Place(EVERYBODY),
    "privacy": Place(EVERYBODY),
    "components": Place(EVERYBODY),
    "example_geojson": Place(EVERYBODY, part="which"),
    "stay_signed_in": Place(SIGNED_IN, method="post"),
    "sign_in": Place(EVERYBODY),
    "sign_out": Place(EVERYBODY, method="post"),
    "my_account": Place(SIGNED_IN),
    "health": Place(HEALTH),
    "who_looked": Place(WATCHES),
    "alive": Place(EVERYBODY),
    # Outside the demo it is not there for anybody.
    "be_someone": Place(frozenset()),
}
