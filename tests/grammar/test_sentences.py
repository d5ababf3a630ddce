"""Real sentences of the notices and what the tool says it understood (回读). Expectations are written by hand from the notices."""

import pytest

from corpus.workspace import Policy
from grammar.lexer import Lexicon
from grammar.syntax import Delegate, During
from grammar.unparse import sentence_text
from tests.spoken import lexicon_of, read
from tests.tiny import tiny

Row = tuple[str, dict[str, str], str]

BASIC = {"起付标准": "基本救助起付标准", "救助比例": "基本救助比例"}
TOP_UP = {"起付标准": "倾斜救助起付标准", "救助比例": "倾斜救助比例", "年度救助限额": "倾斜救助年度限额"}

FUMENG: tuple[Row, ...] = (
    ("2023年1月起新制度全面启动实施", {}, "自2023年1月1日起，新制度施行。"),
    (
        "2023年1月起，低保对象、特困人员、孤儿和返贫致贫人口的大病保险支付比例由70%提高到75%。",
        {},
        "自2023年1月1日起，低保对象、特困人员、孤儿、返贫致贫人口大病保险支付比例由70%提高到75%。",
    ),
    (
        "救助费用主要覆盖救助对象在定点医疗机构发生的住院费用、因慢性病长期服药或患重特大疾病需长期门诊治疗的费用",
        {},
        "纳入医疗救助范围覆盖救助对象且是否定点医疗机构且住院、门诊慢特病。",
    ),
    (
        "对已认定为低保对象、特困人员、孤儿和低保边缘家庭成员及农村易返贫致贫人口的，直接给予医疗救助。",
        {},
        "低保对象、特困人员、孤儿、低保边缘家庭成员、农村易返贫致贫人口的，直接给予医疗救助。",
    ),
    (
        "对参加基本医保的因病致贫重病患者，自申请救助之日前12个月内个人负担的合规医疗费用给予一次性医疗救助。",
        {},
        "参加基本医保，且因病致贫重病患者的，自申请救助之日前12个月内保险后个人负担给予一次性医疗救助。",
    ),
    ("医疗救助包括基本救助和倾斜救助，统一实行按费用救助模式。", {}, "医疗救助包括基本救助、倾斜救助，实行按费用救助模式。"),
    ("自2023年1月起基本救助年度限额按2万元执行", {}, "自2023年1月1日起，基本救助年度限额为20000元。"),
    (
        "低保对象、特困人员、孤儿不设置起付标准，低保边缘家庭成员、因病致贫重病患者起付标准分别按2000元、5000元计算",
        BASIC,
        "低保对象、特困人员、孤儿不设置基本救助起付标准，低保边缘家庭成员、因病致贫重病患者基本救助起付标准分别为2000元、5000元。",
    ),
    (
        "低保对象、特困人员、孤儿救助比例为70%，低保边缘家庭成员救助比例为60%，因病致贫重病患者救助比例为50%。",
        BASIC,
        "低保对象、特困人员、孤儿基本救助比例为70%，低保边缘家庭成员基本救助比例为60%，因病致贫重病患者基本救助比例为50%。",
    ),
    (
        "救助对象经基本医保、大病保险等补充医疗保险、基本救助综合保障后个人负担仍然较重的，给予倾斜医疗救助。",
        {},
        "救助对象，且经基本医保、大病保险、基本救助后，且个人负担仍然较重的，给予倾斜医疗救助。",
    ),
    (
        "其中，特困人员、孤儿倾斜救助不设起付标准，低保对象、低保边缘家庭成员及因病致贫重病患者起付标准分别为3000元、5000元、10000元",
        TOP_UP,
        "特困人员、孤儿不设置倾斜救助起付标准，低保对象、低保边缘家庭成员、因病致贫重病患者倾斜救助起付标准分别为3000元、5000元、10000元。",
    ),
    (
        "低保对象、特困人员、孤儿等重点救助对象的倾斜救助年度救助限额为2万元，低保边缘家庭成员年度救助限额为1.5万元，因病致贫重病患者年度救助限额为1万元",
        TOP_UP,
        "低保对象、特困人员、孤儿等重点救助对象倾斜救助年度限额为20000元，低保边缘家庭成员倾斜救助年度限额为15000元，因病致贫重病患者倾斜救助年度限额为10000元。",
    ),
    ("救助比例与基本救助比例一致。", TOP_UP, "倾斜救助比例与基本救助比例一致。"),
    (
        "对低保对象、特困人员、孤儿等生活困难的严重精神障碍患者住院所发生的合规医疗费用，继续实行按病床日定额救助。",
        {},
        "低保对象、特困人员、孤儿等生活困难，且严重精神障碍患者，且住院的，政策范围内费用，实行按病床日定额救助。",
    ),
    ("按规定转诊的救助对象，执行本县医疗救助标准。", {"按规定转诊": "按规定办理转诊"}, "按规定办理转诊，且救助对象的，执行本县医疗救助标准。"),
    (
        "未按规定转诊的救助对象，所发生的医疗费用原则上不纳入医疗救助范围。",
        {"未按规定转诊": "未按规定办理转诊"},
        "未按规定办理转诊，且救助对象的，原则上不纳入医疗救助范围。",
    ),
    (
        "因病致贫风险监测范围为因病返贫风险监测范围以外的职工医保和居民医保参保人员。",
        {},
        "因病致贫风险监测范围为因病返贫风险监测范围以外的职工医保、居民医保。",
    ),
    (
        "因病返贫风险监测对象的预警标准为5000元，参加居民医保的因病致贫风险监测对象预警标准为2万元",
        {},
        "因病返贫风险监测范围预警标准为5000元，参加居民医保且因病致贫风险监测范围预警标准为20000元。",
    ),
    (
        "对特困人员、孤儿个人缴费部分给予全额资助，对低保边缘家庭成员按其个人缴费部分的60%给予定额资助",
        {"资助": "参保资助"},
        "特困人员、孤儿参保资助为个人缴费标准，低保边缘家庭成员参保资助为个人缴费标准的60%。",
    ),
    ("年度内个人累计负担达到预警标准的，应当预警。", {}, "年度内个人累计负担达到预警标准的，是否预警。"),
    ("未参加基本医保的，不给予大病保险支付。", {}, "未参加基本医保的，不给予大病保险支付。"),
)

LINXI: tuple[Row, ...] = (
    ("本实施细则自发文公布之日起试行。", {}, "本实施细则自发文公布之日起施行。"),
    ("林西县户籍并在本县参加城乡居民医疗保险的建档立卡贫困人口。", {}, "林西县户籍且在本县参加城乡居民医疗保险且建档立卡贫困人口。"),
    ("经医疗组审核后，纳入门诊慢性病补偿范围", {}, "经医疗组审核后的，纳入门诊慢性病补偿范围。"),
    (
        "按住院管理的门诊慢性病，符合医保慢病准入条件的贫困人口政策范围内门诊医药费用的医保报销比例提高10％",
        {},
        "按住院管理，且门诊慢性病的，符合医保慢病准入条件且建档立卡贫困人口医保报销比例提高10%。",
    ),
    ("按定额管理的门诊慢性病，医保报销比例达到90％", {}, "按定额管理，且门诊慢性病的，医保报销比例达到90%。"),
    (
        "建档立卡贫困人口脱贫医疗保障基金再给予二次补偿至医药费用总额的95％，个人自付5％",
        {},
        "由脱贫医疗保障基金补足至医药费用总额的95%，个人自付5%。",
    ),
    (
        "不在医保慢病报销范围内的本细则规定的其余病种的医药费用，经相关专家审核通过后由脱贫医疗保障基金直接补偿95％，个人自付5％。",
        {},
        "不医保慢病报销范围内，且其余病种的，医药费用总额，经相关专家审核通过后由脱贫医疗保障基金支付95%，个人自付5%。",
    ),
    ("门诊慢性病脱贫医疗保障基金补偿部分只限于县内签约定点医疗机构。", {}, "脱贫医疗保障基金补偿只限于县内签约定点医疗机构。"),
    ("其它医疗机构所发生的费用不予补偿。", {"费用": "医药费用总额", "补偿": "脱贫医疗保障基金补偿"}, "其它医疗机构不给予脱贫医疗保障基金补偿。"),
    ("已填报结算月份的，上报日期为结算月份当月的第25日", {}, "已填报结算月份的，上报日期为结算月份当月的第25日。"),
)

#: Names as the other three notices use them; the sentences below are theirs, cut to one clause where the grammar has no word yet.
ELSEWHERE_WORDS = """政策：别处
原文：小
计算日期：出院日期

【术语】
人员类别，类别，填报，可以多项：贫困人口、农村特困人员、低保对象、建档立卡贫困人口。
医院级别，类别，填报：一级医疗机构、二级医疗机构、三级医疗机构。
出院日期，日期，填报。
再次住院，是非，填报，又称年度内在同级别医疗机构再次住院。
苏木乡镇卫生院门诊就医，是非，填报，又称苏木乡镇卫生院门诊。
未按规定转诊，是非，填报。
起付线、大病保险起付线、大病保险报销起付线、医药费总额、合规费用、累计自付、政策范围内医疗费用，金额，填报。
目录外费用比例、报销比例、分段报销比例、现行救助比例，比例，填报。
救助，金额，结果。
兜底补偿，金额，结果。
补充保险补偿，金额，结果。
纳入医疗救助范围，是非，推导。
基金，付费方，记入兜底补偿。
补充保险，付费方，记入补充保险补偿。
上级文件、上级规定，外部规定。
待遇，项目组：救助、兜底补偿。
"""

ELSEWHERE: tuple[Row, ...] = (
    ("贫困人口年度内在同级别医疗机构再次住院的，取消起付线。", {}, "贫困人口，且再次住院的，取消起付线。"),
    ("对贫困人口大病保险报销起付线降低50%，分段报销比例提高5个百分点。", {}, "贫困人口大病保险报销起付线降低50%，分段报销比例提高5个百分点。"),
    ("大病保险起付线下浮50%", {}, "大病保险起付线降低50%。"),
    ("未按规定转诊的，不纳入医疗救助范围。", {}, "未按规定转诊的，不纳入医疗救助范围。"),
    ("农村特困人员政策范围内医疗费用予以全额救助", {}, "农村特困人员救助为政策范围内医疗费用。"),
    (
        "一级医疗机构、二级医疗机构、三级医疗机构报销比例分别为90%、80%、70%",
        {},
        "一级医疗机构、二级医疗机构、三级医疗机构报销比例分别为90%、80%、70%。",
    ),
    (
        "一级医疗机构目录外费用比例不超过5%，三级医疗机构目录外费用比例不超过10%",
        {},
        "一级医疗机构目录外费用比例不超过5%，三级医疗机构目录外费用比例不超过10%。",
    ),
    ("累计自付超过1万元的，由补充保险支付1万元。", {}, "累计自付超过10000元的，由补充保险支付10000元。"),
    ("救助为累计自付超过7500元的部分乘以50%", {}, "救助为累计自付超过7500元的部分乘以50%。"),
    ("由基金补足至合规费用的90%", {}, "由基金补足至合规费用的90%。"),
    ("待遇按照上级文件执行", {}, "待遇按照上级文件规定执行。"),
    (
        "救助按合规费用分段计算不足5000元的部分按50%超过5000元至20000元的部分按60%超过20000元的部分按70%",
        {},
        "救助按合规费用分段计算不足5000元的部分按50%超过5000元至20000元的部分按60%超过20000元的部分按70%。",
    ),
    (
        "对低保对象，救助为政策范围内医疗费用乘以（现行救助比例加5个百分点）",
        {},
        "低保对象的，救助为政策范围内医疗费用乘以（现行救助比例加5个百分点）。",
    ),
    ("未填报出院日期的，救助为合规费用", {}, "未填报出院日期的，救助为合规费用。"),
    ("救助不低于合规费用的50%", {}, "救助不低于合规费用的50%。"),
    ("低保对象免除其起付线", {}, "低保对象免除起付线。"),
)


#: Readable, but said back in words that mislead or that nobody would write.
CLUMSY: tuple[tuple[str, str, str], ...] = (
    ("本方案自2018年1月1日起实施。", "本方案自2018年1月1日起施行。", "every document is said back as 本实施细则"),
    ("待遇按照上级规定执行", "待遇按照上级规定执行。", "上级规定规定执行"),
    ("出院日期不早于2018年1月1日的，救助为合规费用", "出院日期不早于2018年1月1日的，救助为合规费用。", "a day is said back as 不低于 a day"),
    ("出院日期不晚于2018年1月1日的，救助为合规费用", "出院日期不晚于2018年1月1日的，救助为合规费用。", "a day is said back as 不超过 a day"),
)
#: Sentence patterns of language.md section 4 that are not read yet.
UNREAD = (
    "救助为累计自付超过7500元的部分的50%",
    "合规费用超过7500元以上的部分，按50%由补充保险补偿",
)


@pytest.fixture(scope="module")
def elsewhere() -> Policy:
    return tiny("", words=ELSEWHERE_WORDS)


def _read_back(text: str, words: Lexicon) -> str:
    sentence, faults = read(text, words)
    return sentence_text(sentence) if sentence else f"{faults[0].code}"


@pytest.mark.parametrize(("text", "bound", "canonical"), FUMENG, ids=[r[0][:24] for r in FUMENG])
def test_a_sentence_of_fumeng_is_read_back(fumeng: Policy, text: str, bound: dict[str, str], canonical: str) -> None:
    assert canonical == _read_back(text, lexicon_of(fumeng, bound))


@pytest.mark.parametrize(("text", "bound", "canonical"), LINXI, ids=[r[0][:24] for r in LINXI])
def test_a_sentence_of_linxi_is_read_back(linxi: Policy, text: str, bound: dict[str, str], canonical: str) -> None:
    assert canonical == _read_back(text, lexicon_of(linxi, bound))


@pytest.mark.parametrize(("text", "bound", "canonical"), ELSEWHERE, ids=[r[0][:24] for r in ELSEWHERE])
def test_a_sentence_of_another_notice_is_read_back(elsewhere: Policy, text: str, bound: dict[str, str], canonical: str) -> None:
    assert canonical == _read_back(text, lexicon_of(elsewhere, bound))


@pytest.mark.xfail(strict=True, reason="read back in words nobody wrote")
@pytest.mark.parametrize(("text", "canonical", "said"), CLUMSY, ids=[r[2] for r in CLUMSY])
def test_a_sentence_is_read_back_in_words_a_drafter_would_write(elsewhere: Policy, text: str, canonical: str, said: str) -> None:
    assert canonical == _read_back(text, lexicon_of(elsewhere))


@pytest.mark.xfail(strict=True, reason="not in clause.lark")
@pytest.mark.parametrize("text", UNREAD)
def test_a_sentence_of_another_notice_is_read(elsewhere: Policy, text: str) -> None:
    assert read(text, lexicon_of(elsewhere))[0] is not None


def test_a_period_before_a_comma_is_a_condition(fumeng: Policy) -> None:
    text = "巩固脱贫攻坚成果过渡期内，返贫致贫人口、监测帮扶对象、其他监测范围内人口的医疗救助待遇，按照巩固拓展医疗保障脱贫攻坚成果有效衔接乡村振兴战略相关政策规定执行。"  # noqa: E501
    sentence, _ = read(text, lexicon_of(fumeng))
    assert sentence is not None
    (group,) = sentence.groups
    assert [Delegate] == [type(a.deed) for a in group.acts]
    assert During("巩固脱贫攻坚成果过渡期") in group.leads


def test_mixing_and_with_or_without_numbered_items_is_refused(elsewhere: Policy) -> None:
    sentence, faults = read("贫困人口且再次住院或者未按规定转诊的，救助为合规费用", lexicon_of(elsewhere))
    assert sentence is None and faults
