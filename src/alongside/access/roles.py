"""Roles as lists of permission words, each with a plain description.

Deliberately dull, so that an information governance lead can read it and own it.
"""

from dataclasses import dataclass

from .permissions import Permission as P


@dataclass(frozen=True)
class Role:
    name: str
    description: str
    permissions: frozenset[P]
    navigation: tuple[tuple[str, str], ...]


TELL = ("Tell partners", "tell_partners")
SENT = ("What I sent", "what_i_sent")
URGENT = ("Needs someone now", "urgent")
TEAM_SENT = ("My team sent", "team_sent")
MY_DAY = ("My day", "my_day")
FIND = ("Find", "find")
BRIEFING = ("Briefing", "briefing")
EMERGENCIES = ("Emergency access", "emergency_queue")
REQUESTS = ("Access requests", "access_requests")

CHILD_WORK = frozenset({P.CONTRIBUTE, P.SEE_CHILDREN, P.FIND_CHILDREN, P.SHARE})
WORKER_PAGES = (MY_DAY, FIND, SENT, TELL)

ROLES: dict[str, Role] = {
    "front_door_worker": Role(
        "Front-door social worker",
        "Reads every referral first and decides what happens next, so may see every child.",
        CHILD_WORK | {P.FRONT_DOOR, P.SEE_BRIEFING, P.ANSWER_URGENT},
        (MY_DAY, URGENT, FIND, BRIEFING, SENT, TELL),
    ),
    "front_door_manager": Role(
        "Front-door manager",
        "Leads the front door, and decides when a child’s record is for a few people only.",
        CHILD_WORK | {P.FRONT_DOOR, P.SEE_BRIEFING, P.ANSWER_URGENT, P.SUPERVISE, P.RESTRICT_CHILDREN},
        (MY_DAY, URGENT, TEAM_SENT, FIND, BRIEFING, TELL),
    ),
    "social_worker": Role(
        "Social worker",
        "Works with children whose team they are in.",
        CHILD_WORK | {P.SEE_BRIEFING},
        (MY_DAY, FIND, BRIEFING, SENT, TELL),
    ),
    "police_officer": Role(
        "Police officer",
        "Sends protection notifications, and sees children whose team police are in.",
        CHILD_WORK | {P.SEE_POLICE_ONLY, P.SEE_BRIEFING},
        (MY_DAY, ("Send a notification", "send_notification"), SENT, FIND, BRIEFING, TELL),
    ),
    "police_supervisor": Role(
        "Police supervisor",
        "Looks over the notifications their team has sent; nothing waits for that before partners can read it.",
        CHILD_WORK | {P.SEE_POLICE_ONLY, P.SEE_BRIEFING, P.SUPERVISE, P.ANSWER_URGENT, P.RELEASE_POLICE},
        (MY_DAY, URGENT, TEAM_SENT, FIND, BRIEFING, TELL),
    ),
    "police_intelligence": Role(
        "Police intelligence officer",
        "Reads first what partners saw or heard: grades it, and clears what the morning meeting may hear.",
        frozenset({P.CONTRIBUTE, P.SEE_POLICE_ONLY, P.SEE_BRIEFING, P.ANSWER_URGENT})
        | {P.GRADE_INTELLIGENCE, P.RELEASE_POLICE},
        (URGENT, ("Intelligence", "intelligence"), BRIEFING, SENT, TELL),
    ),
    "team_manager": Role(
        "Team manager",
        "Leads a team that works with children: looks over what the team has sent.",
        CHILD_WORK | {P.SEE_BRIEFING, P.SUPERVISE},
        (MY_DAY, TEAM_SENT, SENT, FIND, BRIEFING, TELL),
    ),
    "health_worker": Role(
        "Health worker", "Works with children who come to a health service.", CHILD_WORK, WORKER_PAGES
    ),
    "school_lead": Role("School safeguarding lead", "Works with the children of one school.", CHILD_WORK, WORKER_PAGES),
    "youth_justice_worker": Role(
        "Youth justice worker",
        "Works with children whose team they are in.",
        CHILD_WORK | {P.SEE_BRIEFING},
        (MY_DAY, FIND, BRIEFING, SENT, TELL),
    ),
    "service_worker": Role("Support worker", "Works with children who come to a service.", CHILD_WORK, WORKER_PAGES),
    "place_worker": Role(
        "Partner with a place",
        "A shop, highways, licensing: tells partners what they see; sees no child's record.",
        frozenset({P.CONTRIBUTE}),
        (TELL, SENT, ("Given to me", "received")),
    ),
    "meeting_chair": Role(
        "Morning-meeting chair",
        "Leads the morning meeting: reads and prints the briefing, and raises actions about the children it names.",
        CHILD_WORK | {P.SEE_BRIEFING, P.LEAD_MEETINGS},
        (BRIEFING, MY_DAY, FIND, SENT, TELL),
    ),
    "information_officer": Role(
        "Information officer",
        "Brings in files, decides which records are the same child, watches the feeds, hears of emergency access, "
        "answers requests for what the agency holds, keeps the walls of declared ties, looks through the ledger.",
        frozenset({P.CONTRIBUTE, P.IMPORT_FILES, P.REVIEW_LINKS, P.SEE_HEALTH, P.SEE_WHO_LOOKED, P.HEAR_EMERGENCIES})
        | {P.HANDLE_ACCESS_REQUESTS, P.KEEP_WALLS, P.READ_LEDGER},
        (("Import", "import"), ("Same child?", "link_review"), EMERGENCIES, REQUESTS, ("Health", "health"), TELL),
    ),
    "data_protection_lead": Role(
        "Data protection lead",
        "Answers requests for what their own agency holds, hears of emergency access, looks through the ledger.",
        frozenset({P.HANDLE_ACCESS_REQUESTS, P.HEAR_EMERGENCIES, P.SEE_WHO_LOOKED, P.KEEP_WALLS, P.READ_LEDGER}),
        (REQUESTS, EMERGENCIES, ("Declared ties", "ties"), ("Ledger", "ledger"), ("Who looked", "who_looked")),
    ),
    "records_officer": Role(
        "Records officer",
        "Looks after how long their agency’s own contributions are kept: holds, proposes, approves. Names no child.",
        frozenset({P.KEEP_RECORDS, P.CONTRIBUTE}),
        (("Keeping", "keeping"), ("Disposed of", "disposed"), TELL, SENT),
    ),
    "analyst": Role(
        "Analyst",
        "Works with numbers, never with a named child.",
        frozenset({P.SEE_HEALTH}),
        (("Data quality", "health"),),
    ),
    "scrutineer": Role(
        "Independent scrutineer",
        "Reads numbers and who has looked; changes nothing and names no child.",
        frozenset({P.SEE_WHO_LOOKED, P.SEE_HEALTH}),
        (("Who looked", "who_looked"), ("Health", "health")),
    ),
    "seat_manager": Role(
        "Seat manager",
        "Runs the seats of their own agency, and asks once a year whether each is still needed; sees no child.",
        frozenset({P.MANAGE_SEATS}),
        (("Our people", "our_people"),),
    ),
}
