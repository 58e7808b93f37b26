"""Sentences that agencies write. The child comes first in them, and nothing is a child's fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """What somebody wrote, and whether they met the child that day."""

    words: str
    met: bool = True


@dataclass(frozen=True)
class Referral:
    """Why the front door is asked, and who asks, as the census codes it."""

    reason: str
    source: str


@dataclass(frozen=True)
class Harm:
    """One way of being hurt, as police and as health would write it."""

    what: str
    weapon: str
    police: str
    health: str
    serious: bool = False


HARMS = (
    Harm(
        "bruising",
        "none",
        "Pushed and hit by a group who left on foot.",
        "Bruised ribs and jaw. Sore, shaken, walking.",
    ),
    Harm(
        "bruising",
        "none",
        "Hit by two older young people.",
        "Swollen cheek and cut lip. Cleaned; no stitches.",
    ),
    Harm(
        "fracture",
        "none",
        "Knocked off a bicycle and kicked.",
        "Broken wrist, put in plaster. Very frightened.",
    ),
    Harm(
        "cut",
        "knife",
        "Cut on the arm with a knife.",
        "Cut to the forearm, stitched. Did not want to go home alone.",
    ),
    Harm(
        "cut",
        "knife",
        "Cut on the leg by somebody on a moped.",
        "Deep cut to the thigh, stitched in theatre.",
    ),
    Harm(
        "head injury",
        "blunt",
        "Hit on the head with a bottle.",
        "Head injury, watched for four hours, then home.",
    ),
)
ACCIDENT = Harm("accident", "none", "", "Fell at play and hurt an arm. Sprain. Home with a parent.")
SEEN = {
    "robbery": "A phone and a coat were taken at {place} by a group who showed what looked like a knife.",
    "weapon": "Callers saw a machete in a bag at {place}. Officers came and took it away. Nobody was hurt.",
    "disorder": "A large group at {place} after school. Officers walked frightened children to their buses.",
    "threats": "Threats were made at {place} and later online. The child was told to pay or bring something.",
}
SCHOOL_MORNINGS = (
    Note("Came in with a bruised face and would not say why, then told a tutor about {place} last night."),
    Note("Not in for registration. Rang home: hurt last night near {place}, now resting.", met=False),
    Note("Came to the safeguarding room before lessons. Worried about walking past {place}."),
)
STILL_AWAY = "Not yet back. Family and friends have been called."
BACK = {
    "alone": "Came home alone in the morning, tired and hungry.",
    "family": "An uncle went looking and found the child at a bus stop.",
    "police": "Found by officers in another town with somebody older.",
    "friend": "Was at a friend’s and had no credit to call.",
    "unknown_adult": "Came back in a car that nobody at home knows; would not say whose.",
}
TALKS = (
    "Talked for an hour on a walk. An older boy buys things and then says they must be paid for.",
    "Talked about arguments at home and a place to cool down. Has a phone number to ring now.",
    "Talked in the car park, then inside. Is worried about a debt and about a younger brother.",
)
NO_TALK = {
    "not_now": "Did not want to talk this time, and chose when to meet again.",
    "not_reached": "Rang twice and called at home; nobody there. We go again on Thursday.",
}
ABSENCES = (
    "Away most mornings this half-term. Home says the nights are bad.",
    "Misses whole days in most weeks. A friend says the walk in is frightening.",
    "Ten days away with no reason known. Two visits, nobody answered.",
)
EXCLUSIONS = (
    "After a fight at lunch. Was frightened of somebody at the gate; we are finding out who.",
    "A blade was found in a pencil case. Said it was for the walk home. We asked about the walk home.",
    "Repeated upset in lessons since the autumn. An assessment of need has been asked for and not happened.",
)
REFERRALS = (
    Referral("School and a parent are worried together: {name} has new, older friends and a second phone.", "2A"),
    Referral("{name} has been hurt twice this month outside the home and is afraid of going out.", "6"),
    Referral("{name} comes home with things nobody bought, and has stopped seeing old friends.", "1A"),
    Referral("A grandparent asks for help: {name} is away at night and somebody waits outside in a car.", "1A"),
)
NOTES = {
    "leeds-education": (
        Note("{name} read to the younger ones and asked to do it again."),
        Note("Met {name} at lunch. Wants to go back to football and asked who could take the bus along."),
        Note("{name} has a new form tutor and likes her."),
    ),
    "leeds-city-council": (
        Note("Rang home. {name}’s mother says the evenings are quieter since the bus pass came.", met=False),
        Note("Visited. {name} showed us the bedroom that was painted at the weekend."),
        Note("{name} said the group at the shops has moved on, and that helps."),
    ),
    "catch": (
        Note("{name} came with a friend, made lunch, and talked about the summer."),
        Note("{name} finished the second week on the building project and was proud of it."),
        Note("{name} fed the goats and stayed to sweep up."),
    ),
    "leeds-safe-team": (
        Note("Walked with {name}. Talked about who is a friend and how one knows."),
        Note("{name} rang us first this time, before going out.", met=False),
    ),
}
KEPT_CLOSE = (
    Note("A relative told us about {name} and must not be known to have told. Ask us before you act on it.", met=False),
    Note("{name} told us something about home that others there must not learn that we know. Ring before a visit."),
)
# What was noticed, its topic, and the words that police release to the morning meeting.
NOTICED = (
    ("The lights at {place} are out again. After dark nobody can see who is there.", "place", "No light at {place}."),
    (
        "A grey car waits at {place} after school. Children are called over by name.",
        "children_with_adult",
        "A car is said to wait near {place} after school.",
    ),
    (
        "Gas canisters and small bags on the ground at {place} most mornings this week.",
        "drugs",
        "Signs of drug use at {place} this week.",
    ),
    (
        "Two older young people sell vapes at {place} and ask children to hold bags for them.",
        "drugs",
        "Children are asked to hold bags at {place}.",
    ),
    ("A fight for Friday is being talked about online, at {place}.", "violence", "A fight may be planned at {place}."),
    (
        "A child asked to stay in the shop at {place} until the people outside had gone.",
        "violence",
        "Children have been afraid at {place}.",
    ),
)
CHILDS_WORDS = (
    "I just want them to leave my brother alone.",
    "I don’t walk that way any more.",
    "If I say who it was it gets worse.",
    "I’m all right when somebody comes with me.",
    "They said I owe them now.",
    "Nobody asked me before.",
)
ASKS = (
    "Hurt outside the home again this year. We ask for a talk with the child and a look at the way home.",
    "Threats are likely to go on. We ask school and social care to meet this week.",
    "The child asked for help with going out safely. We ask for a worker the child can ring.",
)
WHY_NOT_ASKED = {
    "night": (
        "Did not want to talk with officers tonight and chose a teacher to talk to.",
        "An interpreter could not be found before midnight.",
        "Already home with a parent when we came; we will ask tomorrow.",
    ),
    "custody": (
        "Waited for the appropriate adult; will be asked when they are there.",
        "Wanted to speak with a solicitor first.",
    ),
    "health": ("Asleep after treatment; the ward will ask in the morning.", "In pain; the navigator will ask."),
    "day": ("Not in today; the tutor will ask.", "Did not want to say more yet.", "We have not met yet."),
}
MET_OFFICERS = {
    "hurt": "{name} talked with officers at {place}, hurt and worried about the way home.",
    "unhurt": "{name} talked with officers at {place}, worried about the way home.",
    "custody": "{name} was arrested at {place}. Told officers on the way that it does not feel safe there.",
}
AT_ONCE = {
    "hurt": (
        "Taken to hospital; officers stayed until family came.",
        "Waited with the child until a grandparent came, who took them to be looked at.",
    ),
    "unhurt": (
        "Taken home to a parent, who was told what had happened.",
        "Waited with the child until a grandparent came.",
        "Searched the area; extra patrols asked for this week.",
    ),
    "custody": (
        "Taken to custody; a parent was told, and an appropriate adult asked for.",
        "Taken to custody and seen by the nurse there; an appropriate adult asked for.",
    ),
}
AGREED = (
    "Mother agreed that we share this.",
    "The child and a parent agreed.",
    "Not asked tonight: asking could have put the child in danger.",
    "Father was told and agreed.",
)
LOOKED = (
    "Pale, cold, no coat.",
    "Calm, held on to a school bag.",
    "Tired; a mark on the cheek.",
    "Talked fast, looked round.",
)
AROUND = (
    "Warm home, food on the table.",
    "Dark path, broken lights, nobody else about.",
    "A crowd of older young people nearby.",
    "Door damaged last week and mended by an uncle.",
)
AT_HOME = (
    "Lives with mother and the brothers and sisters named here; all seen, all well.",
    "One younger sister, asleep upstairs, seen.",
    "Grandmother lives there too. Others not seen tonight.",
)
CREW_WORRIES = (
    "Frightened of somebody watching from across the road.",
    "Said it has happened before. Asked us not to tell anybody.",
    "Very young to be out alone at this hour, and glad to see us.",
)
CAME_BACK = (
    "Tired and hungry, not hurt.",
    "A bruise on the arm, not explained yet.",
    "Well. Slept and ate.",
    "Wet and cold.",
)
PUSH = (
    "Arguments at home about money.",
    "Afraid of somebody near school.",
    "Nobody at home in the evenings.",
)
PULL = (
    "Friends who are older and have a car.",
    "Somewhere warm with music.",
    "Being paid for small errands.",
)
WOULD_HELP = (
    "Somebody to ring at night.",
    "A place to go between school and home.",
    "A talk with Mum with somebody else there.",
)
CAME_BEFORE = (
    "A part-time timetable for three weeks, and a mentor on Tuesdays.",
    "Meetings with home twice; a learning assessment asked for.",
    "A move of form, and a card to leave lessons when it gets too much.",
)
WHILE_WAITING = (
    "A phone number to ring, and a check-in each month.",
    "Group for parents; sleep advice; school adapts tasks.",
    "Nothing yet.",
)
