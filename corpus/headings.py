"""Which labelled texts are headings: a line of its own without 。, or a short first sentence that runs in.

Kept apart from the cutting because it is the one question a single passage cannot answer. A run-in heading looks like any short rule
(「行政法规由总理签署国务院令公布。」), so it counts only where the notice heads its labels of that rank as a habit; statutes do not.
"""

from collections import Counter

from corpus.blocks import Block, Role, is_below
from corpus.labels import Rank
from corpus.passages import can_run_in, looks_like_heading, sentences

_HABIT = 3
"""One label in so many must be headed before a short first sentence is taken for a heading."""


def find_headings(blocks: tuple[Block, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the blocks that are headings as a whole, and of those whose first sentence is one."""
    whole, run_in, alone = set[int](), set[int](), set[int]()
    for i, block in enumerate(blocks):
        if block.rank is None or not block.passage.text:
            continue
        below = _next_below(blocks, i)
        if block.is_division or (looks_like_heading(block.passage.text) and below is not None):
            whole.add(i)
        elif not looks_like_heading(block.passage.text):
            parts = sentences(block.passage)
            if can_run_in(parts[0].text) and len(parts) > 1:
                run_in.add(i)
            elif can_run_in(parts[0].text) and below is not None and below.path == block.path:
                alone.add(i)
    habitual = _headed_ranks(blocks, whole | run_in | alone)
    return frozenset(whole | {i for i in alone if blocks[i].rank in habitual}), frozenset(i for i in run_in if blocks[i].rank in habitual)


def _next_below(blocks: tuple[Block, ...], i: int) -> Block | None:
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    return following if following is not None and following.role is not Role.META and is_below(following.path, blocks[i].path) else None


def _headed_ranks(blocks: tuple[Block, ...], headed: set[int]) -> frozenset[Rank]:
    labels = Counter(block.rank for block in blocks if block.rank is not None)
    heads = Counter(blocks[i].rank for i in headed)
    return frozenset(rank for rank, count in labels.items() if rank is not None and heads[rank] * _HABIT >= count)
