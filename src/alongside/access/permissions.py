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
    RELEASE_POLICE = "release_police"
    HEAR_EMERGENCIES = "hear_emergencies"
    RESTRICT_CHILDREN = "restrict_children"
    KEEP_WALLS = "keep_walls"
    SHARE = "share"
    HANDLE_ACCESS_REQUESTS = "handle_access_requests"
    MANAGE_SEATS = "manage_seats"
    KEEP_RECORDS = "keep_records"
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
    Permission.RELEASE_POLICE: "Release what only police may read, in words that the team around the child may read.",
    Permission.SUPERVISE: "Look over what your team sent, or one that nobody supervises now; correct or withdraw it.",
    Permission.HEAR_EMERGENCIES: "Be told when somebody of your agency opens a record in an emergency, and judge it.",
    Permission.RESTRICT_CHILDREN: "Restrict a child’s whole record to the people you name, and lift it again.",
    Permission.KEEP_WALLS: "See which ties to a child people of your agency declared, and end one of another’s.",
    Permission.SHARE: "Give what the team around a child knows to somebody outside it, or decide not to, on record.",
    Permission.HANDLE_ACCESS_REQUESTS: "Answer somebody's request for what your own agency holds about them, or one "
    "that has no officer, as far as it let yours read it.",
    Permission.MANAGE_SEATS: "Give, suspend, move and end the seats of your own agency; never your own.",
    Permission.KEEP_RECORDS: "Hold what your own agency told, propose to dispose of it, approve what another proposed.",
    Permission.READ_LEDGER: "Look through the ledger line by line; each look is a line of it.",
}
