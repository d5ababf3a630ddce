"""Write what the commands really print into the READMEs, between `<!-- sample:NAME -->` and `<!-- /sample -->`, and draw the pictures they show.

    .venv/bin/python docs/make_samples.py            rewrite README.md, README.en.md and the pictures
    .venv/bin/python docs/make_samples.py --check    write nothing; exit 1 when one of them is stale

Standard library only; it runs the `youju` installed beside the interpreter it is run with. A new sample is a row in SAMPLES and
its pair of markers in both READMEs; a new picture is a row in PICTURES and its place in both READMEs.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.en.md")
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Command:
    """A command as a reader would type it; its output is shown, cut after `lines` lines when that is not 0."""

    name: str
    words: tuple[str, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The blocks with these titles, in this order, from the policy files of one folder."""

    name: str
    folder: str
    titles: tuple[str, ...]


SAMPLES: tuple[Command | Excerpt, ...] = (
    Command("explain", ("youju", "run", "fumeng-2022", "docs/示例/理赔.json", "--explain")),
    Command("read", ("youju", "read", "fumeng-2022", "--clause", "基本救助起付标准")),
    Command("screen", ("python", "-m", "tui.dump")),
    Excerpt("policy", "policies/fumeng-2022", ("条款 基本救助起付标准", "条款 基本救助比例")),
)

#: File, and the command that prints it.
PICTURES: tuple[tuple[str, tuple[str, ...]], ...] = (("docs/示例/核定.svg", ("python", "-m", "tui.dump", "--svg", "--size", "120x40")),)

MARKED = re.compile(r"(<!-- sample:(?P<name>[a-z-]+) -->\n).*?(<!-- /sample -->)", re.DOTALL)


class Failure(Exception):
    """A sample cannot be made; the message is for the person at the keyboard."""


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        blocks = {sample.name: render(sample) for sample in SAMPLES}
        pages = {name: fill((ROOT / name).read_text(encoding="utf-8"), blocks, name) for name in READMES}
        pages |= {name: draw(name, words, pages) for name, words in PICTURES}
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    stale = [name for name, page in pages.items() if not (ROOT / name).is_file() or page != (ROOT / name).read_text(encoding="utf-8")]
    if arguments == ["--check"]:
        for name in stale:
            print(f"{name} 已过期，请运行 docs/make_samples.py", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(pages[name], encoding="utf-8", newline="\n")
        print(f"已更新 {name}", file=sys.stderr)
    return 0


def fill(page: str, blocks: dict[str, str], where: str) -> str:
    """The page with every marked block replaced; each sample must have its markers exactly once."""
    found = sorted(match["name"] for match in MARKED.finditer(page))
    if found != sorted(blocks):
        raise Failure(f"{where} 里的标记是 {found}，应当是 {sorted(blocks)}")
    return MARKED.sub(lambda match: match[1] + blocks[match["name"]] + match[3], page)


def draw(name: str, words: tuple[str, ...], pages: dict[str, str]) -> str:
    """A picture, which every page must show."""
    hidden = [where for where, page in pages.items() if where in READMES and f"({name})" not in page]
    if hidden:
        raise Failure(f"{'、'.join(hidden)} 没有用到图 {name}")
    return answer(words, colour=True)


def render(sample: Command | Excerpt) -> str:
    text = output_of(sample) if isinstance(sample, Command) else blocks_of(sample)
    body = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
    return f"```text\n{body}\n```\n"


def output_of(command: Command) -> str:
    lines = answer(command.words).splitlines()
    if command.lines and len(lines) > command.lines:
        lines = [*lines[: command.lines], "……"]
    return "\n".join(["$ " + " ".join(command.words), *lines])


def answer(words: tuple[str, ...], colour: bool = False) -> str:
    result = run(words, colour)
    if result.returncode:
        raise Failure(f"$ {' '.join(words)}\n返回 {result.returncode}：\n{result.stderr.strip()}")
    return result.stdout


def run(words: tuple[str, ...], colour: bool) -> subprocess.CompletedProcess[str]:
    """Run with a fresh home, a fixed width and no settings of colour but ours, so that the output depends on the repository alone."""
    here = Path(sys.executable).parent
    program = sys.executable if words[0] == "python" else str(here / words[0])
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "YOUJU_", "TEXTUAL", "NO_COLOR"))}
        environment |= {} if colour else {"NO_COLOR": "1"}
        environment |= {"HOME": home, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1", "TERM": "dumb"}
        try:
            return subprocess.run(
                [program, *words[1:]],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
        except FileNotFoundError:
            raise Failure(f"找不到 {program}。请先运行 python3 start.py test，再用 .venv/bin/python 运行本脚本。") from None


def blocks_of(excerpt: Excerpt) -> str:
    """Blocks open with a `【…】` line and run to the next one."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / excerpt.folder).rglob("*.policy"))]
    blocks = [block.strip() for text in texts for block in re.split(r"^(?=【)", text, flags=re.MULTILINE)]
    chosen = []
    for title in excerpt.titles:
        matching = [block for block in blocks if block.startswith(f"【{title}】")]
        if len(matching) != 1:
            raise Failure(f"{excerpt.folder} 里【{title}】有 {len(matching)} 处，应当有 1 处")
        chosen += matching
    return "\n\n".join(chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
