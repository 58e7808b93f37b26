"""Who may see what, stated a second time and by itself: nothing here comes from the code that it judges.

Written from the partnership's agreement (who is statutory, who is police, how handling words read), as tables. The
matrix asks every page as everybody and holds the answers to this file.
"""

from collections.abc import Collection, Iterable

FRONT_DOOR = {"front_door_worker", "front_door_manager"}
SEES_CHILDREN = FRONT_DOOR | {
    *("social_worker", "team_manager", "police_officer", "police_supervisor", "health_worker", "school_lead"),
    *("youth_justice_worker", "service_worker", "meeting_chair"),
}
POLICE_ONLY = {"police_officer", "police_supervisor", "police_intelligence"}
# Whom the roles of this test's cast work for, and whether that agency has statutory duties.
AGENCY = {
    "front_door_worker": "leeds-city-council",
    "front_door_manager": "leeds-city-council",
    "social_worker": "leeds-city-council",
    "team_manager": "leeds-city-council",
    "police_officer": "west-yorkshire-police",
    "police_supervisor": "west-yorkshire-police",
    "police_intelligence": "west-yorkshire-police",
    "health_worker": "leeds-camhs",
    "school_lead": "leeds-education",
    "youth_justice_worker": "leeds-youth-justice",
    "service_worker": "catch",
    "place_worker": "leeds-highways",
    "meeting_chair": "west-yorkshire-police",
    "information_officer": "leeds-city-council",
    "analyst": "west-yorkshire-vrp",
    "scrutineer": "independent-scrutiny",
    "data_protection_lead": "leeds-city-council",
    "records_officer": "leeds-highways",
    "seat_manager": "leeds-city-council",
}
# Where nobody's role is to answer requests for what is held: whoever wrote the request down answers for them.
NOBODY_ANSWERS_AT = {"leeds-highways", "leeds-licensing", "corner-shops", "independent-scrutiny"}
ANSWERS_REQUESTS = {"information_officer", "data_protection_lead"}
NOT_STATUTORY = {"catch", "leeds-highways", "west-yorkshire-vrp", "independent-scrutiny"}

# How somebody may stand to a child: to one of their own cast, and to one of somebody else's.
OWN = {
    "none": "none",
    "shared": "known",
    "known": "known",
    "other_team": "known",
    "team": "team",
    "glass": "team",
    "ended": "none",
    "tied": "none",
    "restricted": "none",
    "named": "team",
}
ANOTHERS = OWN | {"team": "known", "tied": "known", "glass": "none", "named": "none"}
RELATIONS = tuple(OWN)
HANDLINGS = (
    *("partnership", "team", "statutory", "agencies_mine", "agencies_other", "police"),
    *("restricted_me", "restricted_other"),
)


def is_closed(relation: str, *, own: bool) -> bool:
    """Whether a tie or a restriction closes the record, whatever else is so."""
    if relation == "tied":
        return own
    return relation == "restricted" or (relation == "named" and not own)


def level(role: str, relation: str, *, own: bool) -> str:
    """How near somebody with this role stands to the child: none, known or team."""
    if role not in SEES_CHILDREN or is_closed(relation, own=own):
        return "none"
    if role in FRONT_DOOR:
        return "team"
    return (OWN if own else ANOTHERS)[relation]


def reads(role: str, relation: str, handling: str, *, own: bool, teller: str = "", forum: bool = False) -> bool:
    """Whether somebody with this role reads an entry with this handling. `teller`: the role for whose cast the child
    was made (its agency is "mine" in the handling). `forum`: before a meeting a reader stands as near as the team."""
    if is_closed(relation, own=own):
        return False
    if handling == "restricted_me":
        return own
    if handling in {"restricted_other", "agencies_other"}:
        return False
    if not forum and level(role, relation, own=own) != "team":
        return False
    if handling == "statutory":
        return AGENCY[role] not in NOT_STATUTORY
    if handling == "agencies_mine":
        return own or AGENCY[role] == AGENCY[teller]
    if handling == "police":
        return role in POLICE_ONLY
    return True


def reads_in_pack(
    role: str,
    handlings: Iterable[str],
    *,
    teller: str,
    wrote_down: str,
    named: Collection[str] = (),
    let_go: Collection[str] = (),
) -> bool:
    """Whether somebody with this role reads a thing that an agency told, where somebody asked for it. `handlings`: for
    whom it was told, and for whom it is now; the narrower holds. `named`: the roles whose holders are named on it.
    `let_go`: those whose holders said that it was ready and let it go; what went out they read."""
    told = set(handlings)
    answers_for = wrote_down if teller in NOBODY_ANSWERS_AT else teller
    if role not in ANSWERS_REQUESTS or AGENCY[role] != answers_for:
        return False
    if role in let_go:
        return True
    if "restricted" in told and role not in named:
        return False
    # The agency that told it holds it; another reads what it was told.
    if AGENCY[role] == teller:
        return True
    if "police" in told and role not in POLICE_ONLY:
        return False
    return "statutory" not in told or AGENCY[role] not in NOT_STATUTORY
