"""Readers: what every encoding gives, and what is said of files that give nothing."""

from pathlib import Path

import pytest

from corpus.html_text import text_of_html
from corpus.paragraphs import split
from corpus.readers import MAX_BYTES, NoticeText, Unreadable, read_notice_bytes

TEXT = "一、总则\r\n\r\n低保对象䶮某，救助比例为70％。\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
def test_each_encoding_gives_the_same_lines(encoding: str, name: str) -> None:
    read = read_notice_bytes("通知.txt", TEXT.encode(encoding))
    assert NoticeText("通知.txt", name, ("一、总则", "", "低保对象䶮某，救助比例为70％。", "")) == read


def test_utf16_big_endian_is_read() -> None:
    read = read_notice_bytes("a.txt", b"\xfe\xff" + "第一条 甲。".encode("utf-16-be"))
    assert isinstance(read, NoticeText)
    assert "第一条 甲。" == read.text


def test_a_gbk_notice_has_the_same_units_as_a_utf8_one() -> None:
    text = Path("corpus/notices/naiman-2019.txt").read_text(encoding="utf-8")
    read = read_notice_bytes("a.txt", text.encode("gb18030"))
    assert isinstance(read, NoticeText)
    assert split("k", text) == split("k", read.text)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "empty"),
        ("空.txt", b" \r\n\n", "empty"),
        ("空.txt", b"\xef\xbb\xbf\n", "empty"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "binary"),
        ("库.txt", bytes(range(256)) * 20, "binary"),
        ("乱.txt", b"\xff\xff\xff\xff abc", "undecodable"),
        ("半.txt", b"\xff\xfeabc", "undecodable"),
        ("大.txt", b"a" * (MAX_BYTES + 1), "too-large"),
        ("通知.docx", b"PK\x03\x04 rest", "not-supported"),
        ("通知.PDF", b"%PDF-1.7 rest", "not-supported"),
        ("通知", b"%PDF-1.7 rest", "not-supported"),
        ("页.html", b"<html><script>var a</script></html>", "empty"),
    ],
)
def test_a_file_without_text_is_refused_in_chinese(name: str, data: bytes, code: str) -> None:
    read = read_notice_bytes(name, data)
    assert isinstance(read, Unreadable)
    assert code == read.code
    assert name in read.message and read.message.endswith("。")


PAGE = """<!DOCTYPE html>
<html><head><title>某县政府网</title><style>p{}</style></head>
<body><nav><a>首页</a></nav><form>
<h1>救助办法</h1>
<p>第一条&nbsp;为了救助<b>困难群众</b>，
制定本办法。</p><script>alert("第九条")</script>
<p>第二条 低保对象70%。<br>特困人员80%。</p>
<div>主办：某县人民政府</div></form></body></html>"""


def test_a_page_gives_its_text_with_its_source_lines() -> None:
    read = read_notice_bytes("a.html", PAGE.encode("gb18030"))
    assert isinstance(read, NoticeText)
    units = {unit.id: (unit.text, unit.first_line) for unit in split("k", read.text).units}
    assert {
        "k/题": ("救助办法", 4),
        "k/第一条/s1": ("为了救助困难群众，制定本办法。", 5),
        "k/第二条/p1/s1": ("低保对象70%。", 7),
        "k/第二条/p2/s1": ("特困人员80%。", 8),
    } == units


def test_a_page_named_as_text_is_still_read_as_a_page() -> None:
    assert "script" not in getattr(read_notice_bytes("a.txt", PAGE.encode()), "text", "script")


@pytest.mark.parametrize("source", ["<", "<p", "</p></p>", "<nav>" * 1000 + "<body>字", "&#x110000;字", "<!-- <p>字", "<![CDATA[字"])
def test_broken_markup_is_read_without_a_fault(source: str) -> None:
    assert isinstance(text_of_html(source), str)
