"""Every example of the drafter's manual does what the manual says: it compiles, reads back so, or is refused with these words.

A comment line before a fenced block says what the block is: 骨架, 通知全文, 原文 (words of a notice, 第一条 of a small one), 例：ok, 例：code=…,
读作 (of the example above), 报错 (of the example above), 申报 (a claim of the policy above), 应得 (its outcomes, worked by hand).
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.paragraphs import split
from corpus.workspace import Policy
from grammar.diagnostic import Diagnostic
from grammar.source import Source
from grammar.unparse import sentence_text

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "起草手册.md"
_BLOCK = re.compile(r"<!-- ([^\n]+?) -->\n```(\w+)\n(.*?)```", re.DOTALL)
_KEY = "shouce"
#: The clause that the skeleton holds, for sentences that speak of another clause.
_OTHER_CLAUSE = "县内就医"
#: Short first sentences are headings where most articles have one; these have none.
_REST = "".join(f"第{n}条 为了方便群众，制定本办法。\n\n" for n in "二三四五")
#: Reported of a sentence that stands alone: the rest of its notice has not been written yet, and a clause whose only sentence is refused is empty.
_ALONE = ("unaccounted", "empty-clause")


@dataclass(frozen=True)
class Example:
    """One block with 例：…, the notice it rests on and what the manual says of it."""

    line: int
    text: str
    codes: tuple[str, ...]
    policy: Policy
    read: tuple[str, ...] | None
    told: tuple[str, ...] | None
    claims: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"第{self.line}行"

    @property
    def whole(self) -> bool:
        return self.text.startswith("政策：")


def blocks(text: str) -> list[tuple[str, str, int]]:
    return [(m[1], m[3], text[: m.start()].count("\n") + 1) for m in _BLOCK.finditer(text)]


def examples(text: str) -> list[Example]:
    found: list[Example] = []
    skeleton = words = notice = ""
    for kind, body, line in blocks(text):
        if kind == "骨架":
            skeleton = body
        elif kind == "原文":
            words = body
        elif kind == "通知全文":
            notice = body
        elif kind.startswith("例："):
            codes = () if kind == "例：ok" else tuple(kind.removeprefix("例：code=").split("、"))
            found.append(Example(line, body, codes, _policy(body, skeleton, words, notice), None, None, ()))
        elif kind == "读作":
            found[-1] = _with(found[-1], read=_lines(body, "读作："))
        elif kind == "报错":
            found[-1] = _with(found[-1], told=tuple(body.splitlines()))
        elif kind == "申报":
            found[-1] = _with(found[-1], claims=(*found[-1].claims, (body, "")))
        elif kind == "应得":
            found[-1] = _with(found[-1], claims=(*found[-1].claims[:-1], (found[-1].claims[-1][0], body)))
        else:
            raise AssertionError(f"第{line}行：不认识的标记“{kind}”")
    return found


def _with(example: Example, **changed: object) -> Example:
    return Example(**(vars(example) | changed))  # type: ignore[arg-type]


def _policy(body: str, skeleton: str, words: str, notice: str) -> Policy:
    if body.startswith("政策："):
        return Policy((Source("手册.policy", body),), split(_KEY, notice))
    block = body if body.startswith("【") else f"【条款 例】\n{body}"
    return Policy((Source("手册.policy", f"{skeleton}\n{block}"),), split(_KEY, f"小县医疗救助办法\n\n第一条 {words}\n\n{_REST}"))


def _lines(body: str, start: str) -> tuple[str, ...]:
    assert all(line.startswith(start) for line in body.splitlines()), body
    return tuple(line.removeprefix(start) for line in body.splitlines())


def faults(example: Example) -> tuple[Diagnostic, ...]:
    ignored = () if example.whole else _ALONE
    return tuple(d for d in example.policy.checked().diagnostics if d.code not in ignored)


def read_back(example: Example) -> tuple[str, ...]:
    """Its own sentences; the clause of the skeleton is left out."""
    said = example.policy.compiled().book.statements
    return tuple(sentence_text(statement.sentence) for clause, statement, _ in said if example.whole or clause != _OTHER_CLAUSE)


def told(example: Example) -> tuple[str, ...]:
    return tuple(line for d in faults(example) for line in (f"错误：{d.message}", *((f"建议：{d.hint}",) if d.hint else ())))


TEXT = MANUAL.read_text(encoding="utf-8") if MANUAL.is_file() else ""
ALL = examples(TEXT)
READ = [e for e in ALL if e.read is not None]
TOLD = [e for e in ALL if e.told is not None]
CLAIMS = [(e, claim, expected) for e in ALL for claim, expected in e.claims]


def test_the_manual_has_examples_of_both_kinds() -> None:
    assert len([e for e in ALL if not e.codes]) > 60
    assert len([e for e in ALL if e.codes]) > 40


def test_every_fenced_policy_of_the_manual_is_an_example() -> None:
    assert TEXT.count("```policy") == sum(body.endswith("\n") for kind, body, _ in blocks(TEXT) if kind.startswith(("例：", "骨架")))


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.name)
def test_an_example_compiles_or_is_refused_as_the_manual_says(example: Example) -> None:
    assert sorted({d.code for d in faults(example)}) == sorted(example.codes), [d.message for d in faults(example)]


@pytest.mark.parametrize("example", READ, ids=lambda e: e.name)
def test_an_example_is_read_back_as_the_manual_says(example: Example) -> None:
    assert read_back(example) == example.read


@pytest.mark.parametrize("example", TOLD, ids=lambda e: e.name)
def test_a_refusal_uses_the_words_of_the_manual(example: Example) -> None:
    assert told(example) == example.told


@pytest.mark.parametrize(("example", "claim", "expected"), CLAIMS, ids=lambda v: v.name if isinstance(v, Example) else "")
def test_a_claim_of_the_manual_gives_the_figures_worked_by_hand(example: Example, claim: str, expected: str) -> None:
    read, wrong = example.policy.read(json.loads(claim))
    assert read is not None, wrong
    outcome = example.policy.result(example.policy.decide(read))["就诊"][0]["结果"]
    wanted = dict(line.split("　", 1) for line in expected.splitlines())
    assert wanted == {name: outcome.get(name) for name in wanted}


@pytest.mark.parametrize("example", [e for e in ALL if "【案例" in e.text and not e.codes], ids=lambda e: e.name)
def test_the_cases_of_an_example_agree(example: Example) -> None:
    report = example.policy.test()
    assert [(c.title, c.differences) for c in report.cases if not c.passed] == []


def test_every_pattern_of_the_grammar_has_a_section() -> None:
    readme = (MANUAL.parents[1] / "grammar" / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## 句式")[2].partition("##")[0]
    patterns = [row.split("|")[1].strip() for row in table.splitlines() if row.startswith("| ") and not row.startswith("| 句式")]
    headings = re.findall(r"^### 2\.\d+ (.+)$", TEXT, re.MULTILINE)
    assert patterns == headings
