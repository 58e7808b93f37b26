"""Ethnicity in words, from the codes of the Home Office's self-defined ethnicity and of DfE's census."""

NOT_SAID = "Asked, preferred not to say"
GROUPS = {
    "White British": ("W1", "WBRI"),
    "White Irish": ("W2", "WIRI"),
    "Gypsy or Irish Traveller": ("W3", "WIRT"),
    "Roma": ("W5",),
    "Gypsy or Roma": ("WROM",),
    "White, another background": ("W9", "WOTH"),
    "Mixed: White and Black Caribbean": ("M1", "MWBC"),
    "Mixed: White and Black African": ("M2", "MWBA"),
    "Mixed: White and Asian": ("M3", "MWAS"),
    "Mixed, another background": ("M9", "MOTH"),
    "Indian": ("A1", "AIND"),
    "Pakistani": ("A2", "APKN"),
    "Bangladeshi": ("A3", "ABAN"),
    "Chinese": ("A4", "O1", "CHNE"),
    "Asian, another background": ("A9", "AOTH"),
    "Black African": ("B2", "BAFR"),
    "Black Caribbean": ("B1", "BCRB"),
    "Black, another background": ("B9", "BOTH"),
    "Arab": ("O2",),
    "Another ethnic group": ("O9", "OOTH"),
    NOT_SAID: ("NS", "REFU"),
}
WORDS = {code: words for words, codes in GROUPS.items() for code in codes}
SAID_BY = {
    "self": "{called} said",
    "parent": "a parent said",
    "carer": "a carer said",
    "officer": "an officer saw, did not ask",
    "observed": "seen, not asked",
}


def in_words(code: str) -> str:
    """The words for a code; "" for one that means nobody has asked yet."""
    return WORDS.get(code.strip().upper(), "")


def said_by(stated_by: str, called: str) -> str:
    """Who said so, in words; "it is not known who said so" where the teller did not say."""
    words = SAID_BY.get(stated_by, f"{stated_by.replace('_', ' ')} said" if stated_by else "")
    return words.format(called=called) if words else "it is not known who said so"
