"""The splitter on texts that are none of the five notices: statutes, letters, lists, and no structure at all."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bundled import bundled_keys, bundled_text
from corpus.labels import read_label
from corpus.paragraphs import split
from interpreter.notice import UnitKind


def units(text: str) -> dict[str, str]:
    return {unit.id.removeprefix("k/"): unit.text for unit in split("k", text).units}


STATUTE = """救助条例
2014年2月21日 国务院令第649号公布
目　录
第一章 总则
第二章 待遇
第一章 总则
第一条 为了救助困难群众，制定本条例。
第二条 民政部门负责救助工作。
其他部门按照职责做好有关工作。
第二章 待遇
第一节 住院
第三条 下列人员可以申请：
（一）低保对象；
（二）特困人员，按照下列标准：
1．住院的，70%；
2．门诊的，1.5万元。
前款所列人员统称救助对象。
第四条之一 有下列情形之一的，不予救助：
（一）提供虚假材料的；
（二）第三条规定以外的人员。
"""


def test_a_statute_has_articles_paragraphs_and_items() -> None:
    found = units(STATUTE)
    assert [
        *("题", "公布", "目录", "第一章/h", "第一条/s1", "第二条/p1/s1", "第二条/p2/s1", "第二章/h", "第二章/第一节/h"),
        *("第三条/p1/s1", "第三条/(一)/s1", "第三条/(二)/s1", "第三条/(二)/1/s1", "第三条/(二)/2/s1", "第三条/p2/s1"),
        *("第四条之一/s1", "第四条之一/(一)/s1", "第四条之一/(二)/s1"),
    ] == list(found)
    assert "门诊的，1.5万元。" == found["第三条/(二)/2/s1"]


def test_a_second_list_under_one_article_belongs_to_its_paragraph() -> None:
    found = units("第一条 可以申请：\n（一）甲；\n（二）乙。\n应当提交：\n（一）丙；\n（二）丁。\n")
    assert "丙；" == found["第一条/p2/(一)/s1"]
    assert "甲；" == found["第一条/(一)/s1"]


def test_a_letter_that_holds_the_rules_itself_is_no_covering_letter() -> None:
    found = units(
        "某县医疗保障局\n关于调整救助标准的通知\n某医保发〔2021〕3号\n各乡镇人民政府，\n各定点医疗机构：\n为做好救助工作，现通知如下：\n"
        "一、救助标准\n低保对象救助比例为70%。\n二、施行日期\n本通知自2021年7月1日起施行。\n某县医疗保障局\n2021年6月1日\n"
    )
    assert "各乡镇人民政府，各定点医疗机构：" == found["主送"]
    assert ["题", "文号", "主送", "引言/s1", "一/h", "一/s1", "二/h", "二/s1", "落款", "日期"] == list(found)


def test_a_letter_with_a_list_of_annexes_covers_what_follows() -> None:
    found = units(
        "关于印发救助办法的通知\n各乡镇人民政府：\n现将《救助办法》印发给你们，请遵照执行。\n附件：1.救助办法\n2.申请表\n某县人民政府\n2021年6月1日\n"
        "救助办法\n第一条 制定本办法。\n附件2\n申请表\n一、姓名应当填写全称。\n"
    )
    assert "附件：1.救助办法／2.申请表" == found["印发/附件"]
    assert {"印发/落款", "题", "第一条/s1", "附件2/题", "附件2/一/s1"} <= set(found)


def test_a_text_without_structure_is_numbered_paragraphs() -> None:
    found = units("今天下雨。明天晴天。\n\n后天多云，气温下降；\n大后天刮风。\n")
    assert {"p1/s1": "今天下雨。", "p1/s2": "明天晴天。", "p2/s1": "后天多云，气温下降；", "p3/s1": "大后天刮风。"} == found


def test_a_sentence_cut_by_a_page_is_joined_and_keeps_its_lines() -> None:
    unit = split("k", "一、待遇\n在落实国家规定的基础上，重点聚焦深度贫困\n\n地区，提高比例。以后调整。\n").by_id["k/一/s1"]
    assert ("在落实国家规定的基础上，重点聚焦深度贫困地区，提高比例。", 2, 4) == (unit.text, unit.first_line, unit.last_line)


def test_a_short_rule_is_no_heading_where_labels_have_none() -> None:
    text = "".join(f"第{n}条 规则{n}，应当遵守。\n" for n in "一二三四五六七八") + "第九条 税票由国家监制。\n其他不得监制。\n"
    assert "税票由国家监制。" == units(text)["第九条/p1/s1"]


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("(一) 指导思想", "(一)", "指导思想"),
        ("（十二)提升质量", "(十二)", "提升质量"),
        ("１．落实", "1", "落实"),
        ("2. 3家医院", "2", "3家医院"),
        ("1、资金", "1", "资金"),
        ("（２）乙", "(2)", "乙"),
        ("①丙", "①", "丙"),
        ("㈡丁", "(二)", "丁"),
        ("⑶戊", "(3)", "戊"),
        ("二十一、己", "二十一", "己"),
        ("第 十 条　庚", "第十条", "庚"),
        ("第12条 辛", "第12条", "辛"),
        ("第三章　总　则", "第三章", "总　则"),
    ],
)
def test_a_printed_label_is_read(line: str, name: str, rest: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (name, rest) == (label.name, label.rest)


@pytest.mark.parametrize(
    "line", ["1.5万元以下的", "一、二级医院报销90%", "第三条规定的人员", "（2018）12号", "（24种）", "第一章规定的待遇。", "2018年起", ""]
)
def test_what_only_looks_like_a_label_is_text(line: str) -> None:
    assert read_label(line) is None


@pytest.mark.parametrize("path", sorted(Path("tests/corpus/statutes").glob("*.txt")), ids=lambda path: path.stem)
def test_every_article_of_a_statute_is_found_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    articles = re.findall(r"^(第[一二三四五六七八九十百零]+条) ", text, re.MULTILINE)
    found = dict.fromkeys(unit.id.split("/")[1] for unit in split("k", text).units)
    assert articles == [name for name in found if name.endswith("条")]
    assert all(unit.kind is not UnitKind.HEADING for unit in split("k", text).units if "条" in unit.id)


@pytest.mark.parametrize("key", bundled_keys())
def test_splitting_takes_less_than_fifty_milliseconds(key: str) -> None:
    text = bundled_text(key) or ""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        split(key, text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="甲乙丙丁，。；「”\n 　", max_size=200))
def test_units_of_plain_text_put_together_are_the_text(text: str) -> None:
    assert re.sub(r"\s+", "", text) == "".join(unit.text for unit in split("k", text).units)


PIECES = [*"一二三、（）().1２第条章节①各局：:，。；附件目录年月日\n\n\n 甲#", "附件1", "各乡：", "2021年1月1日", "抄送：", "\u202e", "\x00"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80))
def test_no_text_breaks_the_splitter_and_no_id_names_two_units(parts: list[str]) -> None:
    text = "".join(parts)
    notice = split("k", text)
    assert len(notice.by_id) == len(notice.units)
    assert all(1 <= unit.first_line <= unit.last_line <= text.count("\n") + 1 and unit.text for unit in notice.units)
    letters = iter(re.sub(r"\s+", "", text))
    assert all(char in letters for unit in notice.units for char in unit.text.replace("／", ""))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ud800", "。", "一、", "第一条", "附件", "（一）\n（一）\n（一）", "各乡镇：", "抄送：甲", "#", "\ufeff"]
)
def test_odd_texts_give_a_notice(text: str) -> None:
    assert split("k", text).title
    assert all(unit.digest for unit in split("k", text).units)


LONG = [
    "1.甲。\n" * 20_000,
    "，" * 23 + "\n" * 20_000,
    ("，" * 23 + "\n") * 20_000,
    "甲。乙" * 50_000,
    "（" * 100_000,
    "甲、" * 50_000,
    "甲；" * 50_000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_the_time_grows_with_the_length_only(text: str) -> None:
    start = time.perf_counter()
    split("k", text)
    assert time.perf_counter() - start < 5


def test_prose_that_speaks_to_readers_is_no_letter() -> None:
    found = units("记者报道。\n各位读者：\n今天下雨。\n")
    assert ["p1/s1", "p2/s1", "p3/s1"] == list(found)


def test_a_statute_tells_when_it_was_made() -> None:
    found = units("某市条例\n（2004年12月22日某市人大常委会通过 根据\n2010年1月1日《关于修改〈某市条例〉的决定》修正）\n第一条 甲。\n")
    assert "（2004年12月22日某市人大常委会通过根据／2010年1月1日《关于修改〈某市条例〉的决定》修正）" == found["公布"]


def set_in_column(text: str, width: int) -> str:
    """The text as print sets it: paragraphs indented by two characters, lines of one width, no line beginning with a closing mark."""
    lines: list[str] = []
    for line in text.splitlines():
        current = "　　" if line.strip() else ""
        for char in line.strip():
            if sum(1 + (other > "\u2e7f") for other in current) >= 2 * width and char not in "，。；、：”）》％%":
                lines.append(current)
                current = ""
            current += char
        lines.append(current)
    return "\n".join(lines)


@pytest.mark.parametrize("key", ["anyi-2018", "fumeng-2022", "linxi-2017"])
@pytest.mark.parametrize("width", [28, 36, 42])
def test_a_notice_set_in_a_column_has_the_same_rules(key: str, width: int) -> None:
    text = "\n".join((bundled_text(key) or "").split("\n")[:49])
    whole = {unit.id: unit.text for unit in split("k", text).units if unit.kind is not UnitKind.META}
    column = {unit.id: unit.text for unit in split("k", set_in_column(text, width)).units}
    assert whole == {unit_id: column.get(unit_id) for unit_id in whole}
