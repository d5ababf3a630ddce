"""Blocks: what a notice consists of before it is cut into addressed units.

The front matter and the body both end as blocks, and `paragraphs.split` turns blocks into units; this file is the representation between the two.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.labels import Rank
from corpus.passages import Passage

Path = tuple[str, ...]


class Role(StrEnum):
    META = "meta"
    """A title, number, date …: `path` ends in the leaf name."""
    LABELLED = "labelled"
    """The text on the line of a label: a heading, a first paragraph, or both."""
    PLAIN = "plain"
    """A paragraph without a label of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """One passage and the place it stands at; `rank` is that of the label on its line, None where there is none."""

    path: Path
    role: Role
    passage: Passage
    rank: Rank | None = None

    @property
    def is_division(self) -> bool:
        """编, 章 and 节 hold a heading and nothing else."""
        return self.rank is not None and self.rank < Rank.ARTICLE


def is_below(path: Path, other: Path) -> bool:
    """Whether `path` is `other` or stands under it."""
    return path[: len(other)] == other
