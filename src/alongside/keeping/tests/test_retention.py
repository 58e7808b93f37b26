"""The playbook's periods: every partner that tells something has one, and a mistake is named."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.agencies.models import Agency
from alongside.contributions.kinds import kinds
from alongside.keeping.models import DisposalNotice, Hold, Proposal
from alongside.keeping.queries import due_for, holds_seen_by, notices_for, proposals_of
from alongside.keeping.retention import periods, read, rules
from alongside.keeping.rules import ANY, rules_for
from alongside.playbook import BrokenPlaybookError


@pytest.mark.django_db
def test_the_periods_of_leeds_name_agencies_and_kinds_that_exist(agencies):
    known = set(Agency.objects.values_list("slug", flat=True))
    for period in periods():
        assert set(period.controllers) <= known
        assert set(period.kinds) <= {*kinds(), ANY}


@pytest.mark.django_db
def test_everybody_who_tells_something_has_a_rule_for_it(agencies):
    telling = {agency for kind in kinds().values() for agency in kind.told_by}
    for agency in telling:
        assert rules_for(rules(), controller=agency, kind="general_note"), f"{agency} has no period"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("years = 0", "a period needs years or months"),
        ("months = 13", "less than or equal to 11"),
    ],
)
def test_a_period_that_cannot_be_is_named(tmp_path, written, said):
    file = Path(tmp_path) / "keeping.toml"
    head = '[[periods]]\ncontrollers = ["a"]\nkinds = ["*"]\nbegins = "event"\nwords = "W"\nsource = "S"\n'
    file.write_text(f'{head}how_sure = "read"\n{written}\n')
    with pytest.raises(BrokenPlaybookError, match=said):
        read(file)


def test_the_playbook_says_where_each_period_comes_from_and_how_sure_that_is():
    text = (settings.PLAYBOOK / "keeping.toml").read_text()
    assert text.count("source =") == text.count("how_sure =") == len(periods()) + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "said", "name"),
    [
        (Hold, {"because": ""}, "a_hold_says_why"),
        (Hold, {"because": "W", "lifted_because": "W"}, "a_hold_is_lifted_by_whom_when_and_why"),
        (Proposal, {"verdict": "approved"}, "a_decided_proposal_says_who_and_when"),
        (Proposal, {"verdict": "approved", "decided": True}, "nobody_approves_their_own_proposal"),
        (Proposal, {"verdict": "refused", "other": True}, "keeping_it_says_why"),
        (DisposalNotice, {"done": True}, "a_notice_done_says_who_and_when"),
    ],
)
def test_the_database_refuses_nonsense(una_and_joe, model, said, name, now):
    una, joe = una_and_joe
    fields = {
        Hold: {"placed_by": una, "placed_at": now},
        Proposal: {"proposed_by": una, "proposed_at": now},
        DisposalNotice: {"told_id": "leeds-camhs", "receipt": "R", "kind": "general_note", "told_at": now},
    }[model]
    for word, who in (("decided", una), ("other", joe)):
        if said.pop(word, False):
            fields |= {"decided_by": who, "decided_at": now}
    if said.pop("done", False):
        fields |= {"done_at": now}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(controller_id="leeds-city-council", **fields, **said)


@pytest.fixture
def una_and_joe(una, joe):
    return una, joe


@pytest.fixture
def now():
    from conftest import NOW

    return NOW


@pytest.mark.django_db
def test_whoever_keeps_no_records_sees_none(maya, now):
    assert due_for(maya, at=now) == []
    for asked in (holds_seen_by, notices_for, proposals_of):
        assert not asked(maya).exists()
