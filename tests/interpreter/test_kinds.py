"""What may be computed with what, and what needs itself: refused with the words quoted."""

import itertools

import pytest

from tests.tiny import WORDS, convention, faults, said, tiny

MISMATCHED = (
    ("给付为费用加比例项", "费用加比例项"),
    ("给付为费用减去50%", "费用减去50%"),
    ("给付为费用乘以费用", "费用乘以费用"),
    ("给付为费用除以费用", "给付"),
    ("给付为比例项乘以另一比例", "给付"),
    ("给付为50%", "给付"),
    ("给付为3", "给付"),
    ("给付为就诊日期", "给付"),
    ("给付为费用超过50%的部分", "费用超过50%的部分"),
    ("给付为费用与比例项孰低", "费用与比例项孰低"),
    ("费用超过50%的，给付为100元", "费用超过50%"),
    ("就诊日期超过2000元的，给付为100元", "就诊日期"),
    ("就诊日期达到费用的，给付为100元", "就诊日期达到费用"),
    ("给付为费用、比例项之和", "不能相加"),
    ("给付不超过50%", "给付"),
    ("给付为费用，本年度累计不超过50%", "给付"),
    ("次数为2元的，给付为100元", "次数"),
)


@pytest.mark.parametrize(("sentence", "quoted"), MISMATCHED, ids=[m[0] for m in MISMATCHED])
def test_kinds_that_do_not_go_together_are_refused_with_the_words(sentence: str, quoted: str) -> None:
    found = [f for f in faults(tiny(convention(sentence, "其他的，给付为1元"))) if f.code == "type-mismatch"]
    assert found and all(quoted in said(f) and "条款“甲”" in said(f) for f in found)


ALLOWED = (
    "给付为费用乘以比例项",
    "给付为费用乘以50%",
    "给付为费用除以2",
    "给付为费用乘以次数",
    "给付为费用的50%",
    "给付为（费用加标准）乘以（比例项减去另一比例）",
    "给付为费用乘以（费用除以标准）",
    "给付为费用与标准孰低",
)


@pytest.mark.parametrize("sentence", ALLOWED)
def test_kinds_that_go_together_compile(sentence: str) -> None:
    assert () == faults(tiny(convention(sentence)))


def test_the_place_of_a_mismatch_is_the_expression() -> None:
    policy = tiny(convention("给付为费用加比例项"))
    (fault,) = faults(policy)
    assert "费用加比例项" == policy.sources[0].text[fault.span.start : fault.span.end]


RING_WORDS = f"{WORDS}甲项、乙项、丙项、丁项，金额，推导。\n"


@pytest.mark.parametrize(
    ("sentences", "members"),
    [
        (("给付为给付加1元",), ("给付",)),
        (("给付为甲项", "甲项为给付"), ("给付", "甲项")),
        (("给付为甲项", "甲项为乙项加费用", "乙项为丙项", "丙项为给付减去费用"), ("给付", "甲项", "乙项", "丙项")),
        (("给付为甲项", "甲项为乙项", "乙项为丙项", "丙项为乙项"), ("乙项", "丙项")),
        (("甲项超过0元的，给付为1元", "其他的，给付为0元", "甲项为给付"), ("给付", "甲项")),
    ],
)
def test_a_ring_names_exactly_its_members(sentences: tuple[str, ...], members: tuple[str, ...]) -> None:
    (ring,) = [f for f in faults(tiny(convention(*sentences), words=RING_WORDS)) if f.code == "cycle"]
    named = ring.message.partition("：")[2].split(" → ")
    assert named[0] == named[-1] and set(members) == set(named) and len(named) == len(members) + 1


def test_two_rings_are_both_reported() -> None:
    policy = tiny(convention("给付为费用", "甲项为乙项", "乙项为甲项", "丙项为丁项", "丁项为丙项"), words=RING_WORDS)
    assert 2 == len([f for f in faults(policy) if f.code == "cycle"])


def test_a_ring_says_where_it_stands() -> None:
    policy = tiny(convention("给付为甲项", "甲项为给付"), words=RING_WORDS)
    (ring,) = [f for f in faults(policy) if f.code == "cycle"]
    assert ring.span.end > ring.span.start and ring.related


@pytest.mark.parametrize("length", [20, 200, 1500])
def test_a_long_chain_compiles(length: int) -> None:
    names = [f"第{_letters(i)}项" for i in range(length)]
    words = f"{WORDS}{'、'.join(names)}，金额，推导。\n"
    sentences = ["给付为" + names[0], *(f"{a}为{b}" for a, b in itertools.pairwise(names)), f"{names[-1]}为费用"]
    assert () == faults(tiny(convention(*sentences), words=words))


def _letters(number: int) -> str:
    stems = "子丑寅卯辰巳午未申酉戌亥"
    return "".join(stems[int(d)] for d in f"{number:04d}")


def test_deep_brackets_compile_or_are_refused() -> None:
    for depth in (1, 20, 60, 64):
        assert () == faults(tiny(convention(f"给付为{'（' * depth}费用{'）' * depth}")))
    assert ["too-deep"] == [f.code for f in faults(tiny(convention(f"给付为{'（' * 65}费用{'）' * 65}")))]


@pytest.mark.parametrize(("terms", "codes"), [(100, []), (249, []), (251, ["too-long"]), (3000, ["too-long"])])
def test_a_long_sum_compiles_or_is_refused(terms: int, codes: list[str]) -> None:
    policy = tiny(convention("给付为" + "加".join(["费用"] * terms)))
    assert codes == [f.code for f in faults(policy)]
