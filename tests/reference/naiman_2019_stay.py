"""奈政办发〔2019〕1号 by hand, one stay: who is covered, and who pays of it.

Amounts are fen, ratios are fractions; what is not stated is left out.
"""

from __future__ import annotations

from datetime import date
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
