"""The words of permission. A role is a list of these; a page names the one it needs."""

from enum import StrEnum


class Permission(StrEnum):
    CONTRIBUTE = "contribute"
    SEE_CHILDREN = "see_children"
    FIND_CHILDREN = "find_children"
    SEE_BRIEFING = "see_briefing"
    LEAD_MEETINGS = "lead_meetings"
    REVIEW_LINKS = "review_links"
    IMPORT_FILES = "import_files"
    SEE_HEALTH = "see_health"
    SEE_POLICE_ONLY = "see_police_only"
    FRONT_DOOR = "front_door"
    SEE_WHO_LOOKED = "see_who_looked"
    SUPERVISE = "supervise"
    ANSWER_URGENT = "answer_urgent"
    GRADE_INTELLIGENCE = "grade_intelligence"
    HEAR_EMERGENCIES = "hear_emergencies"
    READ_LEDGER = "read_ledger"


DESCRIPTIONS = {
    Permission.CONTRIBUTE: "Tell partners what you know, and see what became of it.",
    Permission.SEE_CHILDREN: "See children whose team you are in, and the contact card of others you may know of.",
    Permission.FIND_CHILDREN: "Search for a child by name, number or part of a date.",
    Permission.SEE_BRIEFING: "Read and print the morning briefing.",
    Permission.LEAD_MEETINGS: "Raise actions in the morning meeting, and tick off anybody's that they may read.",
    Permission.REVIEW_LINKS: "Decide whether two agencies' records are the same child, and undo it.",
    Permission.IMPORT_FILES: "Bring in files that agencies hold, and read what was and was not taken in.",
    Permission.SEE_HEALTH: "See how the service and its feeds are doing.",
    Permission.SEE_POLICE_ONLY: "See entries that only police may see, with their grade and conditions.",
    Permission.FRONT_DOOR: "See every child, because every referral comes to you first.",
    Permission.SEE_WHO_LOOKED: "See who has looked, in numbers.",
    Permission.ANSWER_URGENT: "Read what partners told for immediate handling, and say that your team has it.",
    Permission.GRADE_INTELLIGENCE: "Grade partnership intelligence (3x5x2), and clear it for the morning meeting.",
    Permission.SUPERVISE: "Read what your own team sent, say it is seen or return it, and correct or withdraw it.",
    Permission.HEAR_EMERGENCIES: "Be told when somebody of your agency opens a record in an emergency, and judge it.",
    Permission.READ_LEDGER: "Look through the ledger line by line; each look is a line of it.",
}
