"""Every page says who may open it, and looking changes nothing."""

import ast
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from alongside.access.permissions import DESCRIPTIONS, Permission
from alongside.access.roles import ROLES

from .tracked import pages, short, tracked

OURS = [(address, pattern) for address, pattern in pages() if not address.startswith("api/")]
PARTNERS = [(address, pattern) for address, pattern in pages() if address.startswith("api/")]
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# Looking is recorded, and a session may be begun or moved on: nothing else may change when somebody looks.
MAY_CHANGE = {"ledger_ledgerevent", "django_session"}


def test_every_page_names_its_permission_or_why_it_is_open():
    unmarked = [
        address
        for address, pattern in OURS
        if not hasattr(pattern.callback, "requires") and not hasattr(pattern.callback, "open_because")
    ]
    assert not unmarked, f"Add @requires(…) or @open_to_all(because), outermost: {unmarked}"


def test_every_permission_is_a_word_of_ours_and_every_reason_a_sentence():
    for _, pattern in OURS:
        needed = getattr(pattern.callback, "requires", None)
        assert needed is None or needed in Permission
        assert needed or len(pattern.callback.open_because) > 10


def test_the_navigation_of_every_role_leads_somewhere():
    for key, role in ROLES.items():
        for label, name in role.navigation:
            assert reverse(name), f"{key}: {label} leads nowhere"


def test_every_permission_is_described_and_given_to_somebody():
    assert set(DESCRIPTIONS) == set(Permission)
    assert {word for role in ROLES.values() for word in role.permissions} == set(Permission)


def written(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return [found[2] for query in asked if (found := WRITES.match(query["sql"]))]


def plain_addresses():
    for _, pattern in OURS:
        try:
            yield reverse(pattern.name)
        except NoReverseMatch:
            continue


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["maya", "grace", "omar"])
def test_looking_changes_nothing_but_the_ledger(client, request, who):
    client.raise_request_exception = True
    client.force_login(request.getfixturevalue(who))
    for address in sorted(set(plain_addresses())):
        assert set(written(client, address)) <= MAY_CHANGE, f"GET {address} changes more than the ledger"


def calls(tree, name):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def test_no_view_writes_to_a_table_itself():
    for path in tracked("src/alongside/*/views.py"):
        tree = ast.parse(path.read_text())
        written_here = [
            node.lineno for name in ("save", "create", "bulk_create", "delete") for node in calls(tree, name)
        ]
        assert not written_here, f"{short(path)} lines {written_here}: call one action instead"
