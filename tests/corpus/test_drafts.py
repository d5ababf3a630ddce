"""Policy files are saved whole, as they were, and never over somebody else's change; what is unsaved is kept."""

import os
import stat
from pathlib import Path

import pytest

from corpus.beginnings import begin, copy_bundled, title_of
from corpus.drafts import Changed, Fault, Opened, is_changed, open_text, save_text
from corpus.unsaved import Kept, forget, keep, kept_of, unsaved_place
from corpus.workspace import Workspace


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    return tmp_path


def opened(path: Path) -> Opened:
    found = open_text(path)
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize(
    "data", [b"\xe7\x94\xb2\n\xe4\xb9\x99", b"\xef\xbb\xbf\xe7\x94\xb2\r\n\xe4\xb9\x99\r\n", b""], ids=["plain", "mark-crlf", "empty"]
)
def test_a_file_saved_without_a_change_is_the_same_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "甲.policy"
    path.write_bytes(data)
    found = opened(path)
    assert "\r" not in found.text
    assert isinstance(save_text(found, found.text), Opened)
    assert data == path.read_bytes()


def test_permissions_are_kept_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "甲.policy", tmp_path / "乙.policy"
    path.write_text("甲", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    assert isinstance(save_text(opened(link), "乙"), Opened)
    assert link.is_symlink()
    assert ("乙", 0o640) == (path.read_text(encoding="utf-8"), stat.S_IMODE(path.stat().st_mode))
    assert ["乙.policy", "甲.policy"] == sorted(p.name for p in tmp_path.iterdir())


def test_a_change_from_outside_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "甲.policy"
    path.write_text("甲", encoding="utf-8")
    found = opened(path)
    path.write_text("别人的", encoding="utf-8")
    assert is_changed(found)
    assert Changed(gone=False) == save_text(found, "我的")
    assert "别人的" == path.read_text(encoding="utf-8")
    path.unlink()
    assert Changed(gone=True) == save_text(found, "我的")
    assert isinstance(save_text(found, "我的", over=True), Opened)
    assert "我的" == path.read_text(encoding="utf-8")


def test_a_crash_while_saving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.policy"
    path.write_text("旧", encoding="utf-8")
    found = opened(path)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    assert isinstance(save_text(found, "新"), Fault)
    assert ["旧"] == [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()]


def test_invisible_characters_are_written_out_when_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.policy"
    path.write_text("甲\u202e乙\u2028丙", encoding="utf-8")
    found = opened(path)
    assert ("甲\\u202e乙\\u2028丙", 2) == (found.text, found.escaped)


def test_what_is_unsaved_is_kept_for_the_user_alone_until_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "甲.policy"
    assert kept_of(path) is None
    assert keep(path, Kept("写到一半", "原"))
    assert Kept("写到一半", "原") == kept_of(path)
    assert 0o600 == stat.S_IMODE(unsaved_place(path).stat().st_mode)
    assert keep(path, Kept("又写了些", "原"))
    assert 0o600 == stat.S_IMODE(unsaved_place(path).stat().st_mode)
    unsaved_place(path).write_bytes(b"{")
    assert kept_of(path) is None
    forget(path)
    assert not unsaved_place(path).exists()


def test_a_new_policy_is_a_folder_that_opens_and_nothing_is_written_over(tmp_path: Path) -> None:
    notice = tmp_path / "补助.txt"
    notice.write_text("补助办法\n第一条　补助为100元。\n", encoding="utf-8")
    found = title_of(str(notice))
    assert not isinstance(found, Fault)
    assert begin(tmp_path / "新", *found) is None
    policy, message = Workspace.open().policy(str(tmp_path / "新"))
    assert policy, message
    assert ["补助/题", "补助/第一条/s1"] == [u.id for u in policy.notice.units]
    assert [] == [d.code for d in policy.compiled().diagnostics]
    assert isinstance(begin(tmp_path / "新", *found), Fault)
    assert isinstance(title_of("没有这个"), Fault)


def test_a_bundled_policy_copied_out_decides_as_before(tmp_path: Path) -> None:
    assert copy_bundled("linxi-2017", tmp_path / "林西") is None
    workspace = Workspace.open()
    ours, theirs = workspace.policy(str(tmp_path / "林西"))[0], workspace.policy("linxi-2017")[0]
    assert ours and theirs
    assert theirs.notice == ours.notice
    assert sorted(s.text for s in theirs.sources) == sorted(s.text for s in ours.sources)
