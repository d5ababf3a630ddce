#!/usr/bin/env python3
"""Prepare `.venv` beside this file, then run 有据 in it, or its tests.

    python3 start.py                      the screens
    python3 start.py run ...              any youju command and its arguments
    python3 start.py test [...]           ruff, mypy, import-linter, pytest; arguments go to pytest
    python3 start.py -- test [...]        the youju command `test`

Standard library only. It parses on Python 3.6, so that an old interpreter meets a sentence and not a syntax error.

An environment is trusted only when its stamp names this folder and the present pyproject.toml and constraints.txt. While it is
being changed it carries the mark UNFINISHED; whoever finds that mark builds it anew.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "youju-stamp.json"
UNFINISHED = VENV / "youju-unfinished"
LOG = VENV / "youju-pip.log"
DISCARDED = ROOT / ".venv.discarded"
LOCK = ROOT / ".venv.lock"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""

OLDEST = (3, 11)
PACKAGES = ("grammar", "interpreter", "corpus", "tui")
STEPS = (
    ("代码规范：ruff check", ("ruff", "check", "--quiet", ".")),
    ("类型：mypy --strict", ("mypy", "--strict", *PACKAGES)),
    ("分层：lint-imports", ("lint-imports",)),
)
TESTS = ("测试：pytest", ("pytest",))

TOO_OLD = """\
有据需要 Python {}.{} 或更新的版本，现在运行它的是 {}.{}（{}）。
请换一个 Python 再运行，例如：python3.12 start.py"""
NO_VENV = """\
这个 Python（{}）缺少 venv 或 ensurepip 模块，建不了环境。
在 Debian、Ubuntu 上请先安装：apt install python3-venv"""
NO_INDEX = """\
pip 连不上软件包索引（或者索引是空的），依赖没有装成。
请检查网络或代理；有内部镜像的，用环境变量 PIP_INDEX_URL 指定后再运行。"""
NO_VERSION = """\
软件包索引里没有所需的版本，依赖没有装成。镜像可能还没有同步，或者不支持这个 Python。
"""

#: What pip says when its index does not answer, or has nothing at all.
UNREACHABLE = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "Failed to resolve",
    "Failed to establish a new connection",
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Connection refused",
    "Connection reset",
    "Network is unreachable",
    "Cannot connect to proxy",
    "ProxyError",
    "SSLError",
    "(from versions: none)",
)


class Refusal(Exception):
    """A reason to stop, in Chinese, for the person at the keyboard."""


def main(arguments: list) -> int:
    try:
        demand_python()
        if arguments[:1] == ["test"]:
            prepare("dev")
            return run_gates(arguments[1:])
        prepare("runtime")
    except Refusal as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        say("已中断。没有建完的环境不会被使用，下次运行时重建。")
        return 130
    except OSError as error:
        say("无法准备环境：{}".format(error))
        return 2
    return hand_over(arguments[1:] if arguments[:1] == ["--"] else arguments)


def say(text: str) -> None:
    """Talk goes to stderr: stdout belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


def demand_python() -> None:
    if sys.version_info < OLDEST:
        raise Refusal(TOO_OLD.format(*OLDEST, *sys.version_info[:2], sys.executable))


# --- the environment -------------------------------------------------------------------------------------------------------------


def prepare(level: str) -> None:
    """Bring `.venv` to `level` ("runtime" or "dev"); nothing happens when it is there already."""
    if is_ready(level):
        return
    with sole_worker() as lock:
        if is_ready(level):
            return
        if not is_sound():
            remove_venv()
        say("正在准备运行环境 .venv（首次需要下载依赖，请稍候）……")
        is_ours = STAMP.exists()
        if not VENV.exists():
            demand_venv()
            VENV.mkdir()
            is_ours = True
        if is_ours:
            UNFINISHED.touch()
        if not (BIN / ("python" + EXE)).exists():
            create_venv()
        STAMP.unlink(missing_ok=True)
        install(level, lock)
        STAMP.write_text(json.dumps(stamp_for(level), ensure_ascii=False), encoding="utf-8")
        UNFINISHED.unlink(missing_ok=True)


def stamp_for(level: str) -> dict:
    pins = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        pins.update((ROOT / name).read_bytes())
    return {"root": str(ROOT), "level": level, "pins": pins.hexdigest()}


def read_stamp() -> dict:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(level: str) -> bool:
    if UNFINISHED.exists() or not (BIN / ("python" + EXE)).exists() or not (BIN / ("youju" + EXE)).exists():
        return False
    return read_stamp() in [stamp_for(enough) for enough in ("dev", level)]


def is_sound() -> bool:
    """Whether what stands at `.venv` can be built upon: absent, or whole, working and made for this folder."""
    if not os.path.lexists(str(VENV)):
        return True
    if UNFINISHED.exists() or not (BIN / ("python" + EXE)).exists():
        return False
    return read_stamp().get("root", str(ROOT)) == str(ROOT)


def remove_venv() -> None:
    is_an_environment = UNFINISHED.exists() or STAMP.exists() or (VENV / "pyvenv.cfg").exists()
    if VENV.is_symlink() or not VENV.is_dir() or not (is_an_environment or not any(VENV.iterdir())):
        raise Refusal("{} 已经存在，但不是 Python 环境。请把它移走后再运行。".format(VENV))
    say("原有的 .venv 没有建完或已不能用，正在重建……")
    if DISCARDED.exists():
        shutil.rmtree(str(DISCARDED))
    VENV.rename(DISCARDED)  # in one stroke: a removal stopped half-way would leave a ruin that looks whole
    shutil.rmtree(str(DISCARDED))


def demand_venv() -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise Refusal(NO_VENV.format(sys.executable))


def create_venv() -> None:
    command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if made.returncode:
        raise Refusal("建立 .venv 失败：\n{}".format(last_lines(made.stdout + made.stderr)))


def install(level: str, lock: int) -> None:
    """Install the project as it stands here, with the exact versions of constraints.txt; a child keeps the lock should we be killed."""
    command = [
        str(BIN / ("python" + EXE)),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--retries",
        "2",
        "--only-binary",
        ":all:",
        "-c",
        "constraints.txt",
        "-e",
        ".[dev]" if level == "dev" else ".",
    ]
    environment = {**os.environ, "PIP_USER": "0"}
    keep = {} if os.name == "nt" else {"pass_fds": (lock,)}
    with LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=str(ROOT), env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, **keep)
    if done.returncode:
        raise Refusal(why_pip_failed(LOG.read_text(encoding="utf-8", errors="replace")))


def why_pip_failed(output: str) -> str:
    if any(sign in output for sign in UNREACHABLE):
        reason = NO_INDEX
    elif "No matching distribution found" in output:
        reason = NO_VERSION + last_lines("\n".join(line.strip() for line in output.splitlines() if "ERROR:" in line), 2)
    else:
        reason = "pip 没有装成依赖：\n" + last_lines(output)
    return "{}\n（pip 的原话在 {}）".format(reason, LOG)


def last_lines(output: str, count: int = 6) -> str:
    return "\n".join("    " + line for line in output.strip().splitlines()[-count:])


@contextmanager
def sole_worker():
    """Hold the lock file, so that two terminals do not build one environment; where there is no flock, go on without."""
    descriptor = os.open(str(LOCK), os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            import fcntl
        except ImportError:
            pass
        else:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个 start.py 正在准备环境，等它结束……")
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


# --- what runs in it -------------------------------------------------------------------------------------------------------------


def hand_over(arguments: list) -> int:
    """Become `youju`, so that its exit code and the signals are its own; on Windows, where a process cannot, wait for it."""
    command = [str(BIN / ("youju" + EXE)), *arguments]
    try:
        return wait_for(command) if os.name == "nt" else os.execv(command[0], command)
    except OSError as error:
        say("无法运行 {}：{}\n请删掉 .venv 后再运行。".format(command[0], error))
        return 2


def wait_for(command: list, **options) -> int:
    """The exit code of a command, 128 and the number where a signal ended it. Ctrl-C reaches the command as well, which answers for both."""
    with subprocess.Popen(command, **options) as child:
        while True:
            try:
                return exit_code(child.wait())
            except KeyboardInterrupt:
                continue


def exit_code(code: int) -> int:
    return 128 - code if code < 0 else code


def run_gates(pytest_arguments: list) -> int:
    """The quality gates in order, stopping at the first that fails; pytest's own summary is the last line."""
    total = len(STEPS) + 1
    for number, (title, command) in enumerate(STEPS, 1):
        tell = "[{}/{}] {}".format(number, total, title)
        done = subprocess.run(tool(command), cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(tell + " …… 没有通过", flush=True)
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
            return exit_code(done.returncode)
        print(tell + " …… 通过", flush=True)
    title, command = TESTS
    print("[{}/{}] {}".format(total, total, title), flush=True)
    return wait_for([*tool(command), *pytest_arguments], cwd=str(ROOT))


def tool(command: tuple) -> list:
    return [str(BIN / (command[0] + EXE)), *command[1:]]


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("已中断。")
        sys.exit(130)
