"""The parts of a group and their places: what would reach back to a result already said is refused, and said again after ；it is right."""

import re

import pytest

from grammar.build import Builder
from grammar.lexer import Lexicon
from grammar.sentence import parse_condition
from grammar.source import Source, Span
from grammar.unparse import sentence_text
from tests.spoken import lexicon_of, read
from tests.tiny import WORDS, convention, faults, outcome, run, tiny

PAID_WORDS = f"""{WORDS}甲方支付额、乙方支付额，金额，结果。
甲方，付费方，记入甲方支付额。
乙方，付费方，记入乙方支付额。
清单一，清单，填报：项目日期、起日、止日、合计额。
"""


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon_of(tiny("", words=PAID_WORDS))


#: What stands after a result of its part.
LATE = (
    ("a condition", "给付为1000元，住院的，不超过500元"),
    ("persons", "给付为1000元，甲类，不超过500元"),
    ("a condition before a payer", "给付为1000元，住院的由甲方支付500元"),
    ("an onset", "给付为1000元，自2023年1月1日起，不超过500元"),
    ("an onset with a result", "给付为1000元，自2023年1月1日起不超过500元"),
    ("a base", "费用超过1000元的部分，由甲方支付50%，费用超过2000元的部分，由乙方支付60%"),
    ("a base after an amount", "给付为1000元，费用超过2000元的部分，由乙方支付60%"),
    ("a topic", "比例项，提高5个百分点，另一比例，提高10个百分点"),
    ("a ground", "比例项提高5个百分点，在另一比例的基础上，提高10个百分点"),
)
#: What a part has once.
TWICE = (
    ("onsets", "自2022年1月1日起，自2023年1月1日起，给付为1000元"),
    ("bases", "费用超过1000元的部分，费用超过2000元的部分，由甲方支付50%"),
    ("topics", "比例项，另一比例，提高10个百分点"),
    ("exceptions", "给付为1000元，但住院的除外，但转诊的除外"),
    ("an exception and a result", "给付为1000元，但住院的除外，不超过500元"),
)


@pytest.mark.parametrize("text", [text for _, text in LATE + TWICE], ids=[name for name, _ in LATE + TWICE])
def test_what_would_reach_back_is_refused(words: Lexicon, text: str) -> None:
    sentence, (fault,) = read(text, words)
    assert sentence is None and "misplaced" == fault.code
    assert "；" in fault.hint and re.search("[\u4e00-\u9fff]{4}", fault.message)


def test_the_part_that_stands_late_is_shown(words: Lexicon) -> None:
    text = "给付为1000元，住院的，不超过500元"
    _, (fault,) = read(text, words)
    assert text[fault.span.start : fault.span.end].startswith("住院")


STANDING = (
    ("自2023年1月1日起，住院的，给付为1000元，不超过费用，但转诊的除外", "自2023年1月1日起，住院的，给付为1000元，不超过费用，但转诊的除外。"),
    ("费用，在比例项的基础上，提高5个百分点", "比例项，提高5个百分点。"),
    ("给付为1000元；住院的，给付不超过500元", "给付为1000元；住院的，给付不超过500元。"),
)


@pytest.mark.parametrize(("text", "canonical"), STANDING)
def test_a_part_in_its_place_is_read(words: Lexicon, text: str, canonical: str) -> None:
    sentence, wrong = read(text, words)
    assert sentence is not None, wrong
    assert canonical == sentence_text(sentence)


def test_after_a_semicolon_a_condition_concerns_its_own_part_only() -> None:
    policy = tiny(convention("给付为1000元；住院的，给付不超过500元"))
    assert "1000.00" == outcome(policy, 费用="9000.00", 住院=False)
    assert "500.00" == outcome(policy, 费用="9000.00", 住院=True)


def test_after_a_semicolon_each_payer_has_its_own_base() -> None:
    """(3000 − 1000) × 50% = 1000; (3000 − 2000) × 60% = 600."""
    sentence = "费用超过1000元的部分，由甲方支付50%；费用超过2000元的部分，由乙方支付60%"
    answer = run(tiny(convention(sentence), words=PAID_WORDS), {"就诊日期": "2023-05-01", "费用": "3000.00"})
    paid = answer["就诊"][0]["结果"]
    assert ("1000.00", "600.00") == (paid["甲方支付额"], paid["乙方支付额"])


def test_a_result_and_its_exception_without_a_comma_are_refused(words: Lexicon) -> None:
    """限额为5元 would be lost."""
    sentence, (fault,) = read("给付为1元，限额为5元但住院的除外", words)
    assert sentence is None and "misplaced" == fault.code and "逗号" in fault.message


# --- nothing escapes -----------------------------------------------------------------------------------------------------------------------------


LEANING = ("原则上，给付为100元。", "对，给付为100元。", "对于的，给付为100元。", "给付为100元，原则上", "给付为清单一中对的各项（费用）之和")


@pytest.mark.parametrize("text", LEANING)
def test_words_that_lean_on_nothing_are_refused(words: Lexicon, text: str) -> None:
    sentence, (fault,) = read(text, words)
    assert sentence is None and "misplaced" == fault.code and fault.hint


def test_whatever_fails_in_the_builder_is_a_fault_of_the_sentence(words: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(Builder, "flag", broken)
    sentence, (fault,) = read("住院的，给付为100元", words)
    assert sentence is None and ("misplaced", Span(0, 11)) == (fault.code, fault.span) and fault.hint
    condition, (fault,) = parse_condition(Source("句", "住院"), Span(0, 2), words)
    assert condition is None and "misplaced" == fault.code and "index" not in fault.message


# --- 每人每年 -------------------------------------------------------------------------------------------------------------------------------------


def test_a_limit_a_person_a_year_is_a_limit_on_the_year() -> None:
    """1500 × 50% = 750 twice; the year gives 1000, so 750 and 250; the next year begins anew."""
    policy = tiny(convention("给付为费用乘以50%，每人每年不超过1000元"))
    days = ("2023-03-01", "2023-05-01", "2024-01-02")
    answer = run(policy, *({"就诊日期": day, "费用": "1500.00"} for day in days))
    assert ["750.00", "250.00", "750.00"] == [v["结果"]["给付"] for v in answer["就诊"]]


def test_a_limit_a_person_a_year_is_read_back_as_such(words: Lexicon) -> None:
    sentence, _ = read("给付为费用，每人每年最高1000元", words)
    assert sentence is not None and "给付为费用，本年度累计不超过1000元。" == sentence_text(sentence)


@pytest.mark.parametrize("text", ["给付为每人每年50元", "给付按每人每年50元执行", "给付提高到每人每年50元"])
def test_an_amount_a_person_a_year_is_an_amount(words: Lexicon, text: str) -> None:
    sentence, _ = read(text, words)
    assert sentence is not None and "给付为50元。" == sentence_text(sentence)


ELSEWHERE = (
    "给付每人每年不超过1000元",
    "给付不超过每人每年1000元",
    "给付为费用，不超过每人每年1000元",
    "给付为费用，每人每年不低于1000元",
    "费用超过每人每年1000元的，给付为费用",
    "由甲方支付每人每年50元",
)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_year_that_would_be_overheard_is_refused(words: Lexicon, text: str) -> None:
    sentence, (fault,) = read(text, words)
    assert sentence is None and "syntax" == fault.code and fault.hint


def test_a_year_in_the_wrong_place_is_told_where_to_stand(words: Lexicon) -> None:
    _, (fault,) = read("给付每人每年不超过1000元", words)
    assert "“每人每年”不能接在这里" == fault.message and "写在算式之后" in fault.hint


def test_a_yearly_limit_of_a_topic_is_refused() -> None:
    assert ["nothing-to-limit"] == [f.code for f in faults(tiny(convention("给付，每人每年不超过1000元")))]
