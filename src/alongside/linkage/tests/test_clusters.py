import random

from alongside.linkage.clusters import Edge, Least, joins, tie_of
from alongside.linkage.rules import Levels

CALM = Least(strength=7.0, mean=0.0)


def pair(left, right, weight=15.0, born="exact", place="exact"):
    known = {"date_of_birth": born, "postcode": place}
    return Edge(left, right, tie_of(weight, Levels((name, level) for name, level in known.items() if level)))


def clusters(edges, **decided):
    groups = {}
    for joining in joins(edges, **decided):
        whole = sorted(joining.ours + joining.theirs)
        groups.update(dict.fromkeys(whole, whole))
    return sorted({tuple(members): members for members in groups.values()}.values())


def test_records_of_one_person_become_one_group():
    assert clusters([pair("a", "b"), pair("b", "c"), pair("a", "c")], at_least=CALM) == [["a", "b", "c"]]


def test_a_chain_does_not_join_two_people():
    chain = [pair("a", "b"), pair("b", "c", 12.0), pair("a", "c", -20.0, born="else")]
    assert clusters(chain, at_least=CALM) == [["a", "b"]]


def test_twins_held_apart_stay_apart_whoever_links_them():
    edges = [pair("ann", "x", 20.0), pair("x", "amy", 19.0), pair("ann", "amy", 18.0)]
    assert clusters(edges, at_least=CALM, apart=[("ann", "amy")]) == [["ann", "x"]]


def test_what_is_held_apart_stays_apart_when_groups_grow():
    edges = [pair("a", "b", 30.0), pair("c", "d", 29.0), pair("b", "c", 28.0)]
    assert clusters(edges, at_least=Least(-9.0, -9.0), apart=[("a", "d")]) == [["a", "b"], ["c", "d"]]


def test_a_decision_joins_what_the_weight_would_not():
    assert clusters([], at_least=CALM, together=[("b", "a")]) == [["a", "b"]]


def test_the_strongest_groups_join_first():
    edges = [pair("a", "b", 20.0), pair("b", "c", 19.0), pair("a", "c", -25.0), pair("c", "d", 18.0)]
    assert clusters(edges, at_least=CALM) == [["a", "b"], ["c", "d"]]


def test_a_slip_in_one_record_does_not_keep_it_out():
    edges = [pair(*two, 15.0) for two in ("ab", "ac", "bc")] + [pair(one, "x", 12.0, born="else") for one in "abc"]
    assert clusters(edges, at_least=CALM) == [["a", "b", "c", "x"]]


def test_a_slip_does_not_repeat():
    edges = [pair(*two, 18.0) for two in ("ab", "xy")] + [pair(a, x, 12.0, born="else") for a in "ab" for x in "xy"]
    assert clusters(edges, at_least=CALM) == [["a", "b"], ["x", "y"]]


def test_the_order_of_pairs_plays_no_part():
    chance = random.Random(3)
    names = [f"r{number}" for number in range(30)]
    edges = [pair(*chance.sample(names, 2), round(chance.uniform(-5, 25))) for _ in range(120)]
    first = {frozenset((e.left, e.right)): e for e in reversed(edges)}
    edges = list(first.values())
    groups = clusters(edges, at_least=CALM)
    for _ in range(10):
        chance.shuffle(edges)
        assert clusters(edges, at_least=CALM) == groups
