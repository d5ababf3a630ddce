"""A decision → what is recorded of it; and a record → the same claim under the policy as it stands today."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.history import Amount, Record, Status
from corpus.lines import seen
from corpus.workspace import Workspace
from grammar.diagnostic import errors

LONGEST_NOTE = 200
_MONEY = re.compile(r"(-?)([0-9]+)\.([0-9]{2})")


def entry_of(policy: str, result: Mapping[str, Any], data: Any, at: str, note: str = "") -> Record:
    """`policy` is the name that opens it again, `result` the answer of interface section 3, `at` the moment in UTC."""
    amounts = headline(result)
    return Record(at, policy, str(result["政策哈希"]), claim_text(data), amounts, status_of(result, amounts), seen(note)[:LONGEST_NOTE])


def claim_text(data: Any) -> str:
    """As JSON that reads back as the same data, also where it holds half a character."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text if text.isascii() or _is_text(text) else json.dumps(data, separators=(",", ":"))


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def headline(result: Mapping[str, Any]) -> tuple[Amount, ...]:
    """Who pays how much of the whole claim; where no order of payment applies, the sums of its outcomes."""
    paid: dict[str, int | str] = {}
    for visit in result["就诊"]:
        for row in () if visit.get("作废") else visit["瀑布"]:
            paid[row["付费方"]] = _added(paid.get(row["付费方"], 0), fen(row["金额"]))
    return tuple(paid.items()) or tuple((name, fen(text)) for name, text in result["合计"]["合计"].items())


def fen(text: str) -> int | str:
    """The amount, or the word that stands for one."""
    match = _MONEY.fullmatch(text)
    return int(match[1] + match[2] + match[3]) if match else text


def _added(a: int | str, b: int | str) -> int | str:
    """A word stands for the whole sum: 冲突 before 待定 before any other."""
    if isinstance(a, int) and isinstance(b, int):
        return a + b
    words = [word for word in (a, b) if isinstance(word, str)]
    return next((said for said in (Status.CONFLICT.value, Status.OPEN.value) if said in words), words[0])


def status_of(result: Mapping[str, Any], amounts: tuple[Amount, ...]) -> Status:
    said = [amount for _, amount in amounts]
    open_ = [row for visit in result["就诊"] for row in visit["待定"]] if not amounts else []
    if Status.CONFLICT.value in said or any("冲突" in row for row in open_):
        return Status.CONFLICT
    return Status.OPEN if Status.OPEN.value in said or open_ else Status.DECIDED


# --- under today's policy ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One amount then and now; an amount that is not there is nothing. `difference` is in fen, None where either is no amount."""

    name: str
    before: int | str
    after: int | str

    @property
    def difference(self) -> int | None:
        return self.after - self.before if isinstance(self.after, int) and isinstance(self.before, int) else None


def recomputed(workspace: Workspace, old: Record, at: str) -> tuple[Record | None, str]:
    """The claim of a record decided anew, or why it cannot be, in Chinese."""
    policy, message = workspace.policy(old.policy)
    if policy is None:
        return None, message
    claim, faults = policy.read(old.data)
    if claim is None:
        return None, f"今天的政策读不了这笔申报：{faults[0]}"
    if errors(policy.compiled(claim.readings).diagnostics):
        return None, f"政策“{old.policy}”今天有错误，不能使用。请先用 youju check 查看。"
    return entry_of(old.policy, policy.result(policy.decide(claim)), old.data, at, old.note), ""


def changes(old: Record, new: Record) -> tuple[Change, ...]:
    """Every amount of either, those of the new decision in its order, then those that are gone."""
    before, after = dict(old.amounts), dict(new.amounts)
    return tuple(Change(name, before.get(name, ""), after.get(name, "")) for name in (*after, *(n for n in before if n not in after)))


def verdict(old: Record, new: Record) -> str:
    """What the comparison comes to."""
    text = "政策的文字没有变" if old.digest == new.digest else "政策的文字变过（记录时和今天的校验值不同）"
    same = old.amounts == new.amounts
    if same:
        return f"{text}，金额也没有变。"
    return f"{text}，金额变了。" if old.digest != new.digest else f"{text}，金额却变了：程序或者通知原文换过版本。"
