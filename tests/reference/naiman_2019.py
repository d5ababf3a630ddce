"""奈政办发〔2019〕1号 by hand: what each claim should come to, written from the notice and its default readings, without the engine.

Amounts are fen, ratios are fractions; each payer is rounded half up to the fen in the order they pay (二（二）2) and the person bears the rest.
Where the notice says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.reference.amounts import fen, half_up, ratio, short_percent, yuan
from tests.reference.naiman_2019_stay import (
    COVERED,
    IN_FORCE,
    LEVELS,
    PREMIUM_AID,
    PREVIOUS_POLICY,
    Facts,
    covered,
    day,
    stay,
)

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
