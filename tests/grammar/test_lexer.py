"""Words: longest match over what is declared, one reading or a named complaint."""

import ast
import re
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from grammar import syntax
from grammar.lexer import UnknownWord, lexicon, nearest_term, tokens, words
from grammar.source import fold
from tests.tiny import WORDS, convention, faults, said, tiny

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = {
    "费用": ("QTY", "费用"),
    "费用总额": ("QTY", "费用总额"),
    "基本救助起付标准": ("QTY", "基本救助起付标准"),
    "低保对象": ("MEMBER", "低保对象"),
    "提高标准": ("QTY", "提高标准"),
}


def cut(text: str) -> list[tuple[str, str]]:
    return [(t.type, text[t.start_pos : t.end_pos]) for t in tokens(fold(text), lexicon(VOCABULARY))]


def test_the_longest_declared_word_wins() -> None:
    assert [("QTY", "费用总额"), ("IS", "为"), ("QTY", "费用")] == cut("费用总额为费用")


def test_a_declared_term_wins_over_a_shorter_word_of_the_language() -> None:
    assert [("QTY", "提高标准"), ("UP", "提高")] == cut("提高标准提高")


def test_the_longest_word_of_the_language_wins() -> None:
    assert [("AT_MOST", "不超过"), ("MONEY", "2万元")] == cut("不超过2万元")
    assert [("EXCEEDS", "超过"), ("PART", "的部分")] == cut("超过的部分")
    assert [("WHEN", "的,")] == cut("的,")


def test_figures_are_words_with_their_unit() -> None:
    assert [
        ("MONEY", "1.5万元"),
        ("DUN", "、"),
        ("RATIO", "５０％"),
        ("DUN", "、"),
        ("POINTS", "5个百分点"),
        ("DUN", "、"),
        ("MONTHS", "12个月"),
    ] == cut("1.5万元、５０％、5个百分点、12个月")


def test_adverbs_are_passed_over() -> None:
    assert [("QTY", "费用"), ("UP", "提高")] == cut("费用进一步提高")


def test_an_unknown_word_is_named_with_its_place_and_the_nearest_term() -> None:
    with pytest.raises(UnknownWord) as raised:
        cut("费用为基本救助起付准")
    assert (3, "基本救助起付标准") == (raised.value.span.start, raised.value.nearest)


def test_a_word_unlike_everything_has_no_nearest_term() -> None:
    assert "" == nearest_term("蛋炒饭", tuple(VOCABULARY))


def test_the_complaint_of_a_policy_says_what_may_have_been_meant() -> None:
    (fault,) = faults(tiny(convention("给付为医药费", "给付为100元")))
    assert ("unknown-word", "医药费") == (fault.code, fault.message.removeprefix("不认识“").removesuffix("”"))
    assert "是否指“医药费用”？" == fault.hint


# --- names ------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("提高，金额，填报。", "reserved-word", "提高"),
        ("超过限额部分，金额，填报。", "swallowed-cue", "超过"),
        ("三万以上费用，金额，填报。", "swallowed-cue", "以上"),
        ("费用，金额，填报。", "duplicate-term", "费用"),
        ("总价，金额，填报，又称医药费用。", "duplicate-term", "医药费用"),
        ("不存在，又称别名。", "unknown-synonym", "不存在"),
    ],
)
def test_a_name_that_would_hide_something_is_refused_at_its_declaration(line: str, code: str, named: str) -> None:
    found = [f for f in faults(tiny(convention("给付为100元"), words=f"{WORDS}{line}\n")) if f.code == code]
    assert found and named in said(found[0])


def test_a_duplicate_shows_where_the_other_stands() -> None:
    policy = tiny(convention("给付为100元"), words=f"{WORDS}费用，金额，参数。\n")
    (fault,) = [f for f in faults(policy) if f.code == "duplicate-term"]
    assert "费用，金额" == policy.sources[0].text[fault.related[0].span.start :][:5]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("其他人，类别，填报：甲类、丁类。", id="a member of two enumerations is only refused where it is used"),
    ],
)
def test_a_member_of_two_enumerations_must_be_told_apart(line: str) -> None:
    policy = tiny(convention("甲类的，给付为100元"), words=f"{WORDS}{line}\n")
    assert ["ambiguous-member"] == [f.code for f in faults(policy)]


def test_a_member_named_like_a_word_is_refused() -> None:
    policy = tiny(convention("给付为100元"), words=f"{WORDS}情形，类别，填报：提高、其他。\n")
    assert "reserved-word" in {f.code for f in faults(policy)}


@pytest.mark.xfail(strict=True, reason="a member that holds a cue is not refused (language.md section 3)")
@pytest.mark.parametrize("member", ["超过三次", "除外"])
def test_a_member_that_swallows_a_word_is_refused(member: str) -> None:
    policy = tiny(convention("给付为100元"), words=f"{WORDS}情形，类别，填报：{member}、其他。\n")
    assert {"reserved-word", "swallowed-cue"} & {f.code for f in faults(policy)}


@pytest.mark.parametrize("line", ["甲类，金额，填报。", "甲类，是非，填报。"])
def test_a_term_and_a_member_of_one_name_are_refused(line: str) -> None:
    assert "duplicate-term" in {f.code for f in faults(tiny(convention("给付为100元"), words=f"{WORDS}{line}\n"))}


# --- words.lark -------------------------------------------------------------------------------------------------------------------------------

LARK = files("grammar").joinpath("words.lark").read_text(encoding="utf-8")
LINES = [line for line in LARK.splitlines() if line and not line.startswith("//")]


def test_every_line_of_the_words_is_one_concept() -> None:
    odd = [line for line in LINES if not re.fullmatch(r'[A-Z_]+:~? "[^"]+"(?: \| "[^"]+")*', line)]
    assert [] == odd
    concepts = [line.partition(":")[0] for line in LINES]
    assert len(set(concepts)) == len(concepts)


def test_no_wording_stands_for_two_concepts() -> None:
    wordings = re.findall(r'"([^"]+)"', "\n".join(LINES))
    assert [] == sorted({w for w in wordings if wordings.count(w) > 1})
    assert set(wordings) == set(words())


SENTENCE_MODULES = (
    "build.py",
    "conditions.py",
    "deeds.py",
    "expressions.py",
    "groups.py",
    "pieces.py",
    "sentence.py",
    "unparse.py",
    "syntax.py",
    "acts.py",
)
#: Idioms with a numeral in them that count nothing.
IDIOMS = ("一致", "进一步", "一并", "统一", "二次", "四舍五入到分", "舍去不足一分的部分", "的前一日", "当年的第一日", "当年的最后一日")


def test_no_word_holds_a_figure() -> None:
    assert [] == [w for w in words() if w not in IDIOMS and re.search(r"[0-9０-９%％〇零一二三四五六七八九十百千万亿]", w)]


NOUNS = (
    "低保",
    "特困",
    "孤儿",
    "贫困",
    "救助",
    "起付",
    "限额",
    "医保",
    "保险",
    "医院",
    "住院",
    "门诊",
    "病",
    "基金",
    "户籍",
    "患者",
    "转诊",
    "农村",
    "县",
    "旗",
    "省",
    "市",
)


def test_no_word_names_a_thing_of_a_notice() -> None:
    assert [] == [(w, n) for w in words() for n in NOUNS if n in w]


def test_no_sentence_wording_stands_in_the_program() -> None:
    """What an author may write in a sentence is in words.lark; clause.lark names concepts only."""
    clause = files("grammar").joinpath("clause.lark").read_text(encoding="utf-8")
    rules = re.sub(r"//.*", "", clause)
    assert [] == re.findall(r"[\u4e00-\u9fff]+", rules)
    notation = ("年", "月", "日", "条款“")  # the spelling of dates and of a clause's name, read by the lexer itself
    modules = [ROOT / "grammar" / name for name in SENTENCE_MODULES]
    found = [w for path in modules if path.exists() for w in _wordings_in(path)]
    assert [] == [w for w in found if w not in notation and w not in {k.value for k in _enumerations()}]


def _enumerations() -> list[StrEnum]:
    """Values of closed sets are data of the program, never author wording."""
    return [member for kind in vars(syntax).values() if isinstance(kind, type) and issubclass(kind, StrEnum) for member in kind]


def _wordings_in(path: Path) -> list[str]:
    """Chinese strings of a module but for docstrings and messages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {id(n) for node in ast.walk(tree) if isinstance(node, ast.Expr) for n in ast.walk(node) if isinstance(node.value, ast.Constant)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "").lstrip("_") in ("refuse", "Misplaced", "Diagnostic"):
            passed |= {id(n) for n in ast.walk(call)}
        if isinstance(call, ast.Assign) and getattr(call.targets[0], "id", "") in ("message", "hint"):
            passed |= {id(n) for n in ast.walk(call)}
    strings = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in passed)
    return [s for s in strings if re.search("[\u4e00-\u9fff]", s)]


def test_every_concept_of_the_words_is_used_by_the_grammar() -> None:
    clause = files("grammar").joinpath("clause.lark").read_text(encoding="utf-8")
    unused = [line.partition(":")[0] for line in LINES if not re.search(rf"\b{line.partition(':')[0]}\b", clause) and ":~" not in line]
    assert [] == unused


def test_every_alternative_of_a_word_is_one_concept_to_the_grammar() -> None:
    for word, concept in words().items():
        (token,) = list(tokens(fold(word), lexicon({}))) or [None]
        assert concept in ("ADVERB", token.type if token else "ADVERB")
