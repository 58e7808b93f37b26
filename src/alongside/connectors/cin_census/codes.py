"""The census's codes in words. Source: DfE, Children in need census guides, 2023 to 2026."""

REFERRED_BY = {
    "1A": "family member, relative or carer",
    "1B": "acquaintance, neighbour or child minder",
    "1C": "the child",
    "1D": "another person",
    "2A": "school",
    "2B": "education services",
    "3A": "general practitioner",
    "3B": "health visitor",
    "3C": "school nurse",
    "3D": "other primary health services",
    "3E": "A&E (emergency department)",
    "3F": "other health services",
    "4": "housing",
    "5A": "adult social care",
    "5B": "another department of the council",
    "5C": "another council",
    "5D": "early help",
    "6": "police",
    "7": "courts, probation, immigration or prison",
    "8": "another organisation",
    "9": "somebody who gave no name",
    "10": "not known",
}
NEED = {
    "N1": "abuse or neglect",
    "N2": "the child’s disability",
    "N3": "a parent’s disability or illness",
    "N4": "family in acute stress",
    "N5": "family difficulties",
    "N6": "behaviour that others find hard",
    "N7": "low income",
    "N8": "absent parenting",
    "N9": "other than children in need",
    "N0": "not stated",
}
CLOSED = {
    "RC1": "adopted",
    "RC2": "the child died",
    "RC3": "child arrangements order",
    "RC4": "special guardianship order",
    "RC5": "moved to another council’s services",
    "RC6": "moved to adult social care",
    "RC7": "services ended for another reason",
    "RC8": "closed after assessment, no further action",
    "RC9": "closed after assessment, on to early help",
}
ABUSE = {"NEG": "neglect", "PHY": "physical", "SAB": "sexual", "EMO": "emotional", "MUL": "several"}
FACTORS = {
    "10A": "missing",
    "11A": "child sexual exploitation",
    "12A": "trafficking",
    "13A": "gangs",
    "15A": "self-harm",
    "18B": "physical harm by another child",
    "18C": "physical harm by an adult",
    "19B": "sexual harm by another child",
    "19C": "sexual harm by an adult",
    "24A": "child criminal exploitation",
}
YES = frozenset({"true", "1"})


def word(codes: dict[str, str], code: str) -> str:
    """The code in words; a code we do not know stays as it stands."""
    return codes.get(code.strip().upper(), code.strip())
