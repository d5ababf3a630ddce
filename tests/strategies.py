"""What Hypothesis draws from: syntax trees over a small vocabulary, and claims around the thresholds of the two notices."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from grammar.acts import (
    Act,
    Adjust,
    Band,
    Banded,
    Define,
    Delegate,
    Deny,
    Exempt,
    FillUp,
    Group,
    Limit,
    Only,
    Pairwise,
    Residue,
    Rounded,
    Same,
    Sentence,
    SetFlag,
    Share,
    Unset,
)
from grammar.literals import Literal, Measure
from grammar.syntax import AnyOf, Belongs, Chosen, Compare, Figure, Filled, FlagIs, Name, Operation, Persons, Relation, Scope, Sign, SumOf, Total

# --- syntax -----------------------------------------------------------------------------------------------------------------------------------

TREE_WORDS = """政策：树
原文：小
计算日期：就诊日期

【术语】
人员类别，类别，填报：甲类、乙类、丙类。
病种，类别，填报：感冒、骨折。
就诊日期、出院日期，日期，填报。
费用、自付、定额，金额，填报。
系数，比例，填报。
给付、津贴，金额，结果。
住院、转诊、危重，是非，填报。
基金，付费方，记入给付。
外部办法，外部规定。
"""
MONEY_NAMES = st.sampled_from(["费用", "自付", "定额", "给付", "津贴"])
FLAGS = st.sampled_from(["住院", "转诊", "危重"])
MEMBERS = st.sampled_from(["甲类", "乙类", "丙类"])


def figure(measure: Measure, low: int, high: int, per: int) -> st.SearchStrategy[Figure]:
    return st.integers(low, high).map(lambda n: Figure(Literal(measure, Fraction(n, per))))


MONEY_FIGURES = figure(Measure.MONEY, 0, 10**9, 1)
RATIO_FIGURES = figure(Measure.RATIO, 0, 10**6, 10**6)
POINT_FIGURES = figure(Measure.POINTS, 1, 100, 100)
SCOPES = st.sampled_from(list(Scope))
RELATIONS = st.sampled_from(list(Relation))


def expressions(depth: int = 2) -> st.SearchStrategy[Any]:
    plain = st.one_of(MONEY_FIGURES, RATIO_FIGURES, MONEY_NAMES.map(Name), st.builds(Total, SCOPES, MONEY_NAMES))
    listed = st.lists(MONEY_NAMES, min_size=2, max_size=3, unique=True).map(lambda n: SumOf(tuple(n)))
    if depth == 0:
        return plain
    inner = expressions(depth - 1)
    signs = st.sampled_from([Sign.ADD, Sign.SUBTRACT, Sign.MULTIPLY, Sign.DIVIDE, Sign.EXCESS, Sign.LESSER, Sign.GREATER])
    binary = st.builds(lambda s, a, b: Operation(s, (a, b)), signs, inner, inner)
    part = st.builds(lambda a, r: Operation(Sign.PART_OF, (a, r)), inner, RATIO_FIGURES)
    return st.one_of(plain, listed, binary, part)


def persons() -> st.SearchStrategy[Persons]:
    return st.builds(Persons, st.lists(MEMBERS, min_size=1, max_size=3, unique=True).map(tuple))


def flags() -> st.SearchStrategy[Any]:
    one = st.builds(FlagIs, FLAGS, st.booleans())
    return st.one_of(one, st.lists(one, min_size=2, max_size=3).map(lambda f: AnyOf(tuple(f))))


def conditions() -> st.SearchStrategy[Any]:
    compared = st.builds(Compare, MONEY_NAMES.map(Name), RELATIONS, expressions(1))
    totals = st.builds(
        Compare, st.builds(Total, SCOPES, MONEY_NAMES), st.sampled_from([r for r in Relation if r is not Relation.EQUAL]), expressions(1)
    )
    members = st.lists(st.sampled_from(["感冒", "骨折"]), min_size=2, max_size=2, unique=True)
    belongs = st.builds(lambda m, n: Belongs("病种", tuple(Chosen(x) for x in m), "", n), members, st.booleans())
    return st.one_of(persons(), flags(), compared, totals, belongs, st.sampled_from(["费用", "就诊日期"]).map(Filled))


def deeds() -> st.SearchStrategy[Any]:
    bands = st.lists(st.integers(1, 10**6), min_size=2, max_size=3, unique=True).map(sorted).flatmap(_bands)
    return st.one_of(
        st.builds(Define, MONEY_NAMES, expressions(2)),
        st.lists(MONEY_NAMES, min_size=1, max_size=2, unique=True).flatmap(lambda n: st.builds(Unset, st.just(tuple(n)), st.booleans())),
        st.builds(Adjust, MONEY_NAMES, st.booleans(), st.one_of(RATIO_FIGURES, POINT_FIGURES)),
        st.builds(Limit, st.sampled_from([Relation.AT_MOST, Relation.AT_LEAST, Relation.REACHES]), MONEY_NAMES, expressions(1)),
        st.builds(SetFlag, FLAGS, st.booleans()),
        st.builds(Same, MONEY_NAMES, MONEY_NAMES),
        st.builds(Deny, MONEY_NAMES.map(lambda n: (n,)), st.booleans()),
        st.builds(Only, MONEY_NAMES, persons()),
        st.builds(Share, st.just("基金"), expressions(1)),
        st.builds(FillUp, st.just("基金"), expressions(1)),
        st.builds(Residue, MONEY_NAMES, RATIO_FIGURES),
        st.builds(Delegate, MONEY_NAMES, st.just("外部办法")),
        st.just(Exempt(("某条",))),
        st.builds(Banded, MONEY_NAMES, MONEY_NAMES.map(Name), bands),
    )


def _bands(edges: list[int]) -> st.SearchStrategy[tuple[Band, ...]]:
    money = [Figure(Literal(Measure.MONEY, Fraction(e))) for e in edges]
    rows = [(None, money[0]), *itertools.pairwise(money), (money[-1], None)]
    return st.lists(RATIO_FIGURES, min_size=len(rows), max_size=len(rows)).map(
        lambda r: tuple(Band(a, b, x) for (a, b), x in zip(rows, r, strict=True))
    )


@st.composite
def groups(draw: st.DrawFn) -> Group:
    leads = tuple(draw(st.lists(conditions(), max_size=2)))
    either = tuple(c for c in leads if isinstance(c, AnyOf))
    leads = either[:1] or leads  # 且 and 或 never stand in one part
    acts = [Act(draw(st.one_of(st.none(), persons())), draw(deeds())) for _ in range(draw(st.integers(1, 3)))]
    acts = [a for a in acts[:-1] if not isinstance(a.deed, SetFlag)] + acts[-1:]  # a bare flag before a comma is refused
    if draw(st.booleans()) and isinstance(acts[-1].deed, Define):
        acts.append(Act(None, Rounded(draw(st.booleans()))))
        acts.append(Act(None, Limit(Relation.AT_MOST, "", draw(expressions(1)), draw(st.sampled_from([None, Scope.YTD])))))
    onset = draw(st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(lambda d: Figure(Literal(Measure.DATE, d)))))
    return Group(tuple(acts), leads, onset, otherwise=draw(st.booleans()))


def pairwise() -> st.SearchStrategy[Group]:
    figures = st.lists(MONEY_FIGURES, min_size=2, max_size=3).map(tuple)
    return st.builds(lambda p, f: Group((Act(p, Pairwise("给付", f)),)), persons(), figures)


def sentences() -> st.SearchStrategy[Sentence]:
    return st.lists(st.one_of(groups(), pairwise()), min_size=1, max_size=3).map(lambda g: Sentence(tuple(g)))


# --- claims -----------------------------------------------------------------------------------------------------------------------------------


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def around(*edges: int) -> st.SearchStrategy[int]:
    """Fen near an edge given in yuan, on it, one fen off it, or anywhere."""
    near = st.builds(lambda e, d: max(0, e * 100 + d), st.sampled_from(edges), st.sampled_from([-1, 0, 1, -100, 100, 37]))
    return st.one_of(near, st.integers(0, 12_000_000))


FUMENG_EDGES = (0, 2000, 3000, 5000, 7500, 10000, 15000, 20000, 28571, 50000, 66667)


@st.composite
def fumeng_visits(draw: st.DrawFn, category: str | None = None, year: int = 2023) -> dict[str, Any]:
    """An inpatient or outpatient visit of 阜蒙 in which nothing is missing."""
    total = draw(around(*FUMENG_EDGES))
    eligible = min(total, draw(st.one_of(st.just(total), around(*FUMENG_EDGES))))
    basic = draw(st.integers(0, eligible))
    day = date(year, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    filed: dict[str, Any] = {
        "人员类别": category or draw(st.sampled_from(["低保对象", "特困人员", "孤儿", "低保边缘家庭成员", "因病致贫重病患者"])),
        "参保险种": "居民医保",
        "就医类型": draw(st.sampled_from(["住院", "门诊慢特病"])),
        "入院日期": max(date(year, 1, 1), day - timedelta(days=draw(st.integers(0, 20)))).isoformat(),
        "出院日期": day.isoformat(),
        "是否定点医疗机构": draw(st.booleans()) if draw(st.booleans()) else True,
        "就医地": draw(st.sampled_from(["县内", "市域内", "省内市外", "省外"])),
        "转诊情况": draw(st.sampled_from(["县内就医，无需转诊", "经基层首诊转诊", "按规定转诊", "未按规定转诊"])),
        "诊断": draw(st.sampled_from(["肺炎", "严重精神障碍", "骨折"])),
        "医疗总费用": yuan(total),
        "政策范围内费用": yuan(eligible),
        "基本医保支付": yuan(basic),
    }
    if draw(st.booleans()):
        filed["大病保险支付"] = yuan(draw(st.integers(0, eligible - basic)))
    return filed


FUMENG_PARAMETERS = {
    "大病保险起付线_困难群众": "7500.00",
    "大病保险起付线_其他人员": "15000.00",
    "大病保险支付比例_其他人员": "60%",
    "病床日定额救助标准": "120.00",
}
LINXI_PARAMETERS = {
    "按住院管理病种": ["恶性肿瘤放化疗", "肾衰透析", "血友病"],
    "按定额管理病种": ["糖尿病", "甲亢", "癫痫", "肺心病"],
    "住院管理类基础报销比例": "75%",
    "住院管理类是否二次补偿": True,
    "年度定额": "3000.00",
    "定额口径": "报销额",
}
LINXI_EDGES = (0, 1, 90, 600, 3000, 3333, 5000, 20000)


@st.composite
def linxi_visits(draw: st.DrawFn, year: int = 2018) -> dict[str, Any]:
    total = draw(around(*LINXI_EDGES))
    eligible = min(total, draw(st.one_of(st.just(total), around(*LINXI_EDGES))))
    day = date(year, 1, 10) + timedelta(days=draw(st.integers(0, 350)))
    return {
        "户籍地": draw(st.sampled_from(["林西县", "林西县", "林西县", "其他"])),
        "参保地": "林西县",
        "参保险种": "城乡居民医疗保险",
        "是否建档立卡贫困人口": draw(st.sampled_from([True, True, True, False])),
        "病种": draw(st.sampled_from(["恶性肿瘤放化疗", "肾衰透析", "糖尿病", "甲亢", "癫痫", "冠心病", "高血压", "感冒"])),
        "年度申报审核通过日期": date(year, 1, 10).isoformat(),
        "就诊日期": day.isoformat(),
        "医疗机构_县内": draw(st.sampled_from([True, True, True, False])),
        "医疗机构_签约": True,
        "医疗机构_定点": True,
        "医药费用总额": yuan(total),
        "政策范围内费用": yuan(eligible),
        "符合医保慢病准入条件": draw(st.booleans()),
        "专家审核通过": draw(st.booleans()),
    }


def claims(key: str, visits: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """A person's year under one notice, every parameter given."""
    if key == "fumeng-2022":
        category = st.sampled_from(["低保对象", "特困人员", "低保边缘家庭成员", "因病致贫重病患者"])
        made = category.flatmap(lambda c: st.lists(fumeng_visits(c), min_size=1, max_size=visits))
        return made.map(lambda v: {"就诊": v, "参数": dict(FUMENG_PARAMETERS)})
    return st.lists(linxi_visits(), min_size=1, max_size=visits).map(lambda v: {"就诊": v, "参数": dict(LINXI_PARAMETERS)})
