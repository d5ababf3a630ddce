"""Laws of the house: what the tree, the packaging and the project documents promise, checked against the tree itself."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tui.cli import COMMANDS
from tui.text.console import CRASHED, FAULTS, INTERRUPTED, OK, USAGE

ROOT = Path(__file__).resolve().parents[2]
CODE = ("grammar", "interpreter", "corpus", "tui")
ROOMS = (*CODE, "policies")
READMES = ("README.md", "README.en.md")

HEAVY = ("textual", "numpy", "sqlite3", "sqlite_utils")
NETWORK = ("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "socketserver", "xmlrpc", "requests", "httpx", "aiohttp", "urllib3")

# Joined from pieces, so that this file does not name them either.
HOSTS = (
    "py" + r"pi\.\w",
    "py" + r"pi/" + "simple",
    "python" + r"hosted\.",
    "npm" + r"js\.",
    "npm" + r"mirror\.",
    "crates" + r"\.io",
    "ana" + r"conda\.org",
    "proxy" + r"\.golang",
    "maven" + r"\.org",
)


def tracked() -> list[Path]:
    """Files that git tracks or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    probe = f"import sys, tui.cli, json; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert [] == json.loads(done.stdout)


def test_no_lock_file_of_another_installer_is_tracked() -> None:
    assert [] == [path.name for path in tracked() if path.name in ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json")]


def test_no_tracked_file_names_a_package_registry() -> None:
    host = re.compile("|".join(HOSTS).encode(), re.IGNORECASE)
    assert [] == [str(path.relative_to(ROOT)) for path in tracked() if host.search(path.read_bytes())]


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def dependencies() -> set[str]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in table.get("optional-dependencies", {}).values() for line in lines]
    return {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in [*table["dependencies"], *extras]}


def test_every_dependency_says_in_contributing_why_it_is_there() -> None:
    lines = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    reasons = [re.match(r"^\| `([^`]+)` \|[^|]+\| *(\S[^|]*)\|$", line) for line in lines]
    explained = {normal(match[1]) for match in reasons if match}
    assert dependencies() == dependencies() & explained


def test_every_dependency_is_pinned_exactly() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [] == [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", line)]
    assert dependencies() <= {normal(line.split("==")[0]) for line in pins}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_readme(room: str) -> None:
    assert (ROOT / room / "README.md").is_file()


def imported(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_the_code_holds_no_networking_module() -> None:
    files = [path for room in CODE for path in (ROOT / room).rglob("*.py")]
    assert [] == [f"{path.relative_to(ROOT)}: {name}" for path in files for name in sorted(imported(path) & set(NETWORK))]


def command_table(readme: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [cell.replace("\\|", "|") for cell in re.findall(r"^\| `(youju[^`]*)` \|", text, re.MULTILINE)]


def test_both_readmes_list_the_same_commands() -> None:
    assert command_table("README.md") == command_table("README.en.md") != []


def command_of(usage: str) -> str:
    """`run` of `youju run POLICY CLAIM…`, `corpus add` of `youju corpus add FILE`, nothing of `youju` alone."""
    return " ".join(re.findall(r"(?<= )[a-z]+(?= |$)", usage.partition("[")[0]))


def test_every_command_is_listed() -> None:
    assert ["", *(command.name for command in COMMANDS)] == [command_of(usage) for usage in command_table("README.md")]


@pytest.mark.parametrize("usage", command_table("README.md")[1:], ids=command_of)
def test_a_listed_command_has_the_options_of_its_help(usage: str) -> None:
    words = command_of(usage).split()
    program = Path(sys.executable).parent / "youju"
    done = subprocess.run([str(program), *words, "--help"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    options = done.stdout.partition("选项：")[2]
    assert {"--help", *re.findall(r"--[a-z-]+", usage)} == set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", options, re.MULTILINE))


@pytest.mark.parametrize("page", READMES)
def test_the_exit_codes_are_told(page: str) -> None:
    told = re.findall(r"^\| ([0-9]+(?:\+n)?) \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert [str(code) for code in (OK, FAULTS, USAGE, CRASHED, INTERRUPTED)] + ["128+n"] == told


def test_the_samples_in_the_readmes_are_what_the_commands_print() -> None:
    done = subprocess.run([sys.executable, "docs/make_samples.py", "--check"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_project_documents_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [] == [target for target in targets if not (ROOT / target).exists()]


def test_the_changelog_has_an_entry_for_the_version() -> None:
    assert f"## [{project()['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert "exec python3 start.py test" == commands[-1]
    assert all("python3 start.py test" in (ROOT / readme).read_text(encoding="utf-8") for readme in READMES)
