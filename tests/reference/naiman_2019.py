"""奈政办发〔2019〕1号 by hand: what each claim should come to, written from the notice and its default readings, without the engine.

Amounts are fen, ratios are fractions; each payer is rounded half up to the fen in the order they pay (二（二）2) and the person bears the rest.
Where the notice says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, ratio, short_percent, yuan

Facts = dict[str, Any]
Band = tuple[int, int | None, Fraction]

IN_FORCE = date(2019, 1, 1)  # 二（二）3: 2019年1月1日起
CHANNEL_FROM = date(2019, 2, 1)  # 二（二）3 第2款: 自2019年2月1日起
COVERED = ("未脱贫", "正常脱贫")  # 一
PREMIUM_AID = 50_00  # 二（一）1
NINE = ("食道癌", "胃癌", "结肠癌", "直肠癌", "终末期肾病", "儿童急性淋巴细胞白血病", "儿童急性早幼粒细胞白血病")
HEART = ("儿童先天性心脏病房间隔缺损", "儿童先天性心脏病室间隔缺损")
FOURTEEN = (
    "肺癌",
    "乳腺癌",
    "宫颈癌",
    "尘肺病",
    "肝癌",
    "急性心肌梗死",
    "白内障",
    "神经母细胞瘤",
    "儿童淋巴瘤",
    "骨肉瘤",
    "血友病",
    "地中海贫血",
    "唇腭裂",
)
LISTED = (*NINE, *HEART, *FOURTEEN, "尿道下裂")  # 二（四）: 9 + 14 = 23
LEVELS = ("苏木乡镇卫生院", "一级医院", "二级医院", "三级医院", "市域外医院")
YEAR_CAP = dict(zip(LEVELS, (1_000_00, 2_000_00, 3_000_00, 4_000_00, 5_000_00), strict=True))  # 二（七）第2句
CALLED = {"食管癌": "食道癌"}  # another name of a disease of the lists
BANNER_LEVELS = ("苏木乡镇卫生院", "一级医院", "二级医院")  # 旗级、苏木乡镇级
PREVIOUS_POLICY = {"适用": "否", "结论": "待定：须加载2018年原政策"}


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- who, where, when -----------------------------------------------------------------------------------------------------------------------------


def covered(visit: Facts) -> bool:
    """一: on the list, and not yet out of poverty or properly out of it."""
    return bool(visit["扶贫部门清单在册"]) and visit["扶贫状态"] in COVERED


def unreferred(visit: Facts) -> bool:
    """二（十）第3、4句; an emergency that was reported stands in for the referral."""
    if visit["医疗机构辖区"] != "盟市及以上":
        return False
    referred = visit["旗内二级医院转院意见"] and visit["旗医保部门备案"]
    reported = visit["危急重症"] and visit["已向旗医保部门报备"]
    return not (referred or reported)


def band_sum(amount: Fraction, bands: list[Band]) -> Fraction:
    """Each part of the amount at the ratio of its band."""
    owed = Fraction(0)
    for low, high, share in bands:
        top = amount if high is None else min(amount, Fraction(high))
        owed += max(Fraction(0), top - low) * share
    return owed


def bands_of(rows: list[list[str | None]], points: Fraction) -> list[Band]:
    return [(fen(str(low)), fen(high) if high else None, min(Fraction(1), ratio(str(share)) + points)) for low, high, share in rows]


# --- a stay ---------------------------------------------------------------------------------------------------------------------------------------


def stay(visit: Facts, parameters: Facts) -> Facts:
    if day(visit["出院日期"]) < IN_FORCE:
        return dict(PREVIOUS_POLICY) if fen(visit["目录内费用"]) + fen(visit["目录外费用"]) else {"适用": "否"}  # of no cost nothing waits
    adjusted = visit["医保核销系统参数已调整"]
    entitled = covered(visit) and not unreferred(visit)
    if adjusted is not None or not entitled:
        return settled_stay(visit, parameters, entitled, entitled and bool(adjusted))
    both = {word: settled_stay(visit, parameters, entitled, tilt) for word, tilt in (("否", False), ("是", True))}
    waiting: Facts = {"结论": "待定", "缺失事实": "医保核销系统参数已调整"}
    for word, outcome in both.items():
        if not outcome:
            return {}
        waiting |= {f"若为{word}_{name}": value for name, value in outcome.items()}
    return waiting


def settled_stay(visit: Facts, parameters: Facts, entitled: bool, tilt: bool) -> Facts:
    by_patient, by_hospital = fen(visit["患者原因过度医疗费用"]), fen(visit["机构原因过度医疗费用"])
    listed, unlisted = fen(visit["目录内费用"]), fen(visit["目录外费用"])
    total, eligible = listed + unlisted, listed - by_patient - by_hospital  # 二（七）第4句: out of every base
    if not total:  # a stay all the same, of which nothing is to be paid
        nothing = ("基本医保支付", "大病保险支付", "医疗救助支付", "健康扶贫基金支付", "医疗机构承担", "费用合计", "个人自付")
        return dict.fromkeys(nothing, "0.00")
    if not covered(visit) and by_patient + by_hospital:
        return {}  # the sentence stands in a notice for the covered only

    # 基本医保 with the preferences of 二（一）2、3.
    again = visit["年内同级别此前住院次数"] >= 1
    disabled = visit["病残儿童或重度残疾人"] and visit["医疗机构辖区"] == "旗内" and visit["医疗机构级别"] in BANNER_LEVELS
    deductible = 0 if tilt and (again or disabled) else min(eligible, fen(parameters["基本医保起付线"]))
    basic = half_up((eligible - deductible) * ratio(parameters["基本医保报销比例"]))

    # 大病保险 on the burden of the year: 起付线降低50%, 每段提高5个百分点.
    burden = fen(visit["年内此前累计大病口径个人负担"]) + eligible - basic
    threshold = Fraction(fen(parameters["大病保险起付线_原"])) / (2 if tilt else 1)
    bands = bands_of(parameters["大病保险分段_原"], Fraction(5, 100) if tilt else Fraction(0))
    owed = band_sum(max(Fraction(0), burden - threshold), bands)
    due = max(0, half_up(owed - fen(visit["年内此前大病保险已付"])))
    serious = min(due, eligible - basic)  # an arrear of earlier stays is caught up with out of eligible cost only
    aid = fen(parameters["医疗救助金额"])
    if basic + serious + aid > eligible and not by_patient:
        return {}  # an outside decision of more than the eligible cost: how far it goes is not said

    # 二（十一）1: what exceeds the share of costs outside the catalogue is the hospital's; only where there is 兜底 at all.
    grade = visit["医院等级"] if visit["医疗机构级别"] == "市域外医院" else visit["医疗机构级别"]
    allowed = half_up(total * (Fraction(10, 100) if grade == "三级医院" else Fraction(5, 100)))
    excess = max(0, unlisted - allowed) if entitled else 0
    hospital = excess + by_hospital
    aid = min(aid, total - hospital - by_patient - basic - serious)  # 二（七）第4句: 由患者自付, not by the aid either
    paid = basic + serious + aid

    out: Facts = {"实际承担基本医保起付线": deductible, "基本医保支付": basic, "大病保险支付": serious, "医疗救助支付": aid, "费用合计": total}
    out |= {"大病保险适用起付线": half_up(threshold), "年度累计大病口径个人负担": burden}

    base = total - excess - by_patient - by_hospital

    fund, text = 0, {"适用条款": "无兜底条款"}
    if entitled and CALLED.get(visit["诊断"], visit["诊断"]) in LISTED and visit["疾病归类"] == "大病集中救治" and visit["大病已核准"]:
        fund = max(0, half_up(base * Fraction(90, 100)) - paid)  # 二（四）第6句
        text, out["兜底基数"] = {"适用条款": "二（四）"}, base
    elif entitled and visit["疾病归类"] == "重特大疾病" and burden >= threshold:
        base -= deductible  # 二（六）: 在自付起付线的基础上
        fund = max(0, half_up(base * Fraction(90, 100)) - paid)
        text, out["兜底基数"] = {"适用条款": "二（六）"}, base
    elif entitled:
        earlier = visit["年内此前就诊最高级别"]
        highest = max((visit["医疗机构级别"], *([earlier] if earlier else [])), key=LEVELS.index)  # 二（七）第3句
        cap = YEAR_CAP[highest]
        payable = max(0, eligible - deductible - basic - serious - aid)
        borne = fen(visit["年内此前累计七项应自付"]) + payable
        due = max(0, half_up(max(0, borne - cap) * Fraction(90, 100)) - fen(visit["年内此前七项兜底已付"]))
        fund = min(due, payable)  # an arrear again: out of 合规住院费用 above the deductible, 二（七）第2句
        text = {"适用条款": "二（七）"}
        if eligible > deductible:  # else there is nothing to take 75% of
            text["75%校验"] = "通过" if basic + serious >= (eligible - deductible) * Fraction(75, 100) else "未达到"
        out |= {"适用年度封顶额": cap, "年度累计七项应自付": borne}

    person = total - paid - fund - hospital
    out |= {"健康扶贫基金支付": fund, "医疗机构承担": hospital, "个人自付": person}
    if total and "社会救助金额" not in visit:
        text["实际报销比例"] = short_percent(paid + fund, total)
    if "社会救助金额" in visit:
        if text["适用条款"] not in ("二（四）", "二（六）"):
            return {}  # 二（八） speaks of 大病、重特大疾病 only
        given = min(person, fen(visit["社会救助金额"]))
        out |= {"社会救助支付": given, "社会救助前个人自付": person, "个人自付": person - given}
    if covered(visit) and "结算日期" in visit and visit["医疗机构辖区"] != "旗内":  # 二（二）3 第2款
        if day(visit["结算日期"]) < CHANNEL_FROM:
            text["旗外即时结算限制适用"] = "否"
        elif not hospital:
            out |= {"旗外医疗机构即时结算": paid, "其中_基本医保支付": basic, "其中_大病保险支付": serious, "其中_医疗救助支付": aid}
            out |= {"出院时个人垫付": total - paid, "回旗窗口结算_健康扶贫基金支付": fund}
    return text | {name: yuan(amount) for name, amount in out.items()}


# --- a visit without a bed ------------------------------------------------------------------------------------------------------------------------


def outpatient(visit: Facts, parameters: Facts) -> Facts:
    if day(visit["就诊日期"]) < IN_FORCE:
        return dict(PREVIOUS_POLICY)
    if visit["扶贫部门清单在册"] and visit["扶贫状态"] is None:
        either = [outpatient(visit | {"扶贫状态": status}, parameters) for status in (COVERED[0], "清退")]
        return either[0] if either[0] == either[1] else {}  # not known, and where it makes no difference not needed
    listed, unlisted = fen(visit["目录内费用"]), fen(visit["目录外费用"])
    total, share = listed + unlisted, ratio(parameters["门诊基础比例"])
    if not visit["医保核销系统参数已调整"]:
        return {}  # NM19-Q11: whether the 70% binds basic insurance before the adjustment is not settled
    if covered(visit):
        if visit["医疗机构级别"] == "苏木乡镇卫生院":
            share = min(Fraction(1), share + Fraction(10, 100))  # 二（一）2
        share = max(share, Fraction(70, 100))  # 二（三）
    basic = half_up(listed * share)
    if visit["贫困慢病患者"] and visit["慢病诊断证明级别"] is None:
        return {}  # not known
    proven = visit["慢病诊断证明级别"] in ("二级", "三级") and visit["慢病已备案"]
    chronic = covered(visit) and visit["贫困慢病患者"] and proven
    fund = max(0, half_up(total * Fraction(80, 100)) - basic) if chronic else 0
    amounts = {"基本医保支付": basic, "大病保险支付": 0, "医疗救助支付": 0, "健康扶贫基金支付": fund, "医疗机构承担": 0}
    amounts |= {"个人自付": total - basic - fund, "费用合计": total}
    return {"适用门诊报销比例": short_percent(share.numerator, share.denominator)} | {name: yuan(amount) for name, amount in amounts.items()}


# --- premium, deadlines, deposit, consultation ----------------------------------------------------------------------------------------------------


def before_it(visit: Facts) -> bool:
    """Whether the date or year that a matter is filed under lies before the notice (二（二）3)."""
    return visit.get("年度", IN_FORCE.year) < IN_FORCE.year or ("出院日期" in visit and day(visit["出院日期"]) < IN_FORCE)


def premium(visit: Facts) -> Facts:
    """二（一）1: 每人每年50元, never more than what is still owed."""
    if before_it(visit):
        return {"适用": "否", "财政补贴": "不适用", "个人实缴": "不适用"}
    if not covered(visit):
        return {}
    owed = fen(visit["个人应缴保费"]) - fen(visit["其他资助参保金额"])
    aid = min(PREMIUM_AID, owed)
    return {"财政补贴": yuan(aid), "个人实缴": yuan(owed - aid)}


def working_days_later(start: date, count: int, off: set[date], made_up: set[date]) -> date:
    while count:
        start += timedelta(days=1)
        if start in made_up or (start.weekday() < 5 and start not in off):
            count -= 1
    return start


def month_later(start: date) -> date:
    """The corresponding day of the next month, or its last day."""
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    for number in (start.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(start)


def deadline(visit: Facts, parameters: Facts) -> Facts:
    """二（二）2."""
    if before_it(visit):
        return {"适用": "否", "结算截止日": "不适用", "报销截止日": "不适用"}
    if visit["医疗机构辖区"] == "旗内":
        off, made_up = ({day(d) for d in parameters[name]} for name in ("工作日历_放假", "工作日历_调休上班"))
        return {"结算截止日": working_days_later(day(visit["出院日期"]), 20, off, made_up).isoformat()}
    return {"报销截止日": month_later(day(visit["窗口受理日期"])).isoformat()}


def deposit(visit: Facts) -> Facts:
    """二（二）1 and its end for arrears, 二（十一）3."""
    if before_it(visit):
        return {"适用": "否", "免押金": "不适用"}
    place = visit["医疗机构辖区"] == "旗内" and visit["公立医疗机构"]
    ended = visit["家庭在恶意拖欠黑名单"] and visit["医疗机构已决定终止"] and not visit["危急重症"]
    return {"免押金": "是" if covered(visit) and place and not ended else "否"}


def consultation(visit: Facts) -> Facts:
    """二（十三）第2款第3句."""
    if before_it(visit):
        return dict(PREVIOUS_POLICY)
    if not covered(visit) or visit["疾病归类"] != "大病集中救治" or visit["医疗机构辖区"] != "旗内":
        return {}
    return {"医疗机构承担": visit["对口支援会诊费"], "个人自付": "0.00"}


@dataclass
class Year:
    """What has run up in a calendar year: what was filed for the time before the first visit of it, and the stays since."""

    stays: Counter[str]
    highest: str | None
    burden: int
    serious: int
    borne: int
    fund: int
    open: bool = False

    @classmethod
    def of(cls, visit: Facts) -> Year:
        names = ("年内此前累计大病口径个人负担", "年内此前大病保险已付", "年内此前累计七项应自付", "年内此前七项兜底已付")
        return cls(Counter({visit["医疗机构级别"]: visit["年内同级别此前住院次数"]}), visit["年内此前就诊最高级别"], *(fen(visit[n]) for n in names))

    def before(self, visit: Facts) -> Facts:
        facts: Facts = {"年内同级别此前住院次数": self.stays[visit["医疗机构级别"]], "年内此前就诊最高级别": self.highest}
        facts |= {"年内此前累计大病口径个人负担": yuan(self.burden), "年内此前大病保险已付": yuan(self.serious)}
        return visit | facts | {"年内此前累计七项应自付": yuan(self.borne), "年内此前七项兜底已付": yuan(self.fund)}

    def count(self, visit: Facts, out: Facts) -> None:
        """A stay counts whatever it cost; 二（七） runs on by its own stays alone."""
        level = visit["医疗机构级别"]
        self.stays[level] += 1
        self.highest = max((level, self.highest or level), key=LEVELS.index)
        self.open = self.open or "大病保险支付" not in out
        if self.open or out["费用合计"] == "0.00":
            return
        self.burden, self.serious = fen(out["年度累计大病口径个人负担"]), self.serious + fen(out["大病保险支付"])
        if out["适用条款"] == "二（七）":
            self.borne, self.fund = fen(out["年度累计七项应自付"]), self.fund + fen(out["健康扶贫基金支付"])


def settle(claim: Facts) -> list[Facts]:
    """What the visits of a claim file come to; stays of one person run on within a calendar year, in the order of discharge."""
    rows: list[Facts] = []
    years: dict[str, Year] = {}
    for visit in claim["就诊"]:
        stays = visit.get("就医类型") == "住院" and "目录内费用" in visit and day(visit["出院日期"]) >= IN_FORCE
        if not stays:
            rows.append(visited(visit, claim["参数"]))
            continue
        year = years.setdefault(visit["出院日期"][:4], Year.of(visit))
        out = {} if year.open else visited(year.before(visit), claim["参数"])
        year.count(visit, out)
        rows.append(out)
    return rows


def visited(visit: Facts, parameters: Facts) -> Facts:
    """What one visit of a claim file comes to."""
    if "对口支援会诊费" in visit:
        return consultation(visit)
    if "个人应缴保费" in visit:
        return premium(visit)
    if "公立医疗机构" in visit:
        return deposit(visit)
    if "目录内费用" not in visit:
        return deadline(visit, parameters)
    return stay(visit, parameters) if visit["就医类型"] == "住院" else outpatient(visit, parameters)
