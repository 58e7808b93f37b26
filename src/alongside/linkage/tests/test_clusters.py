import random

from alongside.linkage.clusters import Caution, Edge, joins, tie_of

CALM = Caution(mean_at_least=3.0)


def pair(left, right, weight=15.0, born="exact", place="exact"):
    return Edge(left, right, tie_of(weight, born, place))


def clusters(edges, **decided):
    groups = {}
    for joining in joins(edges, **decided):
        whole = sorted(joining.ours + joining.theirs)
        groups.update(dict.fromkeys(whole, whole))
    return sorted({tuple(members): members for members in groups.values()}.values())


def test_records_of_one_person_become_one_group():
    assert clusters([pair("a", "b"), pair("b", "c"), pair("a", "c")], caution=CALM) == [["a", "b", "c"]]


def test_a_chain_does_not_join_two_people():
    chain = [pair("a", "b"), pair("b", "c", 12.0), pair("a", "c", -20.0, born="else")]
    assert clusters(chain, caution=CALM) == [["a", "b"]]


def test_twins_held_apart_stay_apart_whoever_links_them():
    edges = [pair("ann", "x", 20.0), pair("x", "amy", 19.0), pair("ann", "amy", 18.0)]
    assert clusters(edges, caution=CALM, apart=[("ann", "amy")]) == [["ann", "x"]]


def test_what_is_held_apart_stays_apart_when_groups_grow():
    edges = [pair("a", "b", 30.0), pair("c", "d", 29.0), pair("b", "c", 28.0)]
    assert clusters(edges, caution=Caution(-9.0), apart=[("a", "d")]) == [["a", "b"], ["c", "d"]]


def test_a_decision_joins_what_the_weight_would_not():
    assert clusters([], caution=CALM, together=[("b", "a")]) == [["a", "b"]]


def test_names_alone_do_not_join():
    assert clusters([pair("a", "b", 9.0, born=None, place=None)], caution=CALM) == []


def test_the_order_of_pairs_plays_no_part():
    chance = random.Random(3)
    names = [f"r{number}" for number in range(30)]
    edges = [pair(*chance.sample(names, 2), round(chance.uniform(-5, 25))) for _ in range(120)]
    first = {frozenset((e.left, e.right)): e for e in reversed(edges)}
    edges = list(first.values())
    groups = clusters(edges, caution=CALM)
    for _ in range(10):
        chance.shuffle(edges)
        assert clusters(edges, caution=CALM) == groups
