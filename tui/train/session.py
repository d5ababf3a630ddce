"""One sheet being worked on: which exercise is looked at, what was answered, what hints cost. Every act gives another `Session`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.exercises import Exercise
from corpus.marking import FULL, HINTS, Answer, Marking, Slip, mark
from corpus.workspace import Policy


@dataclass(frozen=True)
class Entry:
    """`marking` is None until it is handed in; `shown` says that the steps were shown before that, so that it no longer counts.

    `label` is its number on the sheet, with 变 for a variant; `slips` are looked for after marking.
    """

    exercise: Exercise
    label: str
    typed: str = ""
    named: tuple[str, ...] = ()
    hints: int = 0
    answer: Answer | None = None
    marking: Marking | None = None
    slips: tuple[Slip, ...] | None = None
    shown: bool = False
    unfolded: bool = False

    @property
    def is_open(self) -> bool:
        return self.marking is None and not self.shown

    @property
    def points(self) -> int:
        return self.marking.points if self.marking else 0

    @property
    def variants(self) -> str:
        return self.label.partition("变")[0]


@dataclass(frozen=True)
class Session:
    """`number` and `topic` are what the sheet was drawn by; `complete` when no further exercise will come."""

    policy: Policy
    number: int
    topic: str = ""
    entries: tuple[Entry, ...] = ()
    at: int = 0
    complete: bool = False

    @property
    def entry(self) -> Entry | None:
        return self.entries[self.at] if self.at < len(self.entries) else None

    @property
    def points(self) -> int:
        return sum(e.points for e in self.entries)

    @property
    def most(self) -> int:
        return FULL * len(self.entries)

    @property
    def done(self) -> int:
        return sum(not e.is_open for e in self.entries)


def added(session: Session, exercise: Exercise) -> Session:
    """One more exercise at the end."""
    number = sum("变" not in e.label for e in session.entries) + 1
    return replace(session, entries=(*session.entries, Entry(exercise, str(number))))


def with_variant(session: Session, exercise: Exercise) -> Session:
    """A variant behind the exercise looked at and its other variants, looked at next."""
    assert session.entry
    mine = session.entry.variants
    last = max(i for i, e in enumerate(session.entries) if e.variants == mine)
    count = sum(e.variants == mine for e in session.entries)
    entry = Entry(exercise, f"{mine}变{count}")
    return replace(session, entries=(*session.entries[: last + 1], entry, *session.entries[last + 1 :]), at=last + 1)


def moved(session: Session, by: int) -> Session:
    """To another exercise, not beyond the first and the last."""
    return replace(session, at=max(min(session.at + by, len(session.entries) - 1), 0))


def changed(session: Session, entry: Entry, at: int | None = None) -> Session:
    """With another state of the exercise looked at, or of the one at a place."""
    place = session.at if at is None else at
    return replace(session, entries=tuple(entry if i == place else e for i, e in enumerate(session.entries)))


def hinted(entry: Entry) -> Entry:
    """One more hint, as long as there are any and it is not handed in."""
    return replace(entry, hints=min(entry.hints + 1, len(HINTS))) if entry.is_open else entry


def submitted(entry: Entry, answer: Answer) -> Entry:
    """Marked, once."""
    if not entry.is_open:
        return entry
    return replace(entry, answer=answer, marking=mark(entry.exercise, answer, entry.hints))


def disclosed(entry: Entry) -> Entry:
    """Its steps were shown."""
    return replace(entry, shown=True) if entry.is_open else entry
