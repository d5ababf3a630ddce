"""Places of a notice: what people cite, the id it names, and back."""

import pytest

from corpus.bundled import bundled_keys, bundled_notice
from grammar.address import spoken, unit_id
from grammar.addresses import addresses
from grammar.blocks import Line
from grammar.source import Source, Span
from interpreter.notice import UnitKind

CITED = (
    ("二（二）2 第1款第2句第2分句", "k/二/(二)/2/p1/s2/c2"),
    ("二（二）2第1款第2句第2分句", "k/二/(二)/2/p1/s2/c2"),
    ("二(二)2 第１款第２句", "k/二/(二)/2/p1/s2"),
    ("第六条（三）第1句", "k/第六条/(三)/s1"),
    ("第五条（一）第9项", "k/第五条/(一)/i9"),
    ("第十条第3款第1句", "k/第十条/p3/s1"),
    ("第三条1第1句", "k/第三条/1/s1"),
    ("印发第1款第1句", "k/印发/p1/s1"),
    ("引言第1句", "k/引言/s1"),
    ("三（一）第3句", "k/三/(一)/s3"),
    ("二（一）标题", "k/二/(一)/h"),
    ("k/二/(二)/2/p1/s2/c2", "k/二/(二)/2/p1/s2/c2"),
    ("二/(二)/2/p1/s2/c2", "k/二/(二)/2/p1/s2/c2"),
)


@pytest.mark.parametrize(("cited", "unit"), CITED, ids=[c for c, _ in CITED])
def test_a_citation_names_its_unit(cited: str, unit: str) -> None:
    assert unit == unit_id("k", cited)


@pytest.mark.parametrize("cited", ["", "？", "第1", "（", "（）", "第1款（"])
def test_what_is_no_citation_is_refused(cited: str) -> None:
    assert unit_id("k", cited) is None


SPOKEN = (
    ("fumeng-2022/二/(二)/2/p1/s2/c3", "二（二）2第1款第2句第3分句"),
    ("linxi-2017/第六条/(三)/s1", "第六条（三）第1句"),
    ("linxi-2017/第五条/(一)/i9", "第五条（一）第9项"),
    ("fumeng-2022/二/(一)/h", "二（一）标题"),
)


@pytest.mark.parametrize(("unit", "text"), SPOKEN)
def test_a_unit_is_said_as_people_cite_it(unit: str, text: str) -> None:
    assert text == spoken(unit)


@pytest.mark.parametrize("key", bundled_keys())
def test_what_is_said_of_a_unit_names_that_unit_again(key: str) -> None:
    """Both directions, for every unit that states something."""
    notice = bundled_notice(key)
    assert notice is not None
    lost = [(u.id, spoken(u.id)) for u in notice.units if u.kind not in (UnitKind.META, UnitKind.HEADING) and unit_id(key, spoken(u.id)) != u.id]
    assert [] == lost


@pytest.mark.parametrize("key", bundled_keys())
def test_what_is_said_of_a_title_or_signature_names_it_again(key: str) -> None:
    notice = bundled_notice(key)
    assert notice is not None
    assert [] == [(u.id, spoken(u.id)) for u in notice.units if unit_id(key, spoken(u.id)) != u.id]


LISTS = (
    ("二（二）2 第1款第2句；三（一）第3句", ["k/二/(二)/2/p1/s2", "k/三/(一)/s3"]),
    ("二（一）1第2句、第3句", ["k/二/(一)/1/s2", "k/二/(一)/1/s3"]),
    ("二（二）2第1款第2句第1分句、第3分句", ["k/二/(二)/2/p1/s2/c1", "k/二/(二)/2/p1/s2/c3"]),
    ("二（二）2第1款第2句第1分句、第3句", ["k/二/(二)/2/p1/s2/c1", "k/二/(二)/2/p1/s3"]),
    ("第十条第3款第1句，第4款第1句", ["k/第十条/p3/s1", "k/第十条/p4/s1"]),
    ("一第1句至第3句", ["k/一/s1", "k/一/s2", "k/一/s3"]),
)


@pytest.mark.parametrize(("text", "units"), LISTS, ids=[t for t, _ in LISTS])
def test_a_list_of_citations_may_leave_out_what_is_the_same(text: str, units: list[str]) -> None:
    found, faults = addresses(Source("x", text), "k", Line(text, Span(0, len(text))))
    assert ((), units) == (faults, [a.unit for a in found])


def test_a_quote_narrows_a_citation_and_keeps_its_own_width() -> None:
    text = "二（一）3第3句「按照“先保险(后)救助”，５０％」"
    (found,), faults = addresses(Source("x", text), "k", Line(text.replace("(", "（").replace(")", "）"), Span(0, len(text))))
    assert () == faults
    assert ("k/二/(一)/3/s3", "按照“先保险(后)救助”，５０％") == (found.unit, found.quote)


def test_an_unreadable_citation_is_named_and_the_others_stand() -> None:
    text = "二（一）第1句；？？；三（一）第3句"
    found, faults = addresses(Source("x", text), "k", Line(text, Span(0, len(text))))
    assert ["k/二/(一)/s1", "k/三/(一)/s3"] == [a.unit for a in found]
    assert [("bad-address", "读不懂的出处“？？”")] == [(f.code, f.message) for f in faults]


@pytest.mark.parametrize(
    "cited",
    ["第一条（一）至（七）", "第一条（一）至第一条（七）", "第一条第1款至第3款", "第一条第1项至第3项", "第七条至第十条", "第一条第1句至第二条第3句"],
)
def test_a_range_of_anything_but_sentences_is_refused_and_told_how_to_write_it(cited: str) -> None:
    _, faults = addresses(Source("小.policy", cited), "k", Line(cited, Span(0, len(cited))))
    assert [("bad-address", True)] == [(f.code, "逐项写" in f.hint) for f in faults]


def test_a_place_that_cannot_be_read_is_not_called_a_range() -> None:
    _, faults = addresses(Source("小.policy", "？？"), "k", Line("？？", Span(0, 2)))
    assert ["例如"] == [f.hint[:2] for f in faults]
