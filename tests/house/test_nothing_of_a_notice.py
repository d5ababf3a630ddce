"""No figure, place, disease or category of any bundled policy occurs in the code of the four rooms: a notice is a folder, never a line of Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.workspace import Workspace
from grammar.document import Kind
from grammar.literals import Measure, literals_in
from grammar.source import fold

ROOT = Path(__file__).parents[2]
ROOMS = ("grammar", "interpreter", "corpus", "tui")
#: Words that the language, a screen or a manual example owns, though a policy happens to have a member of that name.
OWNED = frozenset({"不适用", "未达到", "其他", "其他的", "住院", "费用", "合计", "参数", "年份", "未知", "通过", "有", "无", "是", "否", "空"})


def _strings() -> Iterator[tuple[str, str]]:
    """Every string of the program that is not a docstring (docstrings cite the notice that settled a meaning), and every grammar file."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value
        for path in sorted((ROOT / room).rglob("*.lark")):
            yield str(path.relative_to(ROOT)), re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))


def _words() -> frozenset[str]:
    """Entries of lists, members of categories and classes of persons of every bundled policy; three characters and more."""
    found: set[str] = set()
    workspace = Workspace.open()
    for key in sorted(p.name for p in (ROOT / "policies").iterdir() if p.is_dir()):
        policy, message = workspace.policy(key)
        assert policy is not None, message
        book = policy.compiled().book
        found |= {m.name for c in book.catalogues for m in c.members}
        found |= {m for t in book.terms if t.kind is Kind.CHOICE for m in t.members}
        found |= {t.name for t in book.terms if t.kind in (Kind.PERSONS, Kind.PAYER)}
    return frozenset(w for w in found - OWNED if len(w) > 2)


PLACES = ("阜蒙", "阜新", "林西", "赤峰", "奈曼", "通辽", "安义", "南昌", "甘肃", "兰州", "白银", "辽宁", "内蒙古", "江西")


def test_the_words_looked_for_are_those_of_the_notices() -> None:
    words = _words()
    assert {"强直性脊柱炎", "特困人员"} <= words
    assert len(words) > 100


def test_no_place_disease_or_category_of_a_notice_is_in_the_code() -> None:
    wanted = re.compile("|".join(re.escape(w) for w in sorted((*_words(), *PLACES), key=len, reverse=True)))
    found = [f"{where}: {hit[0]}" for where, text in _strings() for hit in wanted.finditer(text)]
    assert [] == found


def test_no_amount_of_a_notice_is_in_the_code() -> None:
    """Amounts of money and percentages written out in the program's strings; 0元, 100% and a drafter's one-line examples apart."""
    figures: set[tuple[Measure, object]] = set()
    for path in sorted((ROOT / "corpus/notices").glob("*.txt")):
        figures |= {(f.measure, f.value) for f in literals_in(fold(path.read_text(encoding="utf-8"))) if f.measure in (Measure.MONEY, Measure.RATIO)}
    figures -= {(Measure.RATIO, 1), (Measure.MONEY, 0), (Measure.RATIO, 0)}
    assert len(figures) > 40
    found = [
        f"{where}: {text[:60]}"
        for where, text in _strings()
        if any((f.measure, f.value) in figures for f in literals_in(fold(text))) and not re.search("例如|比如|如：|可以写", text)
    ]
    assert [] == found
