"""The tree beside a second statement of RFC 9162, as slow and plain as its text."""

import random
from hashlib import sha256

import pytest

from alongside.ledger import tree

# The leaves and roots that RFC 6962's own implementation is tested with.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, of leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1" + mth(leaves[:half]) + mth(leaves[half:])).digest()


def grown(count: int) -> tuple[list[bytes], tree.Kept, tree.Edge]:
    leaves, edge = [tree.leaf_hash(b"%d" % one) for one in range(count)], tree.Edge()
    largest = [edge.add(leaf) for leaf in leaves]
    return leaves, tree.Kept(lambda place: leaves[place - 1], lambda place: largest[place - 1]), edge


def test_roots_are_those_of_the_reference():
    edge = tree.Edge()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        edge.add(tree.leaf_hash(bytes.fromhex(leaf)))
        assert edge.root.hex() == root
    assert tree.Edge().root == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 40))
def test_the_edge_is_found_again_from_what_is_kept(size):
    leaves, kept, edge = grown(size)
    again = tree.edge_of(size, kept)
    assert again.roots == edge.roots
    assert again.root == mth(leaves)


@pytest.mark.parametrize("size", range(1, 34))
def test_each_place_has_a_proof_that_holds_for_no_other(size):
    leaves, kept, edge = grown(size)
    for place in range(1, size + 1):
        path = tree.inclusion(place, size, kept)
        assert tree.is_included(leaves[place - 1], place, size, path, edge.root)
        assert not tree.is_included(leaves[place - 1], place % size + 1, size, path, edge.root) or size == 1
        assert not tree.is_included(tree.leaf_hash(b"other"), place, size, path, edge.root)
        assert not tree.is_included(leaves[place - 1], place, size, [*path, b"\0" * 32], edge.root)


@pytest.mark.parametrize("size", range(1, 34))
def test_each_beginning_has_a_proof_that_holds_for_no_other(size):
    leaves, kept, edge = grown(size)
    for old in range(1, size + 1):
        root, path = mth(leaves[:old]), tree.consistency(old, size, kept)
        assert tree.is_beginning(old, root, size, edge.root, path)
        assert not tree.is_beginning(old, tree.leaf_hash(b"other"), size, edge.root, path)
        if old < size:
            assert not tree.is_beginning(old, root, size, tree.leaf_hash(b"other"), path)


def test_proofs_of_a_large_tree_are_short():
    leaves, kept, edge = grown(5000)
    draw = random.Random(1)
    for _ in range(50):
        place, old = draw.randint(1, 5000), draw.randint(1, 4999)
        path = tree.inclusion(place, 5000, kept)
        assert len(path) <= 13
        assert tree.is_included(leaves[place - 1], place, 5000, path, edge.root)
        assert tree.is_beginning(old, mth(leaves[:old]), 5000, edge.root, tree.consistency(old, 5000, kept))
