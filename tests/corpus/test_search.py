"""A query as typed: words, excluded words, limits; over the bundled notices and the user's own."""

from pathlib import Path

import pytest

from corpus.bundled import bundled_keys, bundled_notice
from corpus.own import make_private, store_path
from corpus.paragraphs import split
from corpus.search import LONGEST, Query, complaint, read_query, spans_of
from corpus.shelves import close_shelves, found_in, notice_in, open_shelves
from corpus.store import Source, Store, add_notice, close_store, open_store
from interpreter.notice import Unit


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("住院 异地", Query(("住院", "异地"))),
        ("住院　-门诊", Query(("住院",), ("门诊",))),
        ("住院 －门诊", Query(("住院",), ("门诊",))),
        ("住院 文:fumeng-2022", Query(("住院",), (), (("文", "fumeng-2022"),))),
        ("住院 文： 阜蒙", Query(("住院",), (), (("文", "阜蒙"),))),
        ('"-门诊" “文:住院”', Query(("-门诊", "文:住院"))),
        ("「A B」 住院", Query(("A B", "住院"))),
        ('-"A B" 住院', Query(("住院",), ("A B",))),
        ("- 文: 住", Query(("-",), (), (("文", "住"),))),
        ("文:", Query(("文:",))),
        ('"住', Query(('"住',))),
        ('""', Query()),
        ("别的:住院", Query(("别的:住院",))),
    ],
)
def test_a_query_is_read(typed: str, read: Query) -> None:
    assert read == read_query(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "没有可找"), ("-门诊", "还要写一个"), ("文:x", "还要写一个"), ("医" * (LONGEST + 1), f"最多 {LONGEST} 个字"), ("医" * LONGEST, "")],
    ids=["empty", "only-without", "only-a-limit", "too-long", "just-not-too-long"],
)
def test_what_cannot_be_searched_for_is_said(typed: str, said: str) -> None:
    complained = complaint(read_query(typed))
    assert (said in complained) if said else complained == ""


def test_an_excluded_word_leaves_nothing_to_show() -> None:
    assert ((0, 2),) == spans_of("住院费用", read_query("住院 -门诊"))
    assert () == spans_of("住院和门诊费用", read_query("住院 -门诊"))
    assert () == spans_of("住院费 ICU", read_query("住院 -icu"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "家"))
    make_private(store_path())
    store = open_store(str(store_path()))
    assert isinstance(store, Store)
    add_notice(store, split("我的", "关于住院的通知\n第一条 住院押金麒麟。\n第二条 门诊押金麒麟。\n"), Source("我的.txt", "a", "2026-11-24"))
    close_store(store)
    return store_path()


def scanned(keep: str, drop: str, keys: tuple[str, ...]) -> list[str]:
    units: list[Unit] = [unit for key in keys for unit in getattr(bundled_notice(key), "units", ())]
    return [u.id for u in units if keep in u.text and not (drop and drop in u.text)]


def test_bundled_notices_and_the_users_own_are_searched_together(own: Path) -> None:
    shelves = open_shelves()
    assert ["我的/第一条/s1", "我的/第二条/s1"] == [hit.unit.id for hit in found_in(shelves, read_query("麒麟"), 10)]
    assert ["我的/第一条/s1"] == [hit.unit.id for hit in found_in(shelves, read_query("麒 麟 -门诊"), 10)]
    expected = scanned("住院", "门诊", bundled_keys())
    assert expected == [h.unit.id for h in found_in(shelves, read_query("住院 -门诊"), 999) if h.key != "我的"]
    notice = notice_in(shelves, "我的")
    assert notice is not None and "住院押金麒麟。" == notice.units[-2].text
    close_shelves(shelves)


def test_a_limit_is_a_key_or_a_part_of_a_title() -> None:
    shelves = open_shelves()
    key = bundled_keys()[0]
    notice = bundled_notice(key)
    assert notice is not None
    expected = scanned("医", "", (key,))
    assert expected
    for limit in (key, key.upper(), notice.title):
        assert expected == [hit.unit.id for hit in found_in(shelves, read_query(f"医 文:“{limit}”"), 999)]
    both = read_query(f"医 文:{bundled_keys()[0]} 文:{bundled_keys()[1]}")
    assert scanned("医", "", bundled_keys()[:2]) == [hit.unit.id for hit in found_in(shelves, both, 999)]
    assert () == found_in(shelves, read_query("医 文:没有这一份"), 999)


def test_a_store_that_does_not_open_is_told_and_the_bundled_ones_are_searched(own: Path) -> None:
    own.write_bytes(b"x" * 5000)
    shelves = open_shelves()
    assert "不是本系统建立" in shelves.message
    assert found_in(shelves, read_query("医"), 1)


def test_the_users_store_is_for_the_user_alone(own: Path) -> None:
    assert 0o600 == own.stat().st_mode & 0o777
    assert 0o700 == own.parent.stat().st_mode & 0o777
