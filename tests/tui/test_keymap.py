"""The person's own keys: the default file changes nothing, each fault is said and its line passed over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.keymap import is_key, own_keys, printed, slug
from tui.screens.key_names import all_keys

NAMES = all_keys()


def read(tmp_path: Path, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    (tmp_path / "keys.toml").write_text(text, encoding="utf-8")
    return own_keys(tmp_path / "keys.toml", NAMES)


def test_the_default_file_equals_the_defaults(tmp_path: Path) -> None:
    assert ({n.id: n.keys for n in NAMES}, ()) == read(tmp_path, printed(NAMES))


def test_every_name_is_one_action_with_chinese_words() -> None:
    assert len({n.id for n in NAMES}) == len(NAMES)
    assert all(n.name and n.said for n in NAMES)
    assert {"everywhere.help", "assess.readings", "assess.undo", "draft.save", "search.copy", "train.hint"} <= {n.id for n in NAMES}


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert ({}, ()) == own_keys(tmp_path / "keys.toml", NAMES)


def test_keys_are_changed_and_exchanged(tmp_path: Path) -> None:
    chosen, faults = read(tmp_path, '[assess]\nreadings = "n, f12"\nnext-sample = "d"\n')
    assert ({"assess.readings": "n,f12", "assess.next-sample": "d"}, ()) == (chosen, faults)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[assess\n", "第1行写法不对"),
        ('[asess]\nx = "d"', "是否指“assess”"),
        ('[assess]\nreading = "d"', "是否指“readings”"),
        ("[assess]\nreadings = 3", "“3”不是键"),
        ('[assess]\nreadings = ""', "不是键"),
        ('[assess]\nreadings = "crtl+d"', "“crtl+d”不是键"),
        ('assess = "d"', "一行一个动作"),
        ('[assess]\nreadings = "n"', "已经是“下一个病例”（assess.next-sample），“读法”照旧"),
        ('[assess]\nreadings = "?"', "已经是“说明”（everywhere.help）"),
        ('[everywhere]\nhelp = "f2"', "照旧"),
    ],
)
def test_a_fault_is_said_and_passed_over(text: str, said: str, tmp_path: Path) -> None:
    chosen, faults = read(tmp_path, text)
    assert {} == chosen and 1 == len(faults) and said in faults[0]


def test_what_is_right_beside_a_fault_counts(tmp_path: Path) -> None:
    assert {"assess.undo": "u"} == read(tmp_path, '[assess]\nundo = "u"\nreadings = "n"\nnone = "x"\n')[0]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 200_000, b"a = " + b"[" * 5000], ids=["bytes", "long", "deep"])
def test_a_file_that_is_no_such_file_is_passed_over(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_bytes(data)
    chosen, faults = own_keys(tmp_path / "keys.toml", NAMES)
    assert {} == chosen and 1 == len(faults)


@pytest.mark.parametrize("key", ["d", "Z", "读", "?", "f12", "ctrl+s", "ctrl+shift+f5", "slash", "at", "fullwidth_question_mark", "pagedown", "left"])
def test_these_are_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize("key", ["", "crtl+s", "ctrl+", "f1 2", "甲乙", "\x1b", "ctrl", "\u202e"])
def test_these_are_none(key: str) -> None:
    assert not is_key(key)


def test_names_are_made_of_the_action() -> None:
    assert ["command-palette", "pane-form", "visit-back", "mark-甲"] == [
        slug(a) for a in ("app.command_palette", "pane('form')", "visit(-1)", "mark('甲')")
    ]


def youju(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = os.environ | {"YOUJU_HOME": str(home), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "tui.cli", "keys", *words], env=env, capture_output=True, encoding="utf-8", check=False)


def test_the_command_prints_the_defaults_and_finds_faults(tmp_path: Path) -> None:
    done = youju(tmp_path, "--print-default")
    (tmp_path / "keys.toml").write_text(done.stdout + '\n[nowhere]\nx = "y"\n', encoding="utf-8")
    assert (0, "") == (done.returncode, done.stderr)
    done = youju(tmp_path)
    assert 1 == done.returncode and f"改了 {len(NAMES)} 个" in done.stdout and "没有“nowhere”这一处" in done.stderr
