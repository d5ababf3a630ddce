"""Random claims of fumeng-2022: years of visits, looks back, voided costs, people whom the notice sends elsewhere, warnings, premiums."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from tests.against import Facts, beside, by_chance
from tests.reference import fumeng_2022 as by_hand
from tests.reference.amounts import fen, half_up, yuan
from tests.reference.fumeng_2022_relief import (
    DESTITUTE,
    EDGE,
    ILL,
    LEFT_POVERTY,
    LOW,
    MONITORED,
    ORDINARY,
    ORPHAN,
    RETURNED,
    RURAL,
    START,
)

RELIEVED = (LOW, DESTITUTE, ORPHAN, EDGE)
BREAKS = {  # where 倾斜救助 starts, 基本救助 ends, 倾斜救助 ends, by the burden of a year: rules 3.4, worked out by hand
    LOW: (10_000_00, 28_571_43, 51_571_43),
    DESTITUTE: (28_571_43, 48_571_43),
    ORPHAN: (28_571_43, 48_571_43),
    EDGE: (2_000_00, 9_500_00, 35_333_33, 50_000_00),
    ILL: (5_000_00, 15_000_00, 45_000_00, 50_000_00),
}
CONDITIONS = (
    ("县内", "县内就医，无需转诊"),
    ("县内", "县内就医，无需转诊"),
    ("县内", "经基层首诊转诊"),
    ("市域内", "经基层首诊转诊"),
    ("市域内", "按规定转诊"),
    ("省内市外", "按规定转诊"),
    ("省外", "按规定转诊"),
    ("省外", "未按规定转诊"),
)


def part(rng: Random, breaks: tuple[int, ...], before: int) -> int:
    """A burden that brings the year to a threshold, or just any."""
    ahead = [b - before for b in breaks if b > before]
    if ahead and by_chance(rng, 0.55):
        return beside(rng, rng.choice(ahead))
    return rng.choice((rng.randrange(20), rng.randrange(3_000_00), rng.randrange(12_000_00), rng.randrange(60_000_00)))


def place(rng: Random, visit: Facts, day: date) -> None:
    visit["就医地"], visit["转诊情况"] = rng.choice(CONDITIONS)
    if visit["就医类型"] == "住院":
        visit["入院日期"], visit["出院日期"] = (day - timedelta(rng.randrange(1, 40))).isoformat(), day.isoformat()
        if by_chance(rng, 0.2):
            visit["医院标准押金"] = yuan(rng.randrange(1, 9_000_00))
    else:
        visit["费用日期"] = day.isoformat()


def billed(rng: Random, burden: int, settled: bool) -> Facts:
    """A bill that leaves the burden after 基本医保, or after 大病保险 as well where both are on the settlement sheet."""
    basic, serious, outside = (rng.choice((0, rng.randrange(n))) for n in (90_000_00, 20_000_00, 9_000_00))
    if not settled:
        serious = 0
    bill = {"医疗总费用": yuan(burden + basic + serious + outside), "政策范围内费用": yuan(burden + basic + serious), "基本医保支付": yuan(basic)}
    return bill | ({"大病保险支付": yuan(serious)} if settled else {})


def a_visit(rng: Random, kinds: str | list[str], day: date, burden: int, settled: bool) -> Facts:
    care = rng.choice(("住院", "住院", "住院", "门诊慢特病"))
    visit: Facts = {"人员类别": kinds, "参保险种": "居民医保", "就医类型": care, "是否定点医疗机构": True}
    place(rng, visit, day)
    return visit | billed(rng, burden, settled)


def days_of_years(rng: Random, count: int) -> list[date]:
    first, span = rng.choice(((START, 364), (START, 364), (START - timedelta(3), 700), (date(2023, 12, 1), 60), (date(2024, 1, 1), 500)))
    return sorted(first + timedelta(rng.randrange(span + 1)) for _ in range(count))


def settled_stays(rng: Random) -> Facts:
    """大病保险 on the settlement sheet: the category may change, kinds of care and places outside the relief come between."""
    group: list[str | list[str]] = [rng.choice(RELIEVED)]
    if by_chance(rng, 0.25):
        group.append(rng.choice(RELIEVED))
    if by_chance(rng, 0.12):
        group.append(rng.sample((*RELIEVED, ILL), rng.choice((2, 2, 3))))
    if by_chance(rng, 0.1):
        group = [rng.choice((ILL, RETURNED, ORDINARY, LEFT_POVERTY))]
    visits: list[Facts] = []
    before: Counter[int] = Counter()
    for day in days_of_years(rng, rng.choice((1, 2, 3, 4, 6))):
        kinds = rng.choice(group)
        breaks = BREAKS.get(kinds, ()) if isinstance(kinds, str) else ()
        burden = part(rng, breaks, before[day.year])
        visit = a_visit(rng, kinds, day, burden, True)
        if kinds in (ILL, RETURNED, ORDINARY, LEFT_POVERTY):
            visit["就医地"], visit["转诊情况"] = "县内", "县内就医，无需转诊"
        elif by_chance(rng, 0.06):
            visit["是否定点医疗机构"] = False
        elif visit["就医类型"] == "门诊慢特病" and by_chance(rng, 0.2):
            visit["就医类型"] = "普通门诊"
        elif by_chance(rng, 0.05) and kinds in (LOW, DESTITUTE, ORPHAN) and visit["就医类型"] == "住院":
            visit["诊断"] = "严重精神障碍（精神分裂症）"
            visit |= billed(rng, rng.choice((rng.randrange(900_00), rng.randrange(9_000_00))), True)
        if visit["转诊情况"] != "未按规定转诊" and visit["就医类型"] != "普通门诊" and visit["是否定点医疗机构"]:
            before[day.year] += burden
        if by_chance(rng, 0.06) and kinds in RELIEVED:  # an application does not turn a visit into a look back
            visit["申请救助之日"] = (day + timedelta(rng.choice((-400, 0, 1, 90, 400)))).isoformat()
        visits.append(visit)
    if by_chance(rng, 0.05) and visits[-1]["人员类别"] in RELIEVED:
        del visits[-1]["是否定点医疗机构"]
        visits[-1].pop("医院标准押金", None)
    parameters: Facts = {} if by_chance(rng, 0.2) else {"病床日定额救助标准": rng.choice(("20.00", "35.55"))}
    return {"就诊": visits, "参数": parameters}


def settled_late(rng: Random) -> Facts:
    """Bills of a year handed in out of the order of discharge: the year runs on in the order of settlement (A004-2)."""
    claim = settled_stays(rng)
    visits = [v for v in claim["就诊"] if v["就医类型"] == "住院" and v["出院日期"] >= START.isoformat() and "诊断" not in v]
    rng.shuffle(visits)
    for number, visit in enumerate(visits):
        visit["结算日期"] = (date(2026, 1, 1) + timedelta(7 * number)).isoformat()
    return claim | {"就诊": visits} if visits else settled_stays(rng)


def insurance_parameters(rng: Random) -> Facts:
    return {
        "大病保险起付线_困难群众": yuan(rng.choice((7_500_00, 7_500_01))),
        "大病保险起付线_其他人员": yuan(rng.choice((15_000_00, 14_999_99))),
        "大病保险支付比例_其他人员": rng.choice(("60%", "62.5%", "65%")),
    }


def insured_stays(rng: Random) -> Facts:
    """大病保险 worked out: of the year's burden above a threshold, 75% from 2023 on for four groups, an outside ratio for the others.

    The category may change between visits, and with it threshold and ratio: a visit never pays for more than it leaves itself.
    """
    group: list[str | list[str]] = [rng.choice((*RELIEVED, *RELIEVED, RETURNED, ORDINARY, LEFT_POVERTY))]
    if group[0] in RELIEVED and by_chance(rng, 0.4):
        group += rng.choice(([rng.choice(RELIEVED)], [LOW], [rng.sample(RELIEVED, 2)], [[EDGE, LOW]], [[ILL, EDGE]]))
    parameters = insurance_parameters(rng)
    if len(group) == 1 and by_chance(rng, 0.08):
        parameters = {}
    visits: list[Facts] = []
    before: Counter[int] = Counter()
    risen = rng.choice((LOW, DESTITUTE, ORPHAN)) if parameters and by_chance(rng, 0.15) else ""
    for number, day in enumerate(days_of_years(rng, rng.choice((1, 2, 3, 4, 5)))):
        kinds = rng.choice(group)
        if risen:  # what is owed by the better terms is more than a small bill leaves
            kinds = risen if number else EDGE
        hard = kinds not in (EDGE, ORDINARY, LEFT_POVERTY)
        threshold = fen(parameters.get("大病保险起付线_困难群众" if hard else "大病保险起付线_其他人员", "7500"))
        grown = Fraction(4 if hard else Fraction(5, 2))  # about what is left to the person above the threshold, turned round
        known = BREAKS.get(kinds, ()) if isinstance(kinds, str) else ()
        breaks = (threshold, *(half_up(threshold + (b - threshold) * grown) for b in known if b > threshold))
        burden = max(part(rng, breaks, before[day.year]), 0 if parameters else 1)  # of nothing nothing is paid, at any threshold
        if risen:
            burden = rng.randrange(2_000_00) if number else rng.randrange(8_000_00, 20_000_00)
        visit = a_visit(rng, kinds, day, burden, False)
        if kinds not in RELIEVED:
            visit["就医地"], visit["转诊情况"] = "县内", "县内就医，无需转诊"
        elif visit["就医类型"] == "门诊慢特病" and parameters and by_chance(rng, 0.25):
            visit["就医类型"] = "普通门诊"
        elif by_chance(rng, 0.1) and parameters:  # nothing in scope: whatever the year has run up, nothing is there to be paid
            visit |= {"医疗总费用": yuan(rng.randrange(9_000_00)), "政策范围内费用": "0.00", "基本医保支付": "0.00"}
        if visit["就医类型"] != "普通门诊":
            before[day.year] += fen(visit["政策范围内费用"]) - fen(visit["基本医保支付"])
        visits.append(visit)
    return {"就诊": visits, "参数": parameters}


def others(rng: Random) -> Facts:
    """Those whom the notice sends elsewhere or leaves open: no standard, another policy, not insured, insured by their work."""
    day = rng.choice((START - timedelta(1), START, START + timedelta(rng.randrange(365))))
    kinds = rng.choice((RURAL, RURAL, *MONITORED, *RELIEVED, *RELIEVED))
    visit = a_visit(rng, kinds, day, rng.randrange(1, 30_000_00), True)
    if kinds not in (*RELIEVED, RURAL):
        visit["就医地"], visit["转诊情况"] = "县内", "县内就医，无需转诊"
    if kinds in RELIEVED:
        visit["参保险种"] = rng.choice(("职工医保", "未参保"))
        if visit["参保险种"] == "未参保":
            visit |= {"基本医保支付": "0.00", "大病保险支付": "0.00"}
        if by_chance(rng, 0.5):
            del visit["大病保险支付"]
    return {"就诊": [visit], "参数": insurance_parameters(rng)}


def one_time(rng: Random) -> Facts:
    """二（三）2 第4句: costs on and beside both ends of the window."""
    edges = (START - timedelta(1), START, date(2024, 2, 29), date(2025, 2, 28), date(2023, 3, 1), date(2024, 3, 1))
    applied = rng.choice((*edges, *(START + timedelta(rng.randrange(900)) for _ in range(2))))
    visit: Facts = {"人员类别": ILL, "参保险种": "未参保" if by_chance(rng, 0.08) else "居民医保", "申请救助之日": applied.isoformat()}
    if by_chance(rng, 0.2):
        return {"就诊": [visit | {"窗口内合规个人负担": yuan(part(rng, BREAKS[ILL], 0))}], "参数": {}}
    first, last = by_hand.window_of(applied)
    ends = [first - timedelta(1), first, first + timedelta(1), last - timedelta(1), last, applied, applied + timedelta(20)]
    items: list[Facts] = []
    burden = 0
    for day in sorted(rng.choice((rng.choice(ends), first + timedelta(rng.randrange(366)))) for _ in range(rng.choice((1, 2, 3, 5)))):
        item = billed(rng, part(rng, BREAKS[ILL], burden), True)
        if first <= day <= last:
            burden += fen(item["政策范围内费用"]) - fen(item["基本医保支付"]) - fen(item["大病保险支付"])
        del item["医疗总费用"]
        items.append({"费用日期": day.isoformat(), "就医类型": rng.choice(("住院", "住院", "门诊慢特病", "门诊慢特病", "普通门诊"))} | item)
    return {"就诊": [visit | {"费用": items}], "参数": {}}


def voided(rng: Random) -> Facts:
    kinds, settled = rng.choice(RELIEVED), by_chance(rng, 0.7)
    visits: list[Facts] = []
    burden = 0
    for day in sorted(START + timedelta(rng.randrange(365)) for _ in range(rng.choice((2, 2, 3, 4)))):
        more = part(rng, BREAKS[kinds], burden)
        burden += more
        visit = a_visit(rng, kinds, day, more, settled)
        if by_chance(rng, 0.9):
            visit["就医地"], visit["转诊情况"] = "县内", "县内就医，无需转诊"
        visits.append(visit)
    found = date(2024, 1, 1) + timedelta(rng.randrange(90))
    number = rng.randrange(len(visits)) + 1
    return {"就诊": visits, "事件": [{"事件": f"第{number}笔核定为虚假费用", "核定日期": found.isoformat()}], "参数": insurance_parameters(rng)}


def warning(rng: Random) -> Facts:
    kinds = rng.choice((*RELIEVED, ILL, ORDINARY, LEFT_POVERTY))
    insurance = rng.choice(("居民医保", "职工医保"))
    burden = beside(rng, rng.choice((5_000_00, 20_000_00, 50_000_00)))
    return {"就诊": [{"人员类别": kinds, "参保险种": insurance, "年度内个人累计负担": yuan(burden)}], "参数": {}}


def premiums(rng: Random) -> Facts:
    parameters = {"个人缴费标准": yuan(rng.choice((350_00, 380_00, rng.randrange(1, 500_00))))}
    fixed = ("未公布", yuan(rng.randrange(1, 500_00)), parameters["个人缴费标准"])
    parameters |= {"低保对象定额资助标准": rng.choice(fixed), "返贫致贫人口定额资助标准": rng.choice(fixed)}
    kinds: str | list[str] = rng.choice((LOW, LOW, RETURNED, DESTITUTE, ORPHAN, EDGE, EDGE, [ORPHAN, EDGE], [LOW, EDGE]))
    return {"就诊": [{"人员类别": kinds, "参保险种": "居民医保", "参保年度": rng.choice((2023, 2024))}], "参数": parameters}


def a_claim(rng: Random) -> Facts:
    kinds = (settled_stays, settled_late, insured_stays, one_time, voided, others, warning, premiums)
    return rng.choices(kinds, (26, 7, 28, 14, 13, 4, 4, 4))[0](rng)
