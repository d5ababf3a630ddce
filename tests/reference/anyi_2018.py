"""安义县《关于推进健康扶贫再提升工程的实施方案》 by hand: what each claim should come to, written from the plan and its default readings.

Amounts are fen, ratios are fractions; each payer (and each line of 补充保险) is rounded half up to the fen in the order they pay and the person bears
the rest. Where the plan says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, ratio, short_percent, yuan

Facts = dict[str, Any]

IN_FORCE = date(2018, 1, 1)  # 六（二十四）第2款
ABOVE_CEILING = Fraction(90, 100)  # 二（四）第2句
THRESHOLD, ABOVE = 7_500_00, Fraction(50, 100)  # 二（四）第3句
CHRONIC_RATIO = {"一级": Fraction(90, 100), "二级": Fraction(80, 100), "三级": Fraction(60, 100)}  # 二（五）第3句
CHRONIC_LIMIT = {"Ⅰ类": 100_000_00, "Ⅱ类": 5_000_00}  # 二（五）第5句; the second stands in for a list that is not there
ITEMISED = {"目录内": Fraction(90, 100), "目录外": Fraction(75, 100)}  # 二（七）第1款第3句
FLOOR = Fraction(90, 100)
GRANT_ABOVE, GRANT = 10_000_00, 10_000_00  # 二（八）第3句
QUOTA = {"二级": (80, 18, 2), "三级": (70, 27, 3)}  # 三（十一）第2句
FIFTEEN = ("食道癌", "胃癌", "直肠癌", "结肠癌", "肺癌", "耐多药肺结核", "慢性粒细胞白血病", "急性心肌梗塞", "脑梗死", "血友病", "Ⅰ型糖尿病", "甲亢")
ALSO_CALLED = ("急性心肌梗死", "食管癌", "甲状腺功能亢进症", "1型糖尿病", "脑梗塞")  # other names of five of the fifteen
LISTED = (*FIFTEEN, "儿童苯丙酮尿症", "尿道下裂", "地中海贫血", *ALSO_CALLED)  # 三（十）第2句
CANCERS = ("食道癌", "食管癌", "胃癌", "直肠癌", "结肠癌", "肺癌", "胰腺癌", "慢性粒细胞白血病")
GRANT_FOR = (*CANCERS, "肾透析", "尿毒症透析", "肾移植", "抗排斥反应")  # of the diagnoses in use
SNAIL_FEVER = "晚期血吸虫病"
OPERATING_SHARE, OPERATING_SUM = Fraction(6, 100), 150_000_00
UNDETERMINED = "待定"
PREVIOUS_POLICY = {"适用": "否", "结论": "待定：须加载2017年原政策"}


def shown(amounts: dict[str, int]) -> Facts:
    return {name: yuan(amount) for name, amount in amounts.items()}


class Silent(Exception):
    """The plan does not settle this."""


@dataclass
class Year:
    """What has run up in a calendar year: what was filed for the time before the first visit of it, and the visits since."""

    burden: int = 0
    serious: int = 0
    basic: int = 0
    by_limit: Counter[str] = field(default_factory=Counter)
    borne: int = 0
    granted: bool = False
    open: bool = False

    @classmethod
    def of(cls, visit: Facts) -> Year:
        names = ("年内此前累计政策范围内个人自付", "年内此前大病保险已付_累计段", "年内此前基本医保已付")
        return cls(*(fen(visit.get(n, "0")) for n in names), Counter({visit["诊断"]: fen(visit.get("年内此前该限额已支付", "0"))}))


def given(visit: Facts, borne: int, year: Year) -> dict[str, int]:
    """二（八）第2句: 1万元 once a year, as soon as the person's part of these treatments is above 1万元 (AY18-Q18).

    What this visit does not need goes to those before it.
    """
    year.granted = year.granted or bool(visit.get("年内已给予1万元补助"))
    if not visit["建档立卡贫困人口"] or visit["诊断"] not in GRANT_FOR:
        return {"县财政补助": 0, "个人自付": borne}
    year.borne += borne
    due = year.borne > GRANT_ABOVE and not year.granted
    year.granted = year.granted or due
    grant = min(GRANT, borne) if due else 0
    return {"县财政补助": grant, "个人自付": borne - grant} | ({"县财政补助_待冲抵此前自付": GRANT - grant} if due and grant < GRANT else {})


def relief(visit: Facts, parameters: Facts, remainder: int) -> int | None:
    """二（六）: all of it, the present ratio plus five points, or what another scheme decided; None when the present ratio is unknown."""
    if not remainder and visit["救助身份"] != "无":
        return 0
    if visit["救助身份"] == "农村特困人员":
        return remainder
    if visit["救助身份"] == "低保对象":
        present = parameters.get("低保现行救助比例")
        return None if present is None else half_up(remainder * min(Fraction(1), ratio(present) + Fraction(5, 100)))
    decided = fen(parameters.get("医疗救助金额", "0"))
    if decided > remainder:
        raise Silent  # how far the other schemes reach beyond the eligible cost
    return decided


# --- a stay ---------------------------------------------------------------------------------------------------------------------------------------


def basic_and_serious(visit: Facts, parameters: Facts, year: Year) -> tuple[int, int, int]:
    """基本医保, 大病保险 and the burden of the year."""
    scope = fen(visit["政策范围内费用"])
    promised = ratio(parameters["基本医保报销比例"])
    eligible = scope - min(scope, fen(parameters["基本医保起付线"]))
    basic, above = half_up(eligible * promised), 0
    room = max(0, fen(parameters["基本医保年度封顶线"]) - year.basic) if "基本医保年度封顶线" in parameters else basic
    if basic > room:
        if not (visit["建档立卡贫困人口"] and visit["定点医疗机构"]):
            raise Silent
        basic, above = room, half_up((eligible - room / promised) * ABOVE_CEILING)  # 二（四）第2句, of the cost that has no insurance left
    year.basic += basic
    threshold, share = THRESHOLD, ABOVE
    if not visit["建档立卡贫困人口"]:
        threshold, share = fen(parameters["大病保险起付线_普通居民"]), ratio(parameters["大病保险比例_普通居民"])
    serious = by_year(scope - basic - above, threshold, share, year)
    return basic, serious + above, year.burden


def by_year(left: int, threshold: int, share: Fraction, year: Year) -> int:
    """二（四）第3句 of what a visit leaves; an arrear of earlier visits is caught up with no further than that."""
    year.burden += left
    serious = min(left, max(0, half_up(max(0, year.burden - threshold) * share - year.serious)))
    year.serious += serious
    return serious


def stay(visit: Facts, parameters: Facts, year: Year) -> Facts:
    basic, serious, burden = basic_and_serious(visit, parameters, year)
    scope, listed, unlisted = fen(visit["政策范围内费用"]), fen(visit["目录内费用"]), fen(visit["目录外费用"])
    total, card = listed + unlisted, visit["建档立卡贫困人口"]
    remainder = scope - basic - serious
    if not card and visit["救助身份"] != "无":
        raise Silent  # 二（六） is for those with a card
    aid = relief(visit, parameters, remainder) if card else 0
    if aid is None:
        lowest, highest = half_up(remainder * Fraction(5, 100)), remainder  # 0% 加 5 个百分点 … 100%
        most, least = (total - sum(supplement(total, listed, unlisted, basic + serious, a)) - basic - serious - a for a in (lowest, highest))
        if visit["诊断"] in GRANT_FOR and year.borne + max(least, most) > GRANT_ABOVE:
            raise Silent  # whether the grant is due depends on the ratio
        year.open = True
        unknown = {"医疗救助支付_下限": lowest, "医疗救助支付_上限": highest, "个人自付_下限": least, "个人自付_上限": most}
        return {"缺失参数": "低保现行救助比例", "结论": UNDETERMINED, "个人自付": UNDETERMINED} | shown(unknown)
    inside, outside, filled = supplement(total, listed, unlisted, basic + serious, aid) if card else (0, 0, 0)
    extra = inside + outside + filled
    borne = total - basic - serious - aid - extra
    out = {"基本医保支付": basic, "大病保险支付": serious, "医疗救助支付": aid, "补充保险支付": extra, "其中_补充保险目录内": inside}
    out |= {"其中_补充保险目录外": outside, "其中_补充保险兜底补足": filled, "医疗机构承担": 0, "费用合计": total}
    out |= {"年度累计政策范围内个人自付": burden} | given(visit, borne, year)
    person = out["个人自付"]
    text = {"结论": "可以结算"} | ({"实际报销比例": short_percent(total - person, total)} if total else {})
    if card:
        out |= channel(visit, total, person)
    return text | shown(out)


def supplement(total: int, listed: int, unlisted: int, insured: int, aid: int) -> tuple[int, int, int]:
    """二（七）第1款: within the catalogue, outside it, and what is missing from 90% of the bill."""
    inside = half_up((listed - insured - aid) * ITEMISED["目录内"])
    outside = half_up(unlisted * ITEMISED["目录外"])
    return inside, outside, max(0, half_up(total * FLOOR) - insured - aid - inside - outside)


def channel(visit: Facts, total: int, person: int) -> dict[str, int]:
    """五（十八）, 六（二十三）: who lays out the money at discharge."""
    if visit["医疗机构辖区"] == "统筹区外":
        return {"个人先行垫付": total, "窗口返还个人": total - person}
    if visit["医疗机构辖区"] == "县域内" and visit["定点医疗机构"] and visit["已纳入医保系统标识"]:
        return {"出院时个人支付": person, "医疗机构垫付": total - person}
    return {}


def quota(visit: Facts, parameters: Facts, year: Year) -> Facts:
    """三（十一）: the quota is shared out, whatever the stay cost."""
    line, actual, basic = fen(parameters["病种定额标准"]), fen(visit["救治实际费用"]), fen(visit["基本医保已报金额"])
    first, second, last = QUOTA[visit["医疗机构级别"]]
    target = half_up(line * Fraction(first, 100))
    serious = max(0, target - basic)
    within = basic <= target  # beyond it the person stays at 2% / 3% and 补充保险 gives way; either way the payer is rounded, not the person
    extra = half_up(line * Fraction(second, 100) if within else line * Fraction(100 - last, 100) - basic)
    if extra < 0:
        raise Silent  # basic insurance reaches into the person's part
    person = line - basic - serious - extra
    aid = person if visit["救助身份"] == "农村特困人员" else 0
    year.basic += basic
    out = {"基本医保支付": basic, "大病保险支付": serious, "医疗救助支付": aid, "补充保险支付": extra} | given(visit, person - aid, year)
    out |= {"医疗机构承担": max(0, actual - line), "费用合计": actual, "定额结余归医疗机构": max(0, line - actual), "补足线": target}
    return {"结论": "可以结算"} | shown(out)


def free_of_charge(visit: Facts) -> Facts:
    """三（十）: one of the ten diseases, or perhaps one, comes under rules not in the plan; 五（十八）: what they leave is paid at discharge."""
    names = ("基本医保支付", "大病保险支付", "医疗救助支付", "补充保险支付", "个人自付", "结论")
    at_discharge = visit["就医类型"] == "住院" and visit["建档立卡贫困人口"] and visit["医疗机构辖区"] == "县域内" and visit["定点医疗机构"]
    return dict.fromkeys((*names, *(("出院时个人支付",) if at_discharge else ())), UNDETERMINED)


def snail_fever(visit: Facts, parameters: Facts, year: Year) -> Facts:
    """三（十三）: free, in an order of its own: 补充保险 before 医疗救助, the rest from public health."""
    basic, serious, _ = basic_and_serious(visit, parameters, year)
    scope, listed, unlisted = fen(visit["政策范围内费用"]), fen(visit["目录内费用"]), fen(visit["目录外费用"])
    inside, outside, filled = supplement(listed + unlisted, listed, unlisted, basic + serious, 0)
    remainder = scope - basic - serious - inside
    if filled or remainder < 0:
        raise Silent  # whether 二（七） fills up before 医疗救助 is not said
    aid = relief(visit, parameters, remainder)
    if aid is None:
        raise Silent
    extra, total = inside + outside, listed + unlisted
    public = total - basic - serious - extra - aid
    out = {"基本医保支付": basic, "大病保险支付": serious, "补充保险支付": extra, "医疗救助支付": aid, "公共卫生项目资金支付": public}
    return shown(out | {"县财政补助": 0, "医疗机构承担": 0, "个人自付": 0, "费用合计": total})


# --- without a bed, and by the year ---------------------------------------------------------------------------------------------------------------


def chronic(visit: Facts, parameters: Facts, year: Year) -> Facts:
    """二（五）: by level, up to the limit of the year; 医疗救助 of 二（六） reaches 医疗费用 of any kind."""
    scope, unlisted = fen(visit["政策范围内费用"]), fen(visit["目录外费用"])
    limit = fen(parameters["年度支付限额"]) if "年度支付限额" in parameters else CHRONIC_LIMIT[visit["病种类别"]]
    room = max(0, limit - year.by_limit[visit["诊断"]])
    deductible = min(scope, fen(parameters["门诊特殊慢性病起付线"]))
    basic = min(room, half_up((scope - deductible) * CHRONIC_RATIO[visit["医疗机构级别"]]))
    year.by_limit[visit["诊断"]] += basic
    year.basic += basic
    serious = by_year(scope - basic, THRESHOLD, ABOVE, year)  # 二（四）第3句 counts what is left of these costs too
    aid = relief(visit, parameters, scope - basic - serious) if "救助身份" in visit else 0
    if aid is None:
        raise Silent
    total, borne = scope + unlisted, scope + unlisted - basic - serious - aid
    out = {"基本医保支付": basic, "大病保险支付": serious, "补充保险支付": 0, "费用合计": total} | given(visit, borne, year)
    return shown(out | ({"医疗救助支付": aid} if "救助身份" in visit else {}) | {"限额余额": room - basic})


def tuberculosis(visit: Facts) -> Facts:
    """五（二十）: the drugs are free for a poor family at the designated institution; the rest waits for another settlement."""
    if not (visit["贫困家庭"] and visit["结核病定点医疗机构"]):
        raise Silent
    drugs = visit["抗结核药品费"]
    return {"抗结核药品_个人自付": "0.00", "抗结核药品_项目承担": drugs, "其他门诊费用_待另行结算": visit["其他门诊费用"]}


def grant(visit: Facts) -> Facts:
    """二（八）第3句: over 10,000, once a year."""
    borne = fen(visit["四道保障线后年度个人自付"])
    due = visit["建档立卡贫困人口"] and visit["诊断"] in GRANT_FOR and borne > GRANT_ABOVE and not visit["年内已给予1万元补助"]
    given = GRANT if due else 0
    return shown({"县财政补助": given, "个人自付": borne - given})


def fund(visit: Facts, parameters: Facts) -> Facts:
    """二（七）第2款: 6% or 150,000, whichever is less; what is left goes on, a loss by policy or force majeure is the government's."""
    income, paid_out = fen(parameters["每人筹资"]) * visit["参保贫困人口数"], fen(visit["当年补偿款"])
    by_share = half_up(income * OPERATING_SHARE)
    operating = min(by_share, OPERATING_SUM)
    left = income - paid_out - operating
    out = {"保险费收入": income, "运营费用_按6%": by_share, "运营费用_按15万元": OPERATING_SUM, "采用运营费用": operating}
    if left >= 0:
        out["结余转入下年"] = left
    elif visit.get("亏损性质"):
        out |= {"盈亏": left, "政府负担": -left}
    return shown(out)


def date_of(visit: Facts) -> str:
    return str(visit.get("出院日期") or visit.get("就诊日期") or "")


def settle(claim: Facts) -> list[Facts]:
    """What the visits of a claim file come to, run on within a calendar year in the order of their dates; nothing where the plan is silent."""
    rows: dict[int, Facts] = {}
    years: dict[str, Year] = {}
    for number, visit in sorted(enumerate(claim["就诊"]), key=lambda item: date_of(item[1])):
        year = years.setdefault(date_of(visit)[:4], Year.of(visit) if date_of(visit) else Year())
        try:
            rows[number] = {} if year.open else settled(visit, claim["参数"], year)
        except Silent:
            rows[number], year.open = {}, True
    return [rows[number] for number in range(len(rows))]


def settled(visit: Facts, parameters: Facts, year: Year) -> Facts:
    if "参保贫困人口数" in visit:
        return fund(visit, parameters)
    if "四道保障线后年度个人自付" in visit:
        return grant(visit)
    if date.fromisoformat(visit.get("出院日期") or visit["就诊日期"]) < IN_FORCE:
        return dict(PREVIOUS_POLICY)
    if "抗结核药品费" in visit:
        return tuberculosis(visit)
    if visit["就医类型"] == "门诊特殊慢性病":
        return chronic(visit, parameters, year)
    if visit["诊断"] == SNAIL_FEVER and visit["建档立卡贫困人口"] and visit["定点医疗机构"]:
        return snail_fever(visit, parameters, year)
    free = parameters.get("10种免费救治病种清单", ())
    if free is None or visit["诊断"] in free:
        year.open = True
        return free_of_charge(visit)
    by_quota = visit["诊断"] in LISTED and visit["医疗机构级别"] in QUOTA and visit["定点救治医院"] and visit["建档立卡贫困人口"]
    return quota(visit, parameters, year) if by_quota else stay(visit, parameters, year)
