"""The form as data: one row for every fact and parameter that the vocabulary declares, what stands in it, and what the decision makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.workspace import Policy
from grammar.document import Kind, Origin, Term
from interpreter.explain import Explanation
from tui.trace_rows import missing_names, read_names
from tui.widgets.capital import capital_amount
from tui.widgets.plain import one_line


class Group(StrEnum):
    FACTS = "就诊"
    SETTLED = "结算单上已有的"
    PARAMETERS = "参数"


@dataclass(frozen=True, slots=True)
class Field:
    """`text` is what is shown of `raw`; `read` says that the decision needed it, `missing` that an outcome waits for it, for `asked_by`."""

    term: Term
    group: Group
    raw: Any
    text: str
    echo: str = ""
    fault: str = ""
    read: bool = True
    missing: bool = False
    asked_by: str = ""
    visit: int = 0
    claim: object = None
    """The claim it stands in, to be compared by identity: an edit still under way when another claim is opened is not of that one."""

    @property
    def key(self) -> tuple[str, Group]:
        return self.term.name, self.group

    @property
    def options(self) -> tuple[str, ...]:
        return ("是", "否") if self.term.kind is Kind.BOOLEAN else self.term.members

    @property
    def is_choice(self) -> bool:
        return self.term.kind in (Kind.CHOICE, Kind.BOOLEAN)

    @property
    def is_list(self) -> bool:
        """Several values in one field, edited as a sheet."""
        return self.term.kind in (Kind.LIST, Kind.BANDS, Kind.DATES) or isinstance(self.raw, dict)

    @property
    def items(self) -> tuple[str, ...]:
        """The values of such a field, a line each."""
        if isinstance(self.raw, dict):
            return tuple(f"{one_line(str(k))}　{text_of(v)}" for k, v in self.raw.items())
        return tuple(_item(item) for item in self.raw) if isinstance(self.raw, list) else ()

    def filed(self, text: str) -> Any:
        """What typing `text` files; nothing typed is unknown."""
        typed = text.strip()
        if not typed:
            return None
        if self.term.kind is Kind.CATALOGUE:
            return [part.strip() for part in typed.replace("，", "、").replace(",", "、").split("、") if part.strip()]
        return typed


def claim_fields(policy: Policy, claim: object, data: dict[str, Any], visit: int, explanation: Explanation | None) -> tuple[Field, ...]:
    """Rows for one visit, in the order of the vocabulary, the parameters last; every row remembers the claim and the visit."""
    read = read_names(explanation) if explanation else None
    missing = missing_names(explanation) if explanation else {}
    found = []
    for group, term in _rows(policy):
        values = _section(data, group, visit)
        raw = values.get(term.name)
        echo, fault = checked(policy, term, group, raw)
        is_missing = term.name in missing and raw is None
        used = read is None or term.name in read
        found.append(Field(term, group, raw, text_of(raw), echo, fault, used, is_missing, missing.get(term.name, ""), visit, claim))
    return tuple(found)


def _rows(policy: Policy) -> list[tuple[Group, Term]]:
    terms = policy.compiled().book.terms
    facts = [(Group.FACTS, t) for t in terms if t.origin is Origin.FACT]
    settled = [(Group.SETTLED, t) for t in terms if t.filed_first and t.origin is not Origin.FACT]
    return facts + settled + [(Group.PARAMETERS, t) for t in terms if t.origin is Origin.PARAMETER]


def _section(data: dict[str, Any], group: Group, visit: int) -> dict[str, Any]:
    if group is Group.PARAMETERS:
        values = data.get("参数") or {}
    else:
        visits = data.get("就诊")
        values = visits[visit] if isinstance(visits, list) and visit < len(visits) else {}
    return values if isinstance(values, dict) else {}


def text_of(raw: Any) -> str:
    """A filed value as the field shows it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, dict) or (isinstance(raw, list) and any(isinstance(x, (dict, list)) for x in raw)):
        return f"{len(raw)} 项"
    return "、".join(one_line(str(x)) for x in raw) if isinstance(raw, list) else one_line(str(raw))


def _item(item: Any) -> str:
    if isinstance(item, dict):
        return "　".join(f"{one_line(str(k))} {text_of(v)}" for k, v in item.items())
    return "　".join(text_of(x) or "—" for x in item) if isinstance(item, list) else text_of(item)


def checked(policy: Policy, term: Term, group: Group, raw: Any) -> tuple[str, str]:
    """(how the value was understood, what is wrong with it), asked of the reader of claims with this value alone."""
    if raw is None:
        return "", ""
    alone = {"就诊": [{}], "参数": {term.name: raw}} if group is Group.PARAMETERS else {"就诊": [{term.name: raw}]}
    claim, faults = policy.read(alone)
    if claim is None:
        return "", "；".join(f.partition("”")[2] or f for f in faults)
    value = (claim.parameters if group is Group.PARAMETERS else claim.visits[0]).get(term.name)
    return _echo(term, value), ""


def _echo(term: Term, value: Any) -> str:
    if term.kind is Kind.MONEY and isinstance(value, int):
        return capital_amount(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if term.kind is Kind.DATE else "")
    return ""
