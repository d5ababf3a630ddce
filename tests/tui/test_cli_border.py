"""The edge of the program: what is imported, what goes where, how it ends. Through real processes where only those can tell."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import tui.commands.run
from corpus.workspace import Policy
from tui.cli import COMMANDS, main
from tui.commands.parser import in_chinese
from tui.text.canonical import canonical
from tui.text.console import json_text
from tui.text.layout import columns, width_of, wrapped

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("textual", "numpy", "sqlite3", "sqlite_utils", "rich")
SAMPLE = "docs/示例/理赔.json"


def youju(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tui.cli", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


LIGHT = ("run", "check", "test", "read", "fmt", "graph", "curve", "corpus units")


@pytest.mark.parametrize("module", ["tui.cli", *(c.module for c in COMMANDS if c.name in LIGHT)])
def test_a_command_starts_without_the_heavy_libraries(module: str) -> None:
    probe = f"import sys, json, {module}; print(json.dumps([n for n in {HEAVY!r} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert [] == json.loads(done.stdout)


def test_the_list_of_commands_is_cheap_to_see() -> None:
    probe = "import sys, tui.cli; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert "False" == done.stdout.strip()


@pytest.mark.parametrize("command", [c.name for c in COMMANDS])
def test_every_command_explains_itself_in_chinese(command: str) -> None:
    done = youju(*command.split(), "--help")
    assert (0, "") == (done.returncode, done.stderr)
    assert f"用法：youju {command}" in done.stdout
    assert not [word for word in ("usage", "positional", "options:", "show this") if word in done.stdout]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runn"], "是否指“run”"),
        (["corpus"], "youju corpus add"),
        (["corpus", "ad"], "是否指“corpus add”"),
        (["run"], "缺少 POLICY"),
        (["run", "fumeng-2022", SAMPLE, "--jsn"], "不认识 --jsn"),
        (["check", "--format", "xml"], "可选：text、json"),
        (["read", "fumeng-2022", "--clause"], "--clause 后面要写一个值"),
        (["fmt", "a", "--check", "--write"], "不能与"),
        (["corpus", "search", "起付", "--limit", "x"], "--limit 不能是“x”"),
        (["help", "没有"], "没有命令“没有”"),
    ],
)
def test_wrong_usage_is_told_in_chinese_and_returns_2(words: list[str], said: str) -> None:
    done = youju(*words)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr
    assert "usage" not in done.stderr and "error" not in done.stderr


def test_a_message_of_argparse_that_nobody_translated_is_not_shown() -> None:
    assert "用法不对" == in_chinese("some new message of Python 3.19")


def test_the_version_is_data() -> None:
    done = youju("--version")
    assert (0, "youju 0.1.0\n", "") == (done.returncode, done.stdout, done.stderr)


def test_options_may_stand_between_claims() -> None:
    done = youju("run", "fumeng-2022", SAMPLE, "--json", SAMPLE)
    assert (0, 2) == (done.returncode, len(done.stdout.splitlines()))


def test_a_reader_who_leaves_is_no_fault() -> None:
    process = subprocess.Popen([sys.executable, "-m", "tui.cli", "graph", "fumeng-2022"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert b"" == process.stderr.read()
    assert 0 == process.wait()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tui.cli", "run", "fumeng-2022", SAMPLE]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (1, "读写失败：磁盘已满。\n") == (done.returncode, done.stderr)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_no_console_is_too_poor_to_be_answered(encoding: str) -> None:
    command = [sys.executable, "-m", "tui.cli", "check", "fumeng-2022"]
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert "fumeng-2022" in done.stdout.decode(encoding)


def test_nothing_but_text_is_printed() -> None:
    assert "\x1b" not in youju("run", "fumeng-2022", SAMPLE, "--explain", FORCE_COLOR="1").stdout


def test_our_own_mistake_is_one_line_without_a_value_of_the_claim(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object) -> None:
        raise ValueError("张三 210921199001011234")

    monkeypatch.setattr(tui.commands.run, "open_usable", broken)
    monkeypatch.setattr(sys, "argv", ["youju", "run", "fumeng-2022", SAMPLE])
    assert 70 == main()
    out, err = capsys.readouterr()
    assert ("", 1) == (out, len(err.splitlines()))
    assert "代码 ValueError@test_cli_border:" in err
    assert "张三" not in err and "2109" not in err


def test_our_own_mistake_on_one_claim_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    left = [1]
    whole = tui.commands.run._read

    def once_broken(*arguments: object) -> object:
        if left:
            raise KeyError(left.pop())
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(tui.commands.run, "_read", once_broken)
    monkeypatch.setattr(sys, "argv", ["youju", "run", "fumeng-2022", str(ROOT / SAMPLE), str(ROOT / SAMPLE), "--json"])
    assert 70 == main()
    assert [True, False] == ["错误" in json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_our_own_mistake_on_one_policy_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    whole = Policy.test

    def broken(policy: Policy, *arguments: object) -> object:
        if policy.key == "fumeng-2022":
            raise KeyError
        return whole(policy, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Policy, "test", broken)
    monkeypatch.setattr(sys, "argv", ["youju", "test", "fumeng-2022", "gansu-2018"])
    assert 70 == main()
    assert "个案例" in capsys.readouterr().out


def test_an_interruption_returns_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tui.commands.run, "open_usable", interrupted)
    monkeypatch.setattr(sys, "argv", ["youju", "run", "fumeng-2022", SAMPLE])
    assert 130 == main()
    assert "已中断。\n" == capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no signals on Windows")
def test_a_command_is_ended_by_a_signal_as_any_program_is() -> None:
    """What a shell tells as 128 and the number of the signal."""
    command = [sys.executable, "-m", "tui.cli", "run", "fumeng-2022", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.terminate()
        assert -signal.SIGTERM == child.wait(20)


# --- layout --------------------------------------------------------------------------------------------------------------------------------------


def test_a_chinese_character_takes_two_columns() -> None:
    assert (8, 3, 2) == (width_of("基本救助"), width_of("70%"), width_of("，"))
    assert ["基本医保   7.00", "个人      70.00"] == columns([("基本医保", "7.00"), ("个人", "70.00")], (1,))


def test_no_line_is_wider_than_asked_nor_begins_with_a_closing_mark() -> None:
    said = "低保对象、特困人员、孤儿（含事实无人抚养儿童）救助比例为70%，低保边缘家庭成员“救助比例”为60%。" * 3
    for width in range(20, 60):
        lines = wrapped(said, "  · ", "      ", width=width)
        assert all(width_of(line) <= width for line in lines)
        assert not [line for line in lines if line.strip()[0] in "，。、；）”"]
        assert not [line for line in lines if line[-1] in "（“"]
        assert f"  · {said}" == "".join([lines[0], *(line.removeprefix("      ") for line in lines[1:])])


def test_json_keeps_its_data_when_invisible_characters_are_written_out() -> None:
    data = {"a\u202e": ["\u200b\U000e0041\x9b", "中文"]}
    assert json_text(data).isprintable()
    assert data == json.loads(json_text(data))


def test_canonical_text_leaves_quotes_comments_and_the_head_alone() -> None:
    text = "文号：林政〔２０１７〕(1)号\n\n\n  【条款 甲】\n「金额,1000元」\n释义: 比例为７０%,\n其他的,为60%。 // 注,意\n"
    tidy = "文号：林政〔２０１７〕(1)号\n\n【条款 甲】\n「金额,1000元」\n释义： 比例为70%，\n　　其他的，为60%。 // 注,意\n"
    assert (tidy, tidy) == (canonical(text), canonical(tidy))
