"""The five notices against the paragraph maps made by hand, and against every quotation that names its unit.

`maps/*.txt` hold `id<TAB>lines of its paragraph<TAB>begins with` for each leaf, transcribed from the markdown tables of the rule analysis (never
from the splitter). The tables of naiman-2019 and anyi-2018 stop at sentences, and give no ids to the covering letter; the others name every leaf.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.bundled import bundled_keys, bundled_notice, bundled_text
from corpus.paragraphs import split
from interpreter.notice import Notice

HERE = Path(__file__).parent
COMPLETE = ("fumeng-2022", "gansu-2018", "linxi-2017")
TO_SENTENCES = ("anyi-2018", "naiman-2019")
#: Bundled with their policies, without a map made by hand: the trials of the drafter's manual.
STATUTES = ("gongshang-2010", "susong-2006")


def notice(key: str) -> Notice:
    found = bundled_notice(key)
    assert found is not None
    return found


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def without_clause(unit_id: str) -> str:
    return re.sub(r"/c\d+$", "", unit_id)


@pytest.mark.parametrize("key", COMPLETE)
def test_the_ids_are_those_of_the_map_no_more_and_no_less(key: str) -> None:
    assert [row[0] for row in rows(f"maps/{key}.txt")] == [unit.id for unit in notice(key).units]


@pytest.mark.parametrize("key", TO_SENTENCES)
def test_the_sentences_are_those_of_the_map(key: str) -> None:
    found = dict.fromkeys(without_clause(unit.id) for unit in notice(key).units if "/印发/" not in unit.id)
    assert [row[0] for row in rows(f"maps/{key}.txt")] == list(found)


@pytest.mark.parametrize("key", COMPLETE + TO_SENTENCES)
def test_every_unit_of_the_map_stands_on_its_lines_and_begins_as_printed(key: str) -> None:
    for unit_id, lines, begins in rows(f"maps/{key}.txt"):
        units = notice(key).under(unit_id)
        first, _, last = lines.partition("-")
        assert all(int(first) <= unit.first_line <= unit.last_line <= int(last or first) for unit in units), unit_id
        assert "".join(unit.text for unit in units).startswith(begins) or begins.startswith(units[0].text), unit_id


@pytest.mark.parametrize(("unit_id", "quotation"), [pytest.param(*row, id=f"quote-{n}") for n, row in enumerate(rows("quotes.tsv"), 1)])
def test_a_quotation_stands_in_the_unit_it_names(unit_id: str, quotation: str) -> None:
    text = tight("".join(unit.text for unit in notice(unit_id.split("/")[0]).under(unit_id)))
    assert all(part in text for part in tight(quotation).split("…"))


@pytest.mark.parametrize(
    ("unit_id", "text"),
    [
        ("linxi-2017/第五条/(一)/i16", "糖尿病"),
        ("linxi-2017/第五条/(一)/i24", "肾病综合征"),
        ("linxi-2017/第十六条/s2", "其它医疗机构所发生的费用不予补偿。"),
        ("fumeng-2022/二/(二)/2/p2/s2/c3", "救助比例与基本救助比例一致。"),
        ("anyi-2018/六/(二十四)/p2/s1", "本方案自2018年1月1日起实施。"),
        ("naiman-2019/印发/抄送", "抄送：旗委各部委办局，人大办、政协办、纪委办，各人民团体，驻奈中区市直各单位。"),
        ("naiman-2019/印发/题", "奈曼旗人民政府办公室关于印发奈曼旗2019年健康扶贫政策的通知"),
        ("anyi-2018/印发/题", "安义县人民政府办公室关于印发《关于推进健康扶贫再提升工程的实施方案》的通知"),
    ],
)
def test_a_unit_holds_exactly_this(unit_id: str, text: str) -> None:
    assert text == notice(unit_id.split("/")[0]).by_id[unit_id].text


COVER_LETTERS = {
    "naiman-2019": ("发文机关", "文号", "签发人", "题", "主送", "p1/s1", "抄送", "印发机关", "印发日期"),
    "anyi-2018": ("题", "主送", "p1/s1"),
}


@pytest.mark.parametrize("key", COVER_LETTERS)
def test_a_covering_letter_has_a_segment_of_its_own(key: str) -> None:
    found = [unit.id.removeprefix(f"{key}/印发/") for unit in notice(key).units if unit.id.startswith(f"{key}/印发/")]
    assert list(COVER_LETTERS[key]) == found


LABEL = re.compile(r"(第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.．、]|、)*")


@pytest.mark.parametrize("key", COMPLETE + TO_SENTENCES)
def test_every_character_is_in_one_unit_or_is_a_label_layout_or_web_page(key: str) -> None:
    source = (Path("corpus/notices") / f"{key}.txt").read_text(encoding="utf-8").split("\n")
    text = tight("".join(source[6:49] if key == "anyi-2018" else source))
    at = 0
    for piece in (piece for unit in notice(key).units for piece in unit.text.split("／")):
        start = text.index(piece, at)
        assert LABEL.fullmatch(text[at:start]), text[at:start]
        at = start + len(piece)
    assert LABEL.fullmatch(text[at:])


def test_the_hash_of_a_unit_depends_on_its_words_only() -> None:
    unit = notice("fumeng-2022").by_id["fumeng-2022/二/(二)/2/p2/s2/c3"]
    assert sha256("救助比例与基本救助比例一致。".encode()).hexdigest()[:16] == unit.digest
    text = bundled_text("fumeng-2022") or ""
    moved = split("other", "\r\n\r\n" + text.replace("救助比例与", "  救助 比例\u200b与　").replace("\n", "\r\n"))
    assert [each.digest for each in notice("fumeng-2022").units] == [each.digest for each in moved.units]
    assert unit.digest != split("other", text.replace("救助比例与基本", "救助比率与基本")).by_id["other/二/(二)/2/p2/s2/c3"].digest


def test_five_notices_and_two_statutes_are_bundled_and_no_other() -> None:
    assert tuple(sorted(COMPLETE + TO_SENTENCES + STATUTES)) == bundled_keys()
    assert bundled_notice("nothing-2020") is None
    assert bundled_notice("../bundled") is None
