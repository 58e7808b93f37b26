"""The place of every page in the matrix: whose roles open it, how near they must stand, what it may show.

A page that is not here fails the build. The roles are written out, one by one, from what each page is for.
"""

from dataclasses import dataclass

from .oracle import AGENCY, FRONT_DOOR, POLICE_ONLY, SEES_CHILDREN

EVERYBODY = frozenset({*AGENCY, ""})
SIGNED_IN = frozenset(AGENCY)
TELLS = SIGNED_IN - {"analyst", "scrutineer"}
BRIEFED = frozenset(
    {*FRONT_DOOR, "social_worker", "team_manager", "youth_justice_worker", "meeting_chair", *POLICE_ONLY}
)
SUPERVISES = frozenset({"police_supervisor", "team_manager", "front_door_manager"})
ANSWERS = frozenset({*FRONT_DOOR, "police_supervisor", "police_intelligence"})
RELEASES = frozenset({"police_supervisor", "police_intelligence"})
GRADES = frozenset({"police_intelligence"})
INFORMATION = frozenset({"information_officer"})
HEALTH = INFORMATION | {"analyst", "scrutineer"}
WATCHES = INFORMATION | {"scrutineer"}
CHAIRS = frozenset({"meeting_chair"})
CHILDREN = frozenset(SEES_CHILDREN)


@dataclass(frozen=True)
class Place:
    """`about`: "" (no one child), "child", or "entry" (one of its entries). `least`: how near its reader must stand.

    `shows`: "nothing" of any child's entries; "what they read"; "all they read" (that and no less); "the forum's".
    """

    roles: frozenset[str]
    about: str = ""
    least: str = ""
    shows: str = "nothing"
    method: str = "get"
    part: str = ""
    # Whoever stands too far is led elsewhere, answered as if there were nobody, or asked for a reason.
    refuses: frozenset[int] = frozenset({302, 403, 404})


def of_child(roles: frozenset[str] = CHILDREN, least: str = "team", **more: str) -> Place:
    return Place(roles, about="child", least=least, **more)


PLACES: dict[str, Place] = {
    "my_day": Place(SIGNED_IN, shows="what they read"),
    "emergency_notice": Place(SIGNED_IN, part="pk"),
    "briefing": Place(BRIEFED, shows="the forum's"),
    "briefing_pdf": Place(BRIEFED, shows="the forum's"),
    "briefing_json": Place(BRIEFED, shows="the forum's"),
    "briefing_text": Place(BRIEFED, shows="the forum's"),
    "briefing_places": Place(BRIEFED),
    "raise_action": Place(CHAIRS, about="child", shows="the forum's"),
    "tick_off": Place(CHILDREN, part="pk"),
    "find": Place(CHILDREN),
    "find_results": Place(CHILDREN, about="child", part="found"),
    "child": of_child(least="known", shows="what they read"),
    "child_timeline": of_child(shows="all they read"),
    "child_entry": Place(CHILDREN, about="entry", shows="all they read"),
    "child_records": of_child(),
    "child_not_this": of_child(part="record"),
    "child_confirm": of_child(frozenset(FRONT_DOOR), method="post", part="standing"),
    "child_looked": of_child(),
    "child_number": of_child(method="post", part="number"),
    "child_places": of_child(),
    "child_emergency": Place(CHILDREN, about="child"),
    "child_tie": of_child(least="known"),
    "child_restriction": of_child(frozenset({"front_door_manager"})),
    "child_leave_out": of_child(frozenset({"front_door_manager"}), method="post", part="key"),
    "child_lift": of_child(frozenset({"front_door_manager"}), method="post"),
    "release_told": Place(RELEASES, about="entry", shows="the forum's", part="receipt"),
    "ties": Place(INFORMATION),
    "end_tie": Place(INFORMATION, part="pk"),
    "tell_partners": Place(TELLS),
    "send_notification": Place(TELLS),
    "go_on": Place(TELLS, part="draft"),
    "begin_telling": Place(TELLS, part="kind"),
    "tell_step": Place(TELLS, part="step"),
    "what_i_sent": Place(TELLS),
    "receipt": Place(TELLS, about="entry", part="receipt"),
    "correct": Place(TELLS, about="entry", part="receipt", method="post"),
    "withdraw": Place(TELLS, about="entry", part="receipt", method="post"),
    "team_sent": Place(SUPERVISES),
    "look_over": Place(SUPERVISES, about="entry", part="receipt"),
    "urgent": Place(ANSWERS, shows="the forum's"),
    "urgent_told": Place(ANSWERS, about="entry", part="receipt", shows="the forum's"),
    "intelligence": Place(GRADES),
    "grade": Place(GRADES, about="entry", part="receipt"),
    "import": Place(INFORMATION),
    "import_report": Place(INFORMATION, part="uuid"),
    "import_take_in": Place(INFORMATION, part="uuid", method="post"),
    "import_rejects": Place(INFORMATION, part="uuid-number"),
    "link_review": Place(INFORMATION),
    "link_pair": Place(INFORMATION, part="pk"),
    "link_undo": Place(INFORMATION, part="pk", method="post"),
    "help": Place(EVERYBODY),
    "words_on_labels": Place(EVERYBODY),
    "recorded": Place(EVERYBODY),
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
