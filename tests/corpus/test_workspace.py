"""Where a policy finds its notice, and what is no policy."""

from pathlib import Path

import pytest

from corpus.own import own_notice, store_path
from corpus.paragraphs import split
from corpus.policies import bundled_policy_keys
from corpus.store import Entry, Store, add_notice, close_store, open_store, source_of
from corpus.workspace import Policy, Workspace, notice_key
from grammar.source import Source

KEY = "甲-2020"
POLICY = """政策：门诊补助办法
原文：甲-2020　// 县里的那一份
计算日期：就诊日期

【术语】
就诊日期，日期，填报。
费用，金额，填报。
补助，金额，结果。

【条款 补助】
依据：第一条第1句
「补助为费用的50%。」
"""
NOTICE = "门诊补助办法\n第一条　补助为费用的{}%。\n"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user who has added nothing yet."""
    folder = tmp_path / "家"
    folder.mkdir()
    monkeypatch.setenv("YOUJU_HOME", str(folder))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "甲.policy"
    made.write_text(POLICY, encoding="utf-8")
    return made


def keep(text: str, key: str = KEY) -> None:
    """Into the user's store."""
    store = open_store(str(store_path()))
    assert isinstance(store, Store)
    assert isinstance(add_notice(store, split(key, text), source_of("通知.txt", text.encode(), "2026-11-24")), Entry)
    close_store(store)


def opened(path: Path) -> Policy:
    policy, message = Workspace.open().policy(str(path))
    assert policy is not None and message == "", message
    return policy


def refused(path: Path) -> str:
    policy, message = Workspace.open().policy(str(path))
    assert policy is None
    return message


def test_a_notice_beside_the_policy_comes_before_the_users_store(path: Path) -> None:
    keep(NOTICE.format(50))
    assert split(KEY, NOTICE.format(50)) == opened(path).notice
    path.with_name(f"{KEY}.txt").write_text(NOTICE.format(60), encoding="utf-8")
    assert split(KEY, NOTICE.format(60)) == opened(path).notice


def test_a_bundled_notice_comes_before_the_users_store(path: Path) -> None:
    keep(NOTICE.format(50), "susong-2006")
    path.write_text(POLICY.replace(KEY, "susong-2006"), encoding="utf-8")
    assert "诉讼费用交纳办法" == opened(path).notice.title


def test_the_digest_of_a_citation_is_of_the_notice_used(path: Path) -> None:
    keep(NOTICE.format(60))
    keep(NOTICE.format(50))
    digests = {anchor.digest for rule in opened(path).compiled().book.rules for anchor in rule.origin.anchors}
    assert {split(KEY, NOTICE.format(50)).units[-1].digest} == digests


def test_without_a_notice_anywhere_the_three_places_are_told(path: Path) -> None:
    keep(NOTICE.format(50), "乙-2020")
    message = refused(path)
    assert "找不到原文“甲-2020”" in message and "甲-2020.txt" in message and "--key 甲-2020" in message


@pytest.mark.parametrize(("data", "said"), [(b"", "空文件"), (b"\x7fELF\x00\x00\x01\x02" * 20, "二进制"), (b"%PDF-1.7", "暂不支持")])
def test_a_notice_beside_that_cannot_be_read_says_why(path: Path, data: bytes, said: str) -> None:
    keep(NOTICE.format(50))
    path.with_name(f"{KEY}.txt").write_bytes(data)
    assert said in refused(path)


def test_a_file_in_the_place_of_the_store_is_told(path: Path, home: Path) -> None:
    (home / "corpus.db").write_bytes(b"not a store" * 100)
    assert "未作任何改动" in refused(path)


def test_no_store_is_made_by_looking(path: Path, home: Path) -> None:
    refused(path)
    assert [] == list(home.iterdir())


def test_no_notice_is_kept_under_an_invisible_key() -> None:
    keep(NOTICE.format(50))
    assert (None, "") == own_notice("\udcff")


@pytest.mark.parametrize("text", ["", "// 还没有写\n", NOTICE.format(50)])
def test_a_text_without_policy_in_it_is_refused(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.with_name("甲.txt").write_text(NOTICE.format(50), encoding="utf-8")
    assert "不是政策" in refused(path)


def test_a_head_alone_is_a_policy(path: Path) -> None:
    path.write_text("政策：门诊补助办法\n原文：甲-2020\n", encoding="utf-8")
    keep(NOTICE.format(50))
    assert KEY == opened(path).key


@pytest.mark.parametrize(
    ("text", "key"),
    [("原文：甲-2020", KEY), ("　原文: 甲-2020。\n", KEY), (POLICY, KEY), ("原文：甲(2020)", "甲(2020)"), ("【条款】\n原文：甲", ""), ("", "")],
)
def test_the_key_is_that_of_the_head(text: str, key: str) -> None:
    assert key == notice_key((Source("a", "政策：乙\n"), Source("b", text)))


def test_the_key_is_read_as_the_parser_reads_it() -> None:
    for key in bundled_policy_keys():
        policy, _ = Workspace.open().policy(key)
        assert policy is not None
        assert {key} == {d.head_value("原文") for d in policy.compiled().documents} - {""} == {notice_key(policy.sources)}


def test_a_parameter_set_opens_with_the_policy_of_its_folder(path: Path) -> None:
    path.with_name(f"{KEY}.txt").write_text(NOTICE.format(50), encoding="utf-8")
    chosen = path.with_name("参数-示范.policy")
    chosen.write_text("参数集：示范\n\n【案例 半数】\n第1笔：就诊日期为2020年5月1日，费用为100元\n应得：补助为50元\n", encoding="utf-8")
    assert 0 == len(opened(path.parent).test().cases)
    assert 1 == len(opened(chosen).test().cases)
