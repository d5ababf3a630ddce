"""The store: what goes in comes out, earlier versions stay, and a search finds exactly the words asked for."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.bundled import bundled_keys, bundled_notice, bundled_text
from corpus.database import StoreFault
from corpus.paragraphs import split
from corpus.search import match_expression, read_query
from corpus.store import (
    Entry,
    Hit,
    Source,
    Store,
    add_notice,
    close_store,
    list_notices,
    notice_of,
    open_store,
    search_units,
    show_notice,
    source_of,
    versions_of,
)
from interpreter.notice import Notice

DAY = "2026-11-24"


def opened(path: str = ":memory:") -> Store:
    store = open_store(path)
    assert isinstance(store, Store)
    return store


def filled() -> Store:
    store = opened()
    for key in bundled_keys():
        notice = bundled_notice(key)
        assert notice is not None
        add_notice(store, notice, source_of(f"{key}.txt", (bundled_text(key) or "").encode(), DAY))
    return store


@pytest.fixture(scope="module")
def store() -> Store:
    return filled()


@pytest.fixture(scope="module")
def notices() -> tuple[Notice, ...]:
    return tuple(notice for key in bundled_keys() if (notice := bundled_notice(key)))


def test_what_goes_in_comes_out(store: Store, notices: tuple[Notice, ...]) -> None:
    assert [notice.key for notice in notices] == [entry.key for entry in list_notices(store)]
    assert all(notice == notice_of(store, notice.key) for notice in notices)
    entry = show_notice(store, "linxi-2017")
    assert entry is not None
    assert (122, "linxi-2017.txt", DAY) == (entry.units, entry.source.name, entry.source.added)
    assert show_notice(store, "x") is None and notice_of(store, "x") is None and versions_of(store, "x") == ()


@pytest.mark.parametrize(
    "word", ["病", "住院", "门诊", "起付标准", "％", "，", "QQ", "drg", "〔2019〕2号", "一站式", "。", "1.5万元", "鑫", "低保对象、特困人员"]
)
def test_a_search_finds_what_a_scan_finds(store: Store, notices: tuple[Notice, ...], word: str) -> None:
    expected = [unit.id for notice in notices for unit in notice.units if word.lower() in unit.text.lower()]
    assert expected == [hit.unit.id for hit in search_units(store, read_query(word), 10_000)]


def test_every_two_neighbouring_characters_of_a_notice_are_found(store: Store, notices: tuple[Notice, ...]) -> None:
    text = next(unit.text for unit in notices[0].units if unit.id.endswith("二/(四)/s1"))
    for at in range(0, len(text) - 1, 3):
        assert "anyi-2018/二/(四)/s1" in {hit.unit.id for hit in search_units(store, read_query(text[at : at + 2]), 10_000)}, text[at : at + 2]


def test_spans_show_every_word_of_the_query(store: Store) -> None:
    hits = search_units(store, read_query("特困人员 起付"))
    assert hits
    for hit in hits:
        assert {"特困人员", "起付"} == {hit.unit.text[start:end] for start, end in hit.spans}


def test_a_limit_limits(store: Store) -> None:
    assert 3 == len(search_units(store, read_query("医"), 3))
    assert () == search_units(store, read_query("医"), 0)


@pytest.mark.parametrize(
    "query",
    [
        *('"', '""', "*", "医*", "NEAR", "NEAR(医 疗)", "OR", "医 OR 疗", "NOT", "AND", "words:医", "^医", "-医", "医\x00疗"),
        *("(", ")", "'", ";", "{医}", "\\", "%", "\ud800", "a" * 9999),
    ],
)
def test_a_query_is_never_syntax(store: Store, notices: tuple[Notice, ...], query: str) -> None:
    words = read_query(query).words
    texts = [unit.text for notice in notices for unit in notice.units]
    expected = sum(all(word.lower() in text.lower() for word in words) for text in texts) if words else 0
    assert expected == len(search_units(store, read_query(query), 10_000))


@pytest.mark.parametrize("query", ["", "  ", "\x00", "\u202e\u200b", "\n\t"])
def test_a_query_without_a_visible_character_finds_nothing(store: Store, query: str) -> None:
    assert () == search_units(store, read_query(query))


def test_invisible_characters_do_not_hide_a_word(store: Store) -> None:
    assert ("住院",) == read_query("\u202e住院\u2066\x00").words
    assert search_units(store, read_query("住院")) == search_units(store, read_query("\u202e住院\u202c"))


@pytest.mark.parametrize("char", ["\u200b", "\u2060", "\ufff9", "\ufe00", "\U000e0100", "\x00", "\x1b"])
def test_what_a_notice_drops_a_search_drops_too(char: str) -> None:
    store = opened()
    add_notice(store, split("k", f"第一条 住{char}院。\n"), Source("a", "a", DAY))
    for word in ("住院", f"住{char}院"):
        assert ["住院。"] == [hit.unit.text for hit in search_units(store, read_query(word))]


@pytest.mark.parametrize("char", ["\ue001", "\U000f0001"])
def test_a_private_character_is_kept_and_found(char: str) -> None:
    store = opened()
    add_notice(store, split("k", f"第一条 王{char}，送达。\n"), Source("a", "a", DAY))
    assert [f"王{char}，送达。"] == [hit.unit.text for hit in search_units(store, read_query(f"王{char}"))]


def test_a_quotation_mark_is_doubled() -> None:
    assert '"住 """ AND "院"' == match_expression(('住"', "院"))


def test_a_changed_text_is_a_new_version_and_the_old_one_stays() -> None:
    store = opened()
    old, new = split("k", "一、比例\n比例为70%。\n"), split("k", "一、比例\n比例为75%。\n新增一句。\n")
    first = add_notice(store, old, Source("旧.txt", "a", "2026-01-01"))
    second = add_notice(store, new, Source("新.txt", "b", "2026-02-01"))
    assert isinstance(first, Entry) and isinstance(second, Entry)
    assert (new, old) == (notice_of(store, "k"), notice_of(store, "k", first.version))
    assert [second, first] == list(versions_of(store, "k"))
    assert [second] == list(list_notices(store))
    assert () == search_units(store, read_query("70%"))
    assert [Hit("k", new.units[1], ((3, 6),))] == list(search_units(store, read_query("75%")))
    third = add_notice(store, old, Source("旧.txt", "a", "2026-03-01"))
    assert isinstance(third, Entry) and third.version > second.version
    assert old == notice_of(store, "k")


def test_a_new_edition_is_numbered_by_its_own_words_alone() -> None:
    store = opened()
    new = split("k", "第一条 先由保险支付。比例为70%。\n")
    add_notice(store, split("k", "第一条 比例为70%。\n"), Source("旧.txt", "a", DAY))
    add_notice(store, new, Source("新.txt", "b", DAY))
    assert new == notice_of(store, "k")


def test_the_same_text_again_is_no_new_version() -> None:
    store = opened()
    notice = split("k", "第一条 甲。\n")
    assert add_notice(store, notice, Source("a", "a", DAY)) == add_notice(store, notice, Source("b", "a", "2027-01-01"))


def test_a_store_is_kept_on_disk_and_a_refused_notice_leaves_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "库.db")
    notice = split("k", "第一条 甲。\n")
    store = opened(path)
    add_notice(store, notice, Source("a", "a", DAY))
    close_store(store)
    store = opened(path)
    twice = Notice("m", "重复", notice.units * 2)
    fault = add_notice(store, twice, Source("a", "b", DAY))
    assert isinstance(fault, StoreFault) and "未入库" in fault.message
    assert ["k"] == [entry.key for entry in list_notices(store)]
    add_notice(store, split("n", "第一条 乙。\n"), Source("a", "c", DAY))
    close_store(store)
    assert ["k", "n"] == [entry.key for entry in list_notices(opened(path))]


def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path) -> None:
    text, other = tmp_path / "a.txt", tmp_path / "other.db"
    text.write_text("不是数据库" * 999, encoding="utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    before = text.read_bytes(), other.read_bytes()
    for path in (text, other, tmp_path / "no" / "such.db"):
        fault = open_store(str(path))
        assert isinstance(fault, StoreFault) and fault.message.endswith("。")
    assert before == (text.read_bytes(), other.read_bytes())


def test_splitting_and_reading_import_no_database() -> None:
    code = (
        "import sys, corpus.readers, corpus.bundled, corpus.search; corpus.bundled.bundled_notice('linxi-2017');"
        "print([name for name in sys.modules if 'sqlite' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
