"""What is exported says what was decided and nothing that a reader's program would obey."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from corpus.workspace import Workspace
from tui.export.amounts import safe
from tui.export.blocks import Heading, Item, Items, Para, Quote, Table
from tui.export.content import content
from tui.export.formats import FORMATS
from tui.export.markdown import escaped, markdown
from tui.export.page import html
from tui.screens.case import Case, open_case, opened
from tui.screens.samples import Sample
from tui.text.steps import citation

WORKSPACE = Workspace.open()
WRITE = {f.ending: f.write for f in FORMATS}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="x',
    "[x](javascript:1)",
    "| a | b",
    "\u202e0001",
    "\x1b]0;x\x07",
    "<!--",
    "&lt;b&gt;",
    "=HYPERLINK(1)",
)


def case_of(policy: str = "fumeng-2022", sample: str = "b-two-stays") -> Case:
    case, message = open_case(WORKSPACE, policy, sample)
    assert case, message
    return case


def strange(payload: str) -> Case:
    case = case_of(sample="a-county-stay")
    return opened(case.policy, Sample("fumeng-2022", payload, payload, case.data))


class Reader(HTMLParser):
    """Tags, attributes and words as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


# --- what is said


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_every_outcome_every_payer_every_quote_and_every_reason_is_told(ending: str) -> None:
    case = case_of()
    assert case.decision
    result = case.policy.result(case.decision)
    text = WRITE[ending](case)
    said = (Reader(text).words if ending == ".html" else text.replace("\\", "")).replace(",", "")
    for visit in result["就诊"]:
        for row in visit["瀑布"]:
            assert row["付费方"] in said and row["金额"] in said
        assert all(name in said for name, value in visit["结果"].items() if value != "不适用")
        assert all(row["原文"] in said.replace(" ", "") or row["原文"] in said for row in visit["适用"] if "约定" not in row["条款"])
        assert all(row["条款"] in said for row in visit["未适用"])
    for title in ("填报的内容（第2笔）", "谁付多少", "怎样算出来的", "没有适用的条款", "用到的参数", "用到的读法", "各笔合计"):
        assert title in said
    assert result["政策哈希"] in said


@pytest.mark.parametrize("policy", WORKSPACE.keys())
def test_every_policy_is_written_in_every_format(policy: str) -> None:
    assert all(f.write(case_of(policy, "")) for f in FORMATS)


def test_what_is_undetermined_says_what_is_missing() -> None:
    case = case_of("linxi-2017", "c-undetermined")
    texts = [i.text for block in content(case) if isinstance(block, Items) for i in block.items]
    assert "“医保报销”待定：缺少住院管理类基础报销比例" in texts


def test_the_json_is_the_result() -> None:
    case = case_of()
    assert case.decision
    assert case.policy.result(case.decision) == json.loads(WRITE[".json"](case))


def test_the_amounts_are_those_of_the_result() -> None:
    case = case_of()
    assert case.decision
    text = WRITE[".csv"](case)
    assert text.startswith("\ufeff笔,类别,项目,结果\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    visits = case.policy.result(case.decision)["就诊"]
    borne = [{r["项目"]: r["结果"] for r in rows if (r["笔"], r["类别"]) == (str(n), "负担")} for n in (1, 2)]
    assert [{w["付费方"]: w["金额"] for w in v["瀑布"]} for v in visits] == borne


# --- what is not obeyed


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_title_is_words_in_html(payload: str) -> None:
    page = Reader(WRITE[".html"](strange(payload)))
    plain = Reader(WRITE[".html"](strange("甲")))
    assert (plain.tags, plain.attributes) == (page.tags, page.attributes)
    assert "\u202e" not in page.words and "\x1b" not in page.words
    if payload.isprintable():
        assert payload in page.words


def test_hostile_words_are_inert_in_every_block() -> None:
    for bad in HOSTILE:
        blocks = [Heading(1, bad), Para(bad), Table((bad,), ((bad,),)), Items((Item(bad, bad, (Quote(bad, bad),)),))]
        assert {"html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "div"} | {
            "blockquote"
        } == Reader(html(blocks)).tags
        lines = markdown(blocks).splitlines()
        assert 11 == len(lines)
        assert not any(re.search(r"(?<!\\)[<\[]", line) for line in lines)
        assert 2 == len(re.findall(r"(?<!\\)\|", lines[4]))


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = WRITE[".html"](case_of())
    assert not re.search(r"https?:|//|@import|url\(|src=|href=", page)
    assert "default-src 'none'" in page and "@media print" in page


@pytest.mark.parametrize("text", ["# 甲", "- 甲", "1. 甲", "12) 甲", "=甲", "+ 甲", "!甲"])
def test_a_line_does_not_begin_as_markup(text: str) -> None:
    assert escaped(text) != text and escaped(text).replace("\\", "") == text


def test_dates_and_figures_stay_readable_in_markdown() -> None:
    assert "2023-03-14" == escaped("2023-03-14") and "-12.50元" == escaped("-12.50元") and "12.50" == escaped("12.50")


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", "＝1", "|cmd", "%x", "-甲"])
def test_a_cell_is_no_formula(cell: str) -> None:
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-12.50", "12.50", "甲=乙", "0"])
def test_a_number_and_words_stay_as_they_are(cell: str) -> None:
    assert cell == safe(cell)


def test_a_citation_names_notice_place_and_words() -> None:
    case = case_of(sample="a-county-stay")
    assert case.explanation
    fired = next(f for f in case.explanation.fired if f.origin.anchors)
    said = citation(case.book.name, fired.origin.anchors[:1])
    assert said.startswith(f"《{case.book.name}》") and said.endswith(f"「{fired.origin.anchors[0].quote}」")
    assert fired.origin.anchors[0].quote in "".join(u.text for u in case.policy.notice.units)
