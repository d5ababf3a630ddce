"""历史 as a person uses it, key by key; and on a million rows."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from corpus.history import History, Record, Status, close_history, history_path, ids_in, open_history, record, rows_in
from grammar.source import UNSEEN
from tui.cli import main
from tui.dump import screen_text, settle
from tui.history.recompute import RecomputeScreen
from tui.history.table import HistoryTable
from tui.screens.assess import AssessScreen
from tui.screens.history import HistoryScreen
from tui.screens.youju import YoujuApp, application

Walk = Callable[[Pilot[Any], YoujuApp], Awaitable[None]]
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tui" / "samples"
HOSTILE = ("诊断[/red]肺炎", "[@click=app.quit]点[/]", "\x1b]52;c;eA==\x07", "\x9b2J\u202e01", "$error [type=x, v={'a[0]'}]")


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "家"))


def walk(steps: Walk, size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        app, message = application("fumeng-2022", "a-county-stay")
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await steps(pilot, app)
            assert app.is_running

    asyncio.run(run())


async def pressed(pilot: Pilot[Any], *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
    return screen_text(pilot.app)


async def filtered(pilot: Pilot[Any], text: str) -> str:
    await pressed(pilot, "slash")
    for character in text:
        assert pilot.app.focused
        pilot.app.focused.post_message(Key(character, character))
    return await pressed(pilot, "enter")


def opened() -> History:
    history = open_history(history_path())
    assert isinstance(history, History)
    return history


def entry(**changed: Any) -> Record:
    data = json.loads((SAMPLES / "fumeng-2022.a-county-stay.json").read_text(encoding="utf-8"))
    known = {"recorded": "2026-11-24T09:12:05Z", "policy": "fumeng-2022", "digest": "sha256:old", "claim": json.dumps(data, ensure_ascii=False)}
    return Record(**(known | {"amounts": (("基本救助", 200000),), "status": Status.DECIDED} | changed))


def filled(*entries: Record) -> None:
    history = opened()
    for each in entries:
        assert isinstance(record(history, each), Record)
    close_history(history)


def test_a_claim_is_recorded_found_again_opened_and_compared_with_today() -> None:
    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        shown = await pressed(pilot, "4")
        assert "还没有记下的核定" in shown and "按 r" in shown and "--record" in shown
        assert not history_path().exists()
        await pressed(pilot, "1", "r", "n", "r", "f8", "r", "n")
        shown = await pressed(pilot, "4")
        assert "第 1／3 行" in shown and "基本救助 2,047.50" in shown
        shown = await filtered(pilot, "政策:fumeng 低保")
        assert "第 1／2 行" in shown
        shown = await pressed(pilot, "end", "R")
        assert isinstance(app.screen, RecomputeScreen)
        assert "政策的文字没有变，金额也没有变" in shown
        await pressed(pilot, "escape")
        assert "第 2／2 行" in screen_text(app)
        await pressed(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, AssessScreen)
        assert ("fumeng-2022", "历史 1") == (screen.case.policy.key, screen.case.sample.name)
        assert app.desk.undo.past and app.desk.undo.past[-1].policy.key != "fumeng-2022"
        assert "基本救助 2,047.50" in screen_text(app)
        shown = await pressed(pilot, "4", "escape")
        assert "第 3／3 行" in shown

    walk(steps)


def test_two_records_are_marked_for_comparison_and_unmarked() -> None:
    filled(entry(), entry(), entry())

    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        shown = await pressed(pilot, "4", "c", "down", "d")
        assert {"甲": 3, "乙": 2} == {name: marked.id for name, marked in app.desk.marked.items()}
        assert "甲 #3　乙 #2" in shown.splitlines()[-1]
        await pressed(pilot, "c", "d")
        assert {"甲": 2} == {name: marked.id for name, marked in app.desk.marked.items()}

    walk(steps, (80, 24))


def test_a_record_whose_policy_text_changed_says_so_with_the_difference() -> None:
    filled(entry(), entry(policy="没有-1999"), entry(claim="{"))

    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        for key in ("enter", "R"):
            await pressed(pilot, "4", "home", key, "down", key)
            assert isinstance(app.screen, HistoryScreen)
        shown = await pressed(pilot, "end", "R")
        assert "政策的文字变过" in shown and "+47.50" in shown and "2,000.00" in shown

    walk(steps, (80, 24))


def test_a_filter_that_finds_nothing_says_so_and_is_taken_back() -> None:
    filled(entry(status=Status.OPEN), entry(status=Status.CONFLICT))

    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        await pressed(pilot, "4")
        assert "没有符合筛选的记录" in await filtered(pilot, "麒麟")
        await pressed(pilot, "enter", "R", "c", "down")
        assert "第 1／2 行" in await pressed(pilot, "escape")
        assert "第 1／1 行" in await filtered(pilot, "状态:冲突")
        assert "词太长" in await filtered(pilot, "医" * 200)

    walk(steps, (80, 24))


def test_a_broken_file_is_told_and_hostile_records_are_inert() -> None:
    def hostile(text: str) -> Record:
        claim = json.dumps({"就诊": [{text: text}], "备注": text}, ensure_ascii=False)
        return entry(note=text, policy=text, claim=claim, amounts=((text, text),), recorded=text, digest=text)

    filled(*(hostile(text) for text in HOSTILE))

    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        shown = await pressed(pilot, "4")
        for _ in HOSTILE:
            shown = await pressed(pilot, "enter", "R", "c", "down")
            assert not UNSEEN.search(shown.replace("\n", ""))
        assert "[@click=app.quit]" in shown

    walk(steps)
    history_path().write_bytes(b"x" * 5000)

    async def broken(pilot: Pilot[Any], app: YoujuApp) -> None:
        assert "不是本系统建立的历史" in await pressed(pilot, "r", "4")
        assert "不是本系统建立的历史" in await pressed(pilot, "slash", "a", "enter", "escape")

    walk(broken)


def test_the_command_line_records_what_it_decides(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    claim = str(SAMPLES / "fumeng-2022.a-county-stay.json")
    monkeypatch.setattr("sys.argv", ["youju", "run", "fumeng-2022", claim, claim, "--json"])
    assert 0 == main() and not history_path().exists()
    monkeypatch.setattr("sys.argv", ["youju", "run", "fumeng-2022", claim, str(ROOT / "pyproject.toml"), claim, "--json", "--record"])
    assert 1 == main()
    assert "已记下，是第 2 笔" in capsys.readouterr().err
    history = opened()
    rows = rows_in(history, ids_in(history))
    assert [2, 1] == [row.id for row in rows]
    assert {"fumeng-2022"} == {row.policy for row in rows} and ("基本救助", 204750) in rows[0].amounts
    assert json.loads(Path(claim).read_text(encoding="utf-8")) == rows[0].data


# --- a million rows


ROWS = 1_000_000
_FILL = """INSERT INTO decision (recorded, policy, digest, claim, amounts, status, note)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
SELECT '2026-11-24T09:12:05Z', CASE WHEN i % 3 THEN 'fumeng-2022' ELSE 'linxi-2017' END, 'sha256:' || i, ?,
 '[["基本医保",' || (i * 7) || '],["个人",' || i || ']]', CASE WHEN i % 10 THEN '已定' ELSE '待定' END, '第' || i || '位' FROM n"""


@pytest.mark.slow
def test_a_million_rows_answer_every_key_within_a_tenth_of_a_second() -> None:
    history = opened()
    history.database.execute("BEGIN IMMEDIATE")
    history.database.execute(_FILL, [ROWS, entry().claim])
    history.database.execute("COMMIT")
    close_history(history)
    taken: dict[str, list[float]] = {}

    async def timed(pilot: Pilot[Any], key: str) -> None:
        begun = time.perf_counter()
        await pilot.press(key)
        taken.setdefault(key, []).append(time.perf_counter() - begun)

    async def steps(pilot: Pilot[Any], app: YoujuApp) -> None:
        await timed(pilot, "4")
        await settle(pilot)
        assert f"／{ROWS:,} 行" in screen_text(app)
        for _ in range(12):
            await timed(pilot, "f12")
        for key in ("down", "up", "pagedown", "pageup", "end", "pageup", "home", "pagedown", "c", "d") * 12:
            await timed(pilot, key)
        await pilot.press("end")
        await settle(pilot)
        assert f"第 {ROWS:,}／{ROWS:,} 行" in screen_text(app)
        begun = time.perf_counter()
        shown = await filtered(pilot, "第999999位")
        taken["filter"] = [time.perf_counter() - begun]
        assert "第 1／1 行" in shown
        table = app.screen.query_one(HistoryTable)
        assert table.current and ROWS - 1 == table.current.id

    walk(steps)
    for key, seconds in taken.items():
        print(f"{key}: {len(seconds)} times, middle {sorted(seconds)[len(seconds) // 2] * 1000:.0f} ms, most {max(seconds) * 1000:.0f} ms")
    waits = sorted(taken.pop("f12"))[6]  # what Pilot itself waits for, with a key that does nothing
    keys = sorted(second - waits for key, seconds in taken.items() if key not in ("4", "filter") for second in seconds)
    assert keys[len(keys) * 95 // 100] < 0.1
