"""Broken on purpose: mutated policy files and mutated claims end in diagnostics and faults, each within a second, never in an exception."""

import copy
import json
import time
from functools import cache
from random import Random
from typing import Any

import pytest

from corpus.workspace import Policy, Workspace
from grammar.diagnostic import errors, picture
from grammar.source import UNSEEN, Source
from interpreter.examples import claims_of
from tests.conftest import CASES, KEYS

PIECES = (
    *"0123456789元%％年月日的，。；：、（）「」“”【】〈〉但和或且", "//", "除外", "不", "超过", "分别", "按", "由", "为", "是", "本条所称", "指", "释义：", "约定：", "依据：", "「", "」", "前提：",  # noqa: E501
    "【条款 新】\n", "【术语】\n", "本条优先于条款“基本救助”。", "其他的，", "之和", "乘以", "\n", " ", "\u3000", "\t", "\r", "①", "²", "Ⅷ", "\u202e", "\u200b", "\x00", "\ud800", "\ufeff",  # noqa: E501
    "[red]", "\x1b[2J", "A", "𠮷", "💥", "9" * 30, "（" * 70, "、" * 50, "甲" * 500,
)  # fmt: skip


@cache
def sources(key: str) -> tuple[tuple[Source, ...], Any]:
    policy, message = Workspace.open().policy(key)
    assert policy is not None, message
    return policy.sources, policy.notice


@cache
def filed(key: str) -> list[dict[str, Any]]:
    return [c for case in json.loads((CASES / f"{key}.json").read_text(encoding="utf-8")) for c in claims_of(case)]


def mutated(text: str, random: Random) -> str:
    """One to eight changes: characters and stretches deleted, doubled, moved, turned round, lines swapped, spliced and repeated, garbage put in."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        text = random.choice((_characters, _characters, _lines))(text, random)
    return text


def _characters(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    end = min(len(text), start + random.choice((1, 1, 2, 5, 20, 200)))
    before, part, after = text[:start], text[start:end], text[end:]
    match random.randrange(5):
        case 0:
            return before + after
        case 1:
            return before + "".join(random.choice(PIECES) for _ in range(random.choice((1, 1, 3, 10)))) + part + after
        case 2:
            return before + part * 2 + after
        case 3:
            return before + part[::-1] + after
        case _:
            other = random.randrange(len(text) + 1)
            return before + text[other : other + len(part)] + after


def _lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[a]
        case 1:
            lines[a], lines[b] = lines[b], lines[a]
        case 2:
            lines.insert(b, lines[a])
        case _:
            lines[a] = lines[b][: random.randrange(len(lines[b]) + 1)] + lines[a][random.randrange(len(lines[a]) + 1) :]
    return "\n".join(lines)


def try_policy(seed: int) -> None:
    random = Random(seed)
    key = random.choice(KEYS)
    whole, notice = sources(key)
    rules = [s for s in whole if not s.name.endswith("案例.policy")] if seed % 5 else list(whole)
    at = random.randrange(len(rules))
    rules[at] = Source(rules[at].name, mutated(rules[at].text, random))
    policy = Policy(tuple(rules), notice)
    started = time.perf_counter()
    checked = policy.checked()
    spent = time.perf_counter() - started
    assert spent < 1, f"{spent:.1f} s"
    by_name = {s.name: s for s in rules}
    for diagnostic in checked.diagnostics:
        assert diagnostic.code and diagnostic.message
        assert not UNSEEN.search(picture(diagnostic, by_name.get(diagnostic.source)).replace("\n", ""))
    if not errors(checked.diagnostics):
        for claim in filed(key)[:6]:
            read, _ = policy.read(claim)
            if read is not None:
                json.dumps(policy.result(policy.decide(read)), ensure_ascii=False).encode()


@pytest.mark.parametrize("block", range(5))
def test_a_mutated_policy_ends_in_diagnostics(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        _named(try_policy, seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_two_thousand_mutated_policies_end_in_diagnostics(block: int) -> None:
    for seed in range(1000 + block * 100, 1000 + block * 100 + 100):
        _named(try_policy, seed)


def _named(trial: Any, seed: int) -> None:
    try:
        trial(seed)
    except Exception as exception:
        raise AssertionError(f"seed {seed}: {type(exception).__name__}: {exception}") from exception


# --- claims -------------------------------------------------------------------------------------------------------------------------------------

VALUES: tuple[Any, ...] = (
    "[red]", "[/red]", "\x1b]52;c;eA==\x07", "\u202e1000", "\u200b", "\x00", "\ud800", "x" * 10_000, "Infinity", "-Infinity", "NaN", "1e999999", "１２３．５０", "١٢٣", "1,234.50", "-5",  # noqa: E501
    "1.234", "", "  ", None, True, False, 0, -1, 10**30, 1.5, float("inf"), float("nan"), [], {}, [[]], ["低保对象"], {"甲": 1}, "低保对象", "2023-02-30", "2024-02-29", "99999-01-01",  # noqa: E501
    "2023年2月3日", "100%", "150%", "-5%", "未公布", "未用尽", "10000000000", "10000000000.01", "0", "0.01", "是", "否", ["低保对象", "特困人员"], [1, 2], [None], ["\ud800"], "=1+1", "\n",  # noqa: E501
    "一百", "A004-1", "按次", "1900-01-01", "2100-12-31",
)  # fmt: skip


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        found += spots(part, (*path, key))
    return found


def mutated_claim(claim: Any, names: list[str], random: Random) -> Any:
    claim = copy.deepcopy(claim)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        path = random.choice(spots(claim))
        holder = claim
        for step in path[:-1]:
            holder = holder[step]
        last = path[-1]
        match random.randrange(5):
            case 0:
                holder[last] = copy.deepcopy(random.choice(VALUES))
            case 1:
                del holder[last]
            case 2 if isinstance(holder, dict):
                holder[random.choice([*names, *(v for v in VALUES if isinstance(v, str))])] = copy.deepcopy(random.choice([*VALUES, holder[last]]))
            case 3 if isinstance(holder, dict):
                other = random.choice(list(holder))
                holder[last], holder[other] = holder[other], holder[last]
            case _:
                if isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[last]))
        if not spots(claim):
            return claim
    return claim if random.random() > 0.02 else random.choice(VALUES)


@cache
def policy_and_names(key: str) -> tuple[Policy, list[str]]:
    whole, notice = sources(key)
    policy = Policy(whole, notice)
    return policy, [t.name for t in policy.compiled().book.terms]


def try_claim(seed: int) -> bool:
    """Whether the mutated claim was still decided."""
    random = Random(seed)
    key = random.choice(KEYS)
    policy, names = policy_and_names(key)
    claim = mutated_claim(random.choice(filed(key)), names, random)
    started = time.perf_counter()
    read, faults = policy.read(claim)
    assert (read is None) == bool(faults)
    for fault in faults:
        fault.encode("utf-8")
        assert not UNSEEN.search(fault.replace("\n", "")) and len(fault) < 3000
    if read is not None:
        decision = policy.decide(read)
        answer = json.dumps(policy.result(decision), ensure_ascii=False)
        answer.encode("utf-8")
        assert not UNSEEN.search(answer)
        for number in range(len(decision.visits)):
            explanation = policy.explain(decision, number)
            assert all(f.formula is not None for f in explanation.fired) and all(u.reason for u in explanation.unfired)
    assert time.perf_counter() - started < 1
    return read is not None


@pytest.mark.parametrize("block", range(4))
def test_a_mutated_claim_ends_in_faults_or_a_result(block: int) -> None:
    decided = 0
    for seed in range(block * 100, block * 100 + 100):
        try:
            decided += try_claim(seed)
        except Exception as exception:
            raise AssertionError(f"seed {seed}: {type(exception).__name__}: {exception}") from exception
    assert decided > 5


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_two_thousand_mutated_claims_end_in_faults_or_a_result(block: int) -> None:
    for seed in range(10_000 + block * 100, 10_000 + block * 100 + 100):
        _named(try_claim, seed)
