"""The people that a visitor of the demo can be. All invented; they sign in with a click, never a password."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One seat in the demo: who they are, what they see, and what to try first."""

    key: str
    name: str
    role: str
    agency: str
    team: str
    job_title: str
    phone: str
    sees: str
    try_this: str

    @property
    def email(self) -> str:
        return f"{self.key}@alongside.example"

    @property
    def first_name(self) -> str:
        return self.name.removeprefix("Dr ").split()[0]


CARDS: tuple[Card, ...] = (
    Card(
        "maya",
        "Maya Osei",
        "front_door_worker",
        "leeds-city-council",
        "leeds-city-council-front-door",
        "Front-door social worker",
        "0113 496 0201",
        "Every child, because each referral comes to her first.",
        "Find “shivaun”, open a child, and read what all agencies know on one timeline.",
    ),
    Card(
        "bea",
        "Bea Lund",
        "front_door_manager",
        "leeds-city-council",
        "leeds-city-council-front-door",
        "Front-door manager",
        "0113 496 0216",
        "Every child, but those restricted to others.",
        "Restrict a child’s record to yourself, then be Maya and look for the child.",
    ),
    Card(
        "rowan",
        "Rowan Pickles",
        "social_worker",
        "leeds-city-council",
        "leeds-city-council-risk-outside-the-home",
        "Social worker, risk outside the home",
        "0113 496 0202",
        "The children whose team Rowan is in, and who to call for others.",
        "Open a child from My day, and share one entry with Tom of the school, who is not in the team.",
    ),
    Card(
        "priya",
        "Priya Nair",
        "police_officer",
        "west-yorkshire-police",
        "west-yorkshire-police-safeguarding",
        "Police officer, protection notifications",
        "0113 496 0203",
        "Children whose team police are in, with entries for police only.",
        "Send a protection notification and watch what it asks while you write.",
    ),
    Card(
        "ros",
        "Ros Hall",
        "police_supervisor",
        "west-yorkshire-police",
        "west-yorkshire-police-safeguarding",
        "Sergeant, protection notifications",
        "0113 496 0214",
        "What her team sent, and what police tell each other.",
        "Return one of Priya’s notifications with a comment; partners read it meanwhile.",
    ),
    Card(
        "kofi",
        "Kofi Mensah",
        "police_intelligence",
        "west-yorkshire-police",
        "west-yorkshire-police-intelligence",
        "Police intelligence desk",
        "0113 496 0215",
        "What partners saw or heard; no child’s record.",
        "Grade what a shop told, and clear it for the briefing in words that do not show who told it.",
    ),
    Card(
        "nadia",
        "Nadia Rahman",
        "health_worker",
        "ed-navigators",
        "ed-navigators-hospital",
        "Emergency department navigator",
        "0113 496 0204",
        "The children she meets in the emergency department.",
        "See who else is beside a child who came in last night.",
    ),
    Card(
        "tom",
        "Tom Whitaker",
        "school_lead",
        "leeds-education",
        "leeds-education-beckside-academy",
        "Safeguarding lead, Beckside Academy",
        "0113 496 0205",
        "Children of his school who are known to a service.",
        "Tell partners about a suspension, then look at What I sent.",
    ),
    Card(
        "leon",
        "Leon Samuels",
        "youth_justice_worker",
        "leeds-youth-justice",
        "leeds-youth-justice-prevention",
        "Youth justice worker",
        "0113 496 0206",
        "The children youth justice works with.",
        "Open a child and filter the timeline to school and police.",
    ),
    Card(
        "hannah",
        "Dr Hannah Okafor",
        "health_worker",
        "leeds-camhs",
        "leeds-camhs-community",
        "CAMHS clinician",
        "0113 496 0207",
        "Children waiting for or seen by CAMHS.",
        "Look at how long a child has waited, and what happened meanwhile.",
    ),
    Card(
        "jas",
        "Jas Bains",
        "service_worker",
        "leeds-safe-team",
        "leeds-safe-team-exploitation",
        "Safe team worker",
        "0113 496 0208",
        "The children who come to the Safe team.",
        "Find out whom a child trusts most, and call their social worker.",
    ),
    Card(
        "omar",
        "Omar Haddad",
        "place_worker",
        "leeds-highways",
        "leeds-highways-crews",
        "Highways officer, street lighting",
        "0113 496 0209",
        "No child’s record. What he sent, what became of it, and what was given to him on purpose.",
        "Tell partners about the broken lights at the Kiln Lane underpass.",
    ),
    Card(
        "ellen",
        "Ellen Murphy",
        "meeting_chair",
        "west-yorkshire-police",
        "west-yorkshire-police-safeguarding",
        "Chair of the morning meeting",
        "0113 496 0210",
        "The briefing of last night, and the children it names.",
        "Open the briefing, then print it or save it as PDF.",
    ),
    Card(
        "sam",
        "Sam Adeyemi",
        "analyst",
        "west-yorkshire-vrp",
        "west-yorkshire-vrp-insight",
        "Analyst, violence reduction partnership",
        "0113 496 0211",
        "Numbers about the feeds; never a named child.",
        "See which feeds came in, and how complete ethnicity is.",
    ),
    Card(
        "ruth",
        "Ruth Ackroyd",
        "scrutineer",
        "independent-scrutiny",
        "",
        "Independent scrutineer",
        "0113 496 0212",
        "Who looked at what, in numbers. No child’s name.",
        "See how often records were opened in an emergency.",
    ),
    Card(
        "winston",
        "Winston Bailey",
        "data_protection_lead",
        "leeds-city-council",
        "",
        "Data protection lead",
        "0113 496 0216",
        "What his own council holds, where somebody asks what is held about them.",
        "Open the access request that waits, hold something back, and let Grace let it go.",
    ),
    Card(
        "carys",
        "Carys Bowen",
        "seat_manager",
        "leeds-city-council",
        "",
        "Seat manager",
        "0113 496 0217",
        "Who has a seat at the council; no child’s record.",
        "Open “Our people” and say of one seat whether it is still needed; suspend another and lift it again.",
    ),
    Card(
        "grace",
        "Grace Lumb",
        "information_officer",
        "leeds-city-council",
        "",
        "Information officer",
        "0113 496 0213",
        "The files that come in, records that may be one child, and emergency openings to judge.",
        "Decide one “Same child?” question, then undo it.",
    ),
    Card(
        "una",
        "Una Fairley",
        "records_officer",
        "leeds-highways",
        "",
        "Records officer",
        "0113 496 0214",
        "What her agency told and how long it is kept. No child’s name.",
        "Propose to dispose of what falls due; then be Gil, who decides.",
    ),
    Card(
        "gil",
        "Gil Thorpe",
        "records_officer",
        "leeds-highways",
        "",
        "Records officer, second",
        "0113 496 0215",
        "The same, as the second person whom disposal needs.",
        "Decide what Una proposed, and read the tombstone.",
    ),
)
RESTRICTED_TO = ("maya", "rowan", "priya")
