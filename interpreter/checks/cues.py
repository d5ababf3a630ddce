"""Cue words: 但, 除…外, 仅, 累计, 超过, 原则上 … in the cited words are answered by a construct of the sentence, or waived with a reason.

What is compiled verbatim answers its own cues: the grammar has read every word of it. So only the words around it are looked at here, and the words
that paraphrases rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grammar.acts import Cover, Deny, Exempt, Group, Limit, Only, Pairwise, SetFlag
from grammar.address import spoken
from grammar.diagnostic import Diagnostic
from grammar.document import Standing
from grammar.source import fold
from grammar.syntax import Compare, Name, Not, Operation, Relation, Sign, Total
from grammar.walk import parts_of
from interpreter.checks.reading import Dossier, Said

Answer = Callable[[Any], bool]


def _related(*relations: Relation) -> Answer:
    return lambda node: isinstance(node, (Compare, Limit)) and node.relation in relations


def _excess(node: Any) -> bool:
    return (isinstance(node, Operation) and node.sign is Sign.EXCESS) or _related(Relation.EXCEEDS)(node)


def _at_most(node: Any) -> bool:
    return _related(Relation.AT_MOST)(node) or (isinstance(node, Operation) and node.sign is Sign.LESSER)


def _at_least(node: Any) -> bool:
    return _related(Relation.AT_LEAST)(node) or (isinstance(node, Operation) and node.sign is Sign.GREATER)


def _excepts(node: Any) -> bool:
    return isinstance(node, (Exempt, Not, Only)) or (isinstance(node, Group) and node.exception is not None)


def _accumulates(node: Any) -> bool:
    return isinstance(node, Total) or (isinstance(node, Limit) and node.scope is not None) or (isinstance(node, Name) and "累计" in node.term)


def _denies(node: Any) -> bool:
    return isinstance(node, Deny) or (isinstance(node, SetFlag) and not node.value)


#: Cue → does this construct answer it? Longer cues stand first: 不超过 is not 超过.
CUES: tuple[tuple[str, Answer], ...] = (
    *((cue, _at_most) for cue in ("不得超过", "不超过")),
    *((cue, _at_least) for cue in ("不得低于", "不低于")),
    ("原则上", lambda n: isinstance(n, SetFlag) and n.in_principle),
    ("只限于", lambda n: isinstance(n, Only)),
    ("不包括", _excepts),
    ("除外", _excepts),
    ("超过", _excess),
    ("不足", _related(Relation.BELOW)),
    ("不满", _related(Relation.BELOW)),
    ("达到", _related(Relation.REACHES, Relation.AT_LEAST)),
    ("以上", _related(Relation.AT_LEAST)),
    ("以下", _related(Relation.AT_MOST)),
    ("累计", _accumulates),
    ("分别", lambda n: isinstance(n, Pairwise)),
    ("左右", lambda n: False),
    ("不予", _denies),
    ("但", _excepts),
    ("仅", lambda n: isinstance(n, (Only, Cover))),
)


def unanswered(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: unanswered-cue."""
    for unit, rows in dossier.by_unit.items():
        stated = [said for said, _ in rows if said.statement.standing in (Standing.VERBATIM, Standing.PARAPHRASE)]
        if not stated:
            continue
        text = fold(dossier.uncovered(unit))
        constructs = [p for said, _ in rows for p in parts_of(said.statement.sentence)]
        waived = fold("\n".join(dossier.waived(unit)))
        for cue, answers in CUES:
            if cue in text and cue not in waived and not any(answers(c) for c in constructs):
                yield _unanswered(stated[0], unit, cue, dossier.excerpt(unit, text.find(cue)))
            text = text.replace(cue, "\n" * len(cue))


def _unanswered(said: Said, unit: str, cue: str, around: str) -> Diagnostic:
    message = f"“{spoken(unit)}”有“{cue}”（…{around}…），条款里没有对应的写法"
    hint = f"请写出对应的条件、例外或者限制；确实不需要的，写“不计：“{cue}”和理由”。"
    return Diagnostic("unanswered-cue", message, said.origin.source, said.statement.span, hint=hint)
