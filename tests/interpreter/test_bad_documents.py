"""tests/bad: one fault a file, its code and line in the first comment; and every code of the program has such a file."""

import ast
import re
from pathlib import Path

import pytest

from corpus.paragraphs import split
from corpus.workspace import Policy, Workspace
from grammar.diagnostic import Diagnostic, Severity, picture
from grammar.source import MAX_CHARACTERS, Source
from tests.tiny import KEY, WORDS, convention, faults, tiny

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests" / "bad"
FILES = sorted(BAD.glob("*.policy"))
NOTICE = split(KEY, (BAD / "小.txt").read_text(encoding="utf-8"))
EXPECTED = re.compile(r"^// 期望：([a-z-]+) 第([0-9]+)行")
#: Code → why no file shows it.
ELSEWHERE = {"too-large": "two million characters are made in a test of grammar/test_source.py"}


def expected(path: Path) -> tuple[str, int]:
    match = EXPECTED.match(path.read_text(encoding="utf-8"))
    assert match, f"{path.name} does not say what is expected"
    return match[1], int(match[2])


DOCUMENTS = [pytest.param(p, id=p.stem) for p in FILES]
#: What most of these small documents earn besides: they account for nothing, and rest on nothing.
COMMON = ("unaccounted", "unsourced-figure")


def found(path: Path) -> tuple[Policy, tuple[Diagnostic, ...]]:
    policy = Policy((Source(path.name, path.read_text(encoding="utf-8")),), NOTICE)
    return policy, policy.checked().diagnostics


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_bad_document_has_its_fault_and_no_other(path: Path) -> None:
    code, line = expected(path)
    policy, diagnostics = found(path)
    told = [d for d in diagnostics if d.code == code or d.code not in COMMON]
    assert [(code, line)] == [(d.code, policy.sources[0].place(d.span.start)[0]) for d in told], [d.message for d in told]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_fault_is_said_in_chinese_with_a_picture(path: Path) -> None:
    code, _ = expected(path)
    policy, diagnostics = found(path)
    fault = next(d for d in diagnostics if d.code == code)
    shown = picture(fault, policy.sources[0])
    assert re.search("[\u4e00-\u9fff]{3}", fault.message) and f"〔{code}〕" in shown
    assert not re.search(r"\b(expected|token|None|Traceback|[A-Z_]{4,})\b", shown)


def _codes() -> set[str]:
    """Every first argument of Diagnostic(…), fault(…) and fail(…) in the two rooms."""
    codes = set()
    for path in (p for room in ("grammar", "interpreter") for p in (ROOT / room).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if name in ("Diagnostic", "fault", "fail", "_fault") and re.fullmatch(r"[a-z]+(-[a-z]+)*", call.args[0].value):
                    codes.add(call.args[0].value)
    return codes


def test_every_code_of_the_program_has_a_bad_document() -> None:
    shown = {expected(p)[0] for p in FILES} | set(ELSEWHERE)
    assert set() == _codes() - shown
    assert set() == shown - _codes()


def test_a_bad_document_on_disk_is_opened_with_the_notice_beside_it() -> None:
    policy, message = Workspace.open().policy(str(FILES[0]))
    assert policy is not None, message
    assert "小县医疗补贴办法" == policy.notice.title


def test_a_file_above_the_cap_is_one_fault() -> None:
    policy = Policy((Source("大.policy", "//" + "甲" * MAX_CHARACTERS),), NOTICE)
    assert ["too-large"] == [d.code for d in policy.checked().diagnostics if d.severity is Severity.ERROR]


# --- one bad statement never hides the others ---------------------------------------------------------------------------------------------------


def test_three_faults_in_one_clause_are_all_told() -> None:
    policy = tiny("【条款 甲】\n约定：给付为医药费。\n约定：给付为费用加比例项。\n约定：甲类、乙类给付分别为1元、2元、3元。\n约定：给付为费用。\n")
    assert {"unknown-word", "type-mismatch", "pairing-length"} == {f.code for f in faults(policy)}


def test_three_faults_in_three_blocks_are_all_told_and_the_good_clause_stands() -> None:
    policy = tiny("【条款 甲】\n约定：给付为医药费。\n【附则】\n【条款 乙】\n约定：给付为费用。\n【读法 R 基数】\n另一“甲”：给付为费用。\n")
    assert {"unknown-word", "unknown-block", "no-default"} <= {f.code for f in faults(policy)}
    assert ["乙"] == [clause for clause, _, _ in policy.compiled().book.statements]


def test_a_fault_in_each_of_two_files_is_told_with_its_file() -> None:
    sources = (Source("一.policy", f"{WORDS}\n{convention('给付为医药费')}"), Source("二.policy", convention("给付为药费用", name="乙")))
    policy = Policy(sources, split(KEY, "一、甲。\n"))
    assert ["一.policy", "二.policy"] == [f.source for f in faults(policy) if f.code == "unknown-word"]


def test_every_bad_document_in_one_file_tells_every_fault() -> None:
    """The clauses of all files behind one vocabulary: each code is still there."""
    clauses = {
        "unknown-word": "【条款 子】\n约定：给付为医药费。\n",
        "syntax": "【条款 丑】\n约定：给付为费用费用乘以。\n",
        "type-mismatch": "【条款 寅】\n约定：给付为费用加比例项。\n",
        "pairing-length": "【条款 卯】\n约定：甲类、乙类给付分别为1元、2元、3元。\n",
        "unknown-block": "【附则】\n",
        "unknown-line": "【条款 辰】\n随便写写。\n",
        "unclosed-title": "【条款 巳\n",
    }
    assert set(clauses) == {f.code for f in faults(tiny("".join(clauses.values())))}


def test_lines_of_a_message_are_those_of_the_file_as_written() -> None:
    """Comments, blank lines and continued lines before a fault do not move it."""
    text = "政策：甲\n原文：小\n\n// 注释\n【术语】\n费用，金额，\n    填报。\n给付，金额，结果。\n\n【条款 甲】   // 注释\n约定：给付为药费。\n"
    policy = Policy((Source("甲.policy", text),), NOTICE)
    (fault,) = [f for f in faults(policy) if f.code == "unknown-word"]
    assert (11, 7) == policy.sources[0].place(fault.span.start)
