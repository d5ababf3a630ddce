"""林政办发［2017］61号 by hand: what the visits of one person should come to, written from the rules and their default readings.

Amounts are fen, ratios are fractions; 医保 and then the fund are rounded half up to the fen and the person bears the rest. Where the rules say
nothing
and no reading of them is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, yuan

Facts = dict[str, Any]

OPEN = "待定"
UNUSED = "未用尽"
STENT = "血管支架术后一年抗凝治疗"
BY_INSURANCE = (  # 第五条（一）
    *(
        "结核病",
        "精神病",
        "脑卒中后遗症",
        "肝硬化",
        "肾衰透析",
        "恶性肿瘤放化疗",
        "血友病",
        "器官移植后抗排斥治疗",
        STENT,
        "再生障碍性贫血",
        "硬皮病",
    ),
    *("类风湿性关节炎", "强直性脊柱炎", "干燥综合征", "系统性红斑狼疮", "糖尿病", "甲亢", "甲减", "股骨头坏死", "癫痫", "慢性阻塞性肺疾病", "肺心病"),
    *("帕金森氏综合症", "肾病综合征"),
)
BY_COUNTY = (  # 第五条（二）
    *("冠心病", "风心病", "心肌病", "心律失常", "前列腺增生", "消化性溃疡", "反流性食道炎", "高血压病", "脑供血不足", "特发性血小板减少性紫癜"),
    *("慢性溃疡性结肠炎", "支气管哮喘", "脉管炎", "腰椎间盘突出", "骨质增生", "布鲁氏杆菌病", "慢性活动性肝炎", "重症肌无力"),
)
CALLED = {"帕金森病": "帕金森氏综合症", "帕金森氏综合征": "帕金森氏综合症", "甲状腺功能亢进症": "甲亢", "高血压": "高血压病"}  # other names
FILLED_TO = Fraction(95, 100)  # 第六条（三）
QUOTA_SHARE = Fraction(90, 100)
RAISED_BY = Fraction(10, 100)  # points (A003-2)
FIRST_DAY = date(2017, 6, 7)  # 第十八条
INSIDE = ("医疗机构_县内", "医疗机构_签约", "医疗机构_定点")  # 第十六条
NOTHING = {"医保报销": "0.00", "脱贫医疗保障基金补偿": "0.00"}


def anniversary(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


def named(visit: Facts) -> str:
    """The disease as the lists call it."""
    return CALLED.get(visit["病种"], visit["病种"])


def is_entitled(visit: Facts) -> bool:
    """第四条."""
    enrolled = visit["参保地"] == "林西县" and visit["参保险种"] == "城乡居民医疗保险"
    return bool(enrolled and visit["户籍地"] == "林西县" and visit["是否建档立卡贫困人口"])


def is_approved(visit: Facts) -> bool:
    """第七条: from its day to the end of its year (A003-13)."""
    approved, day = visit["年度申报审核通过日期"], visit["就诊日期"]
    return approved is not None and approved[:4] == day[:4] and approved <= day


def insured(visit: Facts, parameters: Facts, used: int) -> int | None:
    """第六条（三）第1句: what 医保 pays for a disease of list (一); None where a parameter is missing. `used` is how much the quota has lost."""
    disease, scope = named(visit), fen(visit["政策范围内费用"])
    if not scope:
        return 0
    if disease in parameters.get("按住院管理病种", []):
        if "住院管理类基础报销比例" not in parameters:
            return None
        base = Fraction(parameters["住院管理类基础报销比例"].rstrip("%")) / 100
        return half_up(scope * min(Fraction(1), base + RAISED_BY))
    if disease not in parameters.get("按定额管理病种", []) or "年度定额" not in parameters:
        return None
    if parameters["年度定额"] == UNUSED:
        return half_up(scope * QUOTA_SHARE)
    left = max(0, fen(parameters["年度定额"]) - used)
    if parameters.get("定额口径") == "费用额":
        return half_up(min(scope, left) * QUOTA_SHARE)
    return min(half_up(scope * QUOTA_SHARE), left)


def shared(total: int, paid: int | None, fund: int | None) -> Facts:
    amounts = {"医保报销": paid, "脱贫医疗保障基金补偿": fund, "个人自付": None if paid is None or fund is None else total - paid - fund}
    return {name: OPEN if amount is None else yuan(amount) for name, amount in amounts.items()}


def visited(visit: Facts, parameters: Facts, used: int) -> Facts:
    total, disease, day = fen(visit["医药费用总额"]), named(visit), date.fromisoformat(visit["就诊日期"])
    if day < FIRST_DAY:  # not in force is not nothing
        return shared(total, None, None)
    listed = disease in BY_INSURANCE or disease in BY_COUNTY
    if disease == STENT:
        operated = date.fromisoformat(visit["手术日期"])
        listed = operated <= day <= anniversary(operated)  # 术后一年
    if not is_entitled(visit) or not listed:
        return shared(total, 0, 0)
    if not is_approved(visit):
        return {"状态": "待年度审核"} | shared(total, 0, 0)
    inside = all(visit[name] for name in INSIDE)
    if disease in BY_COUNTY:
        return shared(total, 0, half_up(total * FILLED_TO) if inside and visit["专家审核通过"] else 0)
    if not visit["符合医保慢病准入条件"]:
        return {"需人工裁量": "是"} | shared(total, 0, 0)  # A003-11: no clause covers this person
    paid = insured(visit, parameters, used)
    missing = None if paid is None else max(0, half_up(total * FILLED_TO) - paid)
    filled: bool | None = True
    if disease in parameters.get("按住院管理病种", []):
        filled = parameters.get("住院管理类是否二次补偿")  # A003-1; where it is not given, open
    if not inside or filled is False:
        missing = 0
    elif filled is None:
        if missing == 0:  # nothing to fill up either way; whether to wait for it is not settled
            return {"医保报销": yuan(paid or 0)}
        missing = None
    return shared(total, paid, missing)


def completions(visit: Facts) -> list[Facts]:
    """The visit with every fact that is not on file put in, both ways."""
    day = date.fromisoformat(visit["就诊日期"])
    both: Facts = {name: (True, False) for name in (*INSIDE, "是否建档立卡贫困人口")}  # noqa: C420
    both["户籍地"] = ("林西县", "其他")
    if named(visit) in BY_COUNTY:
        both["专家审核通过"] = (True, False)
    if named(visit) in BY_INSURANCE:
        both["符合医保慢病准入条件"] = (True, False)
    if named(visit) == STENT:
        both["手术日期"] = (visit["就诊日期"], day.replace(year=day.year - 2, day=1).isoformat())
    filled = [visit]
    for name, values in both.items():
        if name not in visit:
            filled = [one | {name: value} for one in filled for value in values]
    return filled


def whatever_is_missing(visit: Facts, parameters: Facts, used: int) -> Facts:
    """What all completions have in common; undetermined what they do not agree on."""
    first, *rest = [visited(one, parameters, used) for one in completions(visit)]
    common = [name for name in first if all(name in other for other in rest)]
    return {name: first[name] if all(other[name] == first[name] for other in rest) else OPEN for name in common}


def reported(visit: Facts) -> Facts:
    """第九条: 每月二十五日."""
    return {"上报日期": f"{visit['结算月份']}-25", "是否顺延": "未规定"}


def recovered(given: str) -> Facts:
    return {"原补偿": given, "应追回": given, "追回后脱贫医疗保障基金补偿": OPEN if given == OPEN else "0.00"}


def after_finding(claim: Facts) -> tuple[str, int, bool]:
    """The day of the finding, the false bill, and whether A003-16 is read as 当年全部."""
    for event in claim.get("事件", []):
        number = int(event["事件"].partition("第")[2].partition("笔")[0]) - 1
        return event["核定日期"], number, "A003-16" in claim.get("读法", {})
    return "", -1, False


def settle(claim: Facts) -> tuple[list[Facts], Facts]:
    """What each visit of a claim file comes to, in its order, and what they come to by year or, after a finding, what is recovered.

    第十七条: the false bill is recovered and takes nothing of a quota; the rest of the year of the finding is lost, however the rules are read.
    """
    parameters, others = claim["参数"], [id for id in claim.get("读法", {}) if id != "A003-16"]
    found, number, whole_year = after_finding(claim)
    rows: list[Facts] = []
    used: Counter[tuple[str, str]] = Counter()  # per person, disease and year (A003-5)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    unknown = set()
    for position, visit in enumerate(claim["就诊"]):
        if "结算月份" in visit:
            rows.append(reported(visit))
            continue
        year, disease = visit["就诊日期"][:4], named(visit)
        out = whatever_is_missing(visit, parameters, used[year, disease])
        paid = 0 if out.get("医保报销", OPEN) == OPEN else fen(out["医保报销"])
        if found and visit["就诊日期"] >= found and year == found[:4]:
            out, paid = NOTHING | {"个人自付": visit["医药费用总额"], "原因": "当年受助资格取消", "状态": "不适用"}, 0
        elif others:
            out = {}  # worked under the readings of the rules' own default only
        elif position == number or (whole_year and year == found[:4]):
            out = recovered(out["脱贫医疗保障基金补偿"]) if "脱贫医疗保障基金补偿" in out else {}
        rows.append(out)
        for name in (*NOTHING, "个人自付"):
            if out.get(name, OPEN) == OPEN or len(completions(visit)) > 1:
                unknown.add(year)
            else:
                sums[year][name] += fen(out[name])
        if position != number:
            used[year, disease] += fen(visit["政策范围内费用"]) if paid and parameters.get("定额口径") == "费用额" else paid
    if others:
        return rows, {}
    if found:
        back = [row["应追回"] for row in rows if "应追回" in row]
        return rows, {} if OPEN in back or {} in rows else {"应追回合计": yuan(sum(map(fen, back)))}
    return rows, {f"{y}年度合计": {n: yuan(a) for n, a in total.items()} for y, total in sums.items() if y not in unknown}
