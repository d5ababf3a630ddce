"""The bootstrap script trusts no half-made environment and says in Chinese what is wrong."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py as a module that lives in an empty project folder, with pip and venv replaced by something that leaves the same files."""
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    (tmp_path / "start.py").write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "constraints.txt").write_text("", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("start_on_trial", tmp_path / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def create_venv() -> None:
        module.BIN.mkdir(parents=True)
        (module.BIN / f"python{module.EXE}").touch()
        (module.VENV / "pyvenv.cfg").touch()

    def install(level: str, lock: int) -> None:
        (module.BIN / f"youju{module.EXE}").touch()
        installs.append(level)

    installs: list[str] = []
    monkeypatch.setattr(module, "create_venv", create_venv)
    monkeypatch.setattr(module, "install", install)
    module.installs = installs
    return module


def test_a_second_start_installs_nothing(start: ModuleType) -> None:
    start.prepare("runtime")
    start.prepare("runtime")
    assert ["runtime"] == start.installs


def test_the_development_environment_also_serves_the_program(start: ModuleType) -> None:
    start.prepare("dev")
    start.prepare("runtime")
    assert ["dev"] == start.installs


def test_new_pins_are_installed(start: ModuleType) -> None:
    start.prepare("runtime")
    (start.ROOT / "constraints.txt").write_text("lark==1.3.1\n", encoding="utf-8")
    start.prepare("runtime")
    assert ["runtime", "runtime"] == start.installs


def test_an_installation_cut_short_is_built_anew(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(level: str, lock: int) -> None:
        (start.BIN / f"youju{start.EXE}").touch()
        (start.VENV / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(start, "install", cut_short)
        with pytest.raises(KeyboardInterrupt):
            start.prepare("runtime")
    assert not start.is_ready("runtime")
    start.prepare("runtime")
    assert start.is_ready("runtime")
    assert not (start.VENV / "half").exists()


def test_an_environment_copied_from_another_folder_is_built_anew(start: ModuleType) -> None:
    start.prepare("runtime")
    start.STAMP.write_text(json.dumps({**start.read_stamp(), "root": "/elsewhere"}), encoding="utf-8")
    (start.VENV / "old").touch()
    start.prepare("runtime")
    assert not (start.VENV / "old").exists()


def test_a_folder_that_is_no_environment_is_left_alone(start: ModuleType) -> None:
    start.VENV.mkdir()
    (start.VENV / "mine.txt").touch()
    with pytest.raises(start.Refusal, match="不是 Python 环境"):
        start.prepare("runtime")
    assert (start.VENV / "mine.txt").exists()


def test_an_old_python_is_refused_in_chinese(start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert 2 == start.main([])
    assert "需要 Python 3.11" in capsys.readouterr().err


def test_an_index_out_of_reach_is_told_in_one_sentence(start: ModuleType) -> None:
    said = "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found for lark"
    told = start.why_pip_failed(said)
    assert told.startswith("pip 连不上软件包索引")
    assert "NewConnectionError" not in told


def test_without_ensurepip_it_says_what_to_install_and_makes_nothing(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert 2 == start.main([])
    assert "apt install python3-venv" in capsys.readouterr().err
    assert not start.VENV.exists()


# --- exit codes

POSIX = pytest.mark.skipif(os.name == "nt", reason="a process cannot be replaced on Windows")
CODES = (0, 1, 2, 70, 130)


def youju_that(start: ModuleType, code: str) -> list[str]:
    """A ready environment whose `youju` runs this code; the command that starts it."""
    start.prepare("runtime")
    program = start.BIN / f"youju{start.EXE}"
    program.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    return [sys.executable, str(start.ROOT / "start.py")]


@POSIX
@pytest.mark.parametrize("code", CODES)
def test_the_exit_code_of_youju_is_that_of_the_script(start: ModuleType, code: int) -> None:
    assert code == subprocess.run([*youju_that(start, f"raise SystemExit({code})"), "run"], check=False).returncode


@POSIX
def test_a_signal_meant_for_the_script_reaches_youju(start: ModuleType) -> None:
    said = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda n, f: sys.exit(128 + n)); print('ready', flush=True); time.sleep(30)"
    with subprocess.Popen(youju_that(start, said), stdout=subprocess.PIPE) as child:
        assert child.stdout and b"ready\n" == child.stdout.readline()
        child.send_signal(signal.SIGTERM)
        assert 143 == child.wait(10)


@pytest.mark.parametrize("code", CODES)
def test_a_command_waited_for_passes_its_exit_code_on(start: ModuleType, code: int) -> None:
    assert code == start.wait_for([sys.executable, "-c", f"raise SystemExit({code})"])


@POSIX
def test_a_command_ended_by_a_signal_gives_128_and_its_number(start: ModuleType) -> None:
    assert 143 == start.wait_for([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"])


@POSIX
def test_ctrl_c_is_answered_by_the_command_and_not_by_who_waits(start: ModuleType) -> None:
    slow = "import time\ntry:\n    print('ready', flush=True); time.sleep(30)\nexcept KeyboardInterrupt:\n    time.sleep(0.5); raise SystemExit(130)"
    wait = "import sys; sys.path.insert(0, {!r}); import start; sys.exit(start.wait_for([sys.executable, '-c', {!r}]))"
    command = [sys.executable, "-c", wait.format(str(start.ROOT), slow)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout and b"ready\n" == child.stdout.readline()
        os.killpg(child.pid, signal.SIGINT)
        assert (130, b"") == (child.wait(10), child.stderr.read() if child.stderr else b"")


@POSIX
def test_a_program_that_cannot_be_started_is_told_in_chinese(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    start.prepare("runtime")
    assert 2 == start.main(["run"])
    assert "请删掉 .venv" in capsys.readouterr().err


@POSIX
def test_two_dashes_pass_the_rest_to_youju(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(start.os, "execv", lambda path, command: started.append(command[1:]))
    start.main(["--", "test", "fumeng-2022"])
    start.main(["run", "-"])
    assert [["test", "fumeng-2022"], ["run", "-"]] == started
