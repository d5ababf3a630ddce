"""From one decided visit to another step by step: the differences add up, whatever the two are."""

from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.workspace import Policy, Workspace
from grammar.source import Source
from interpreter.compare import Stand, amount, divergences, first_sentence, money_outcomes, stand
from interpreter.stepwise import chain, path
from tui.screens.samples import samples

KEYS = ("anyi-2018", "fumeng-2022", "gansu-2018", "linxi-2017", "naiman-2019")


#: Policy, sample, readings, visit.
Said = tuple[str, str, dict[str, str], int]


@cache
def policy(key: str) -> Policy:
    found, message = Workspace.open().policy(key)
    assert found, message
    return found


def stands(key: str, data: dict[str, Any], number: int = 0, other: Policy | None = None) -> Stand:
    its = other or policy(key)
    claim, faults = its.read(data)
    assert claim, faults
    return stand(its.compiled(claim.readings), its.decide(claim), number)


def filed(key: str, name: str, **more: Any) -> dict[str, Any]:
    return next(s for s in samples(key) if s.name == name).data | more


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, Said, Said]:
    """Two visits of the samples of one policy, each under some readings, or of two policies."""
    key = draw(st.sampled_from(KEYS))

    def side(its: str) -> Said:
        sample = draw(st.sampled_from(samples(its)))
        readings = policy(its).compiled().book.readings
        chosen = draw(st.dictionaries(st.sampled_from([r.id for r in readings]), st.integers(0, 5), max_size=2)) if readings else {}
        labels = {r.id: r.candidates[chosen[r.id] % len(r.candidates)].label for r in readings if r.id in chosen}
        usable = labels if policy(its).compiled(labels).usable else {}
        data = sample.data
        return its, sample.name, usable, draw(st.integers(0, len(data["就诊"]) - 1))

    return key, side(key), side(draw(st.sampled_from((key, key, key, *KEYS))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_the_steps_end_at_the_other_and_their_differences_sum_to_the_whole(pair: tuple[str, Said, Said]) -> None:
    key, *sides = pair
    a, b = (stands(its, filed(its, name, 读法=chosen), number) for its, name, chosen, number in sides)
    steps = path(a, b, policy(key).compiled)
    assert (steps[-1].after.visit.values if steps else a.visit.values) == b.visit.values
    for outcome in money_outcomes(a, b):
        one, other = amount(a, outcome), amount(b, outcome)
        if one is None or other is None:
            continue
        worth = [step.difference(outcome) for step in chain(steps, outcome)]
        assert None not in worth
        assert other - one == sum(w for w in worth if w is not None)


# --- by hand -------------------------------------------------------------------------------------------------------------------------------------


def test_a_reading_is_one_step_and_the_clause_it_reads_is_where_the_two_part() -> None:
    """个人自付 3,920 元: above 7,500 nothing is paid; above 3,750 at 90% it is 170 × 90% = 153."""
    a = stands("anyi-2018", filed("anyi-2018", "a-county-stay"))
    b = stands("anyi-2018", filed("anyi-2018", "a-county-stay", 读法={"AY18-Q01": "C 起付线3750元、比例90%"}))
    (step,) = chain(path(a, b, policy("anyi-2018").compiled), "大病保险支付")
    assert 15300 == step.difference("大病保险支付")
    assert [("读法", "A 两段并存", "C 起付线3750元、比例90%")] == [(c.sort, c.before, c.after) for c in step.changes]
    parted = first_sentence(divergences(a, b))
    assert parted and ("大病保险累计应付", "0.00元", "153.00元") == (parted.name, parted.before, parted.after)
    assert "下降50%" in parted.second[0].origin.anchors[0].quote


def test_what_was_accumulated_before_is_a_step_of_its_own() -> None:
    """The second stay: the deductible of 2,000 元 that the first has used up opens (1,600 − 0) × 60% = 960."""
    data = filed("fumeng-2022", "b-two-stays")
    a, b = (stands("fumeng-2022", data, n) for n in (0, 1))
    steps = chain(path(a, b, policy("fumeng-2022").compiled), "基本救助")
    told = {(s.changes[0].sort, s.changes[0].name): s.difference("基本救助") for s in steps if s.difference("基本救助")}
    assert {("此前累计", "救助基数"): 96000} == told


def version(before: str, after: str) -> Policy:
    """The policy with other words in its file, under the same notice."""
    its = policy("anyi-2018")
    other = Policy(tuple(Source(s.name, s.text.replace(before, after)) for s in its.sources), its.notice)
    assert other.compiled().usable and other.sources != its.sources
    return other


def test_between_two_versions_a_clause_is_a_step() -> None:
    """9,000 元 before and 3,920 now are 12,920; above 7,500 there are 5,420, of which 60% is 542 元 more than 50%."""
    other = version(
        "「经城乡居民基本医保报销后,个人自付医药费超过7500元起付线以上的部分,按50%的比例由大病保险基金支付。」",
        "约定：建档立卡贫困人口的，大病保险累计应付为年度累计政策范围内个人自付超过7500元的部分乘以60%。",
    )
    data = filed("anyi-2018", "a-county-stay")
    data = data | {"就诊": [data["就诊"][0] | {"年内此前累计政策范围内个人自付": "9000.00", "年内此前大病保险已付_累计段": "750.00"}]}
    a, b = stands("anyi-2018", data), stands("anyi-2018", data, other=other)
    parted, steps = first_sentence(divergences(a, b)), path(a, b, policy("anyi-2018").compiled)
    assert parted and "大病保险累计应付" == parted.name
    assert ["登记", "条款"] == [c.sort for s in steps for c in s.changes]
    assert [0, 54200] == [s.difference("大病保险支付") for s in steps]
    assert "大病保险累计段" == steps[-1].changes[0].name


def test_what_is_declared_is_a_step_before_the_clauses() -> None:
    data, other = filed("anyi-2018", "a-county-stay"), version("默认“A 两段并存”", "默认“A 两段并列”")
    (step,) = path(stands("anyi-2018", data), stands("anyi-2018", data, other=other), policy("anyi-2018").compiled)
    assert ["登记"] == [c.sort for c in step.changes]
