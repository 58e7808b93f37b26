"""The Merkle tree of RFC 9162, section 2.1: hashes, a growing edge, and proofs. It knows nothing of what a leaf says.

Places count from 1: the tree of size 7 ends with place 7.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY = sha256(b"").digest()


@dataclass(frozen=True)
class Kept:
    """What is kept of a tree, by place: the hash of the leaf, and the root of the largest full subtree that ends
    with it. From these every other hash is found in few steps."""

    leaf: Callable[[int], bytes]
    largest: Callable[[int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


class Edge:
    """The full subtrees along the right edge of a tree, largest first: all that adding a leaf needs."""

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        self.size, self.roots = size, list(roots)

    def add(self, leaf: bytes) -> bytes:
        """Adds a leaf; gives the root of the largest full subtree that ends with it."""
        node, full, roots = leaf, self.size, self.roots
        while full & 1:
            node = sha256(b"\1" + roots.pop() + node).digest()
            full >>= 1
        roots.append(node)
        self.size += 1
        return node

    @property
    def root(self) -> bytes:
        if not self.roots:
            return EMPTY
        *left, root = self.roots
        for one in reversed(left):
            root = node_hash(one, root)
        return root


def edge_of(size: int, kept: Kept) -> Edge:
    """The edge of a tree of that size: each of its full subtrees is the largest that ends where it ends."""
    ends, end = [], 0
    for bit in range(size.bit_length() - 1, -1, -1):
        if size >> bit & 1:
            end += 1 << bit
            ends.append(end)
    return Edge(size, [kept.largest(end) for end in ends])


def root_between(start: int, end: int, kept: Kept) -> bytes:
    """The root over the places after `start`, up to `end`; `start` as RFC 9162 divides a tree."""
    count = end - start
    if count == 1:
        return kept.leaf(end)
    if count & (count - 1) == 0 and end & (count * 2 - 1) == count:
        return kept.largest(end)
    middle = start + _half(count)
    return node_hash(root_between(start, middle, kept), root_between(middle, end, kept))


def _half(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1


def inclusion(place: int, size: int, kept: Kept) -> list[bytes]:
    """The proof that the leaf at this place is in the tree of this size: RFC 9162, 2.1.3.1."""
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _half(end - start)
        if place <= middle:
            path.append(root_between(middle, end, kept))
            end = middle
        else:
            path.append(root_between(start, middle, kept))
            start = middle
    return path[::-1]


def consistency(old: int, size: int, kept: Kept) -> list[bytes]:
    """The proof that the tree of size `old` is the beginning of the tree of this size: RFC 9162, 2.1.4.1."""
    start, end, path, is_whole = 0, size, [], True
    while end != old:
        middle = start + _half(end - start)
        if old <= middle:
            path.append(root_between(middle, end, kept))
            end = middle
        else:
            path.append(root_between(start, middle, kept))
            start, is_whole = middle, False
    return path[::-1] if is_whole else [root_between(start, end, kept), *path[::-1]]


def is_included(leaf: bytes, place: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root: RFC 9162, 2.1.3.2."""
    sides = _sides(place - 1, size - 1, len(path)) if 1 <= place <= size else None
    if sides is None:
        return False
    node = leaf
    for one, is_left in zip(path, sides, strict=True):
        node = node_hash(one, node) if is_left else node_hash(node, one)
    return node == root


def is_beginning(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the proof shows that the old tree is the beginning of the new one: RFC 9162, 2.1.4.2."""
    if old == size:
        return not path and old_root == root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    sides = _sides(at, last, len(steps) - 1) if 0 < old < size and steps else None
    if sides is None:
        return False
    was = node = steps[0]
    for one, is_left in zip(steps[1:], sides, strict=True):
        was = node_hash(one, was) if is_left else was
        node = node_hash(one, node) if is_left else node_hash(node, one)
    return was == old_root and node == root


def _sides(at: int, last: int, steps: int) -> list[bool] | None:
    """Of each step up, whether what comes stands on the left; None where so many steps do not end at the root."""
    sides = []
    for _ in range(steps):
        if last == 0:
            return None
        is_left = bool(at & 1) or at == last
        while is_left and at and not at & 1:
            at, last = at >> 1, last >> 1
        sides.append(is_left)
        at, last = at >> 1, last >> 1
    return sides if last == 0 else None
