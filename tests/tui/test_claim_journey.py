"""What a person does with a claim as a whole, key by key: opened, read otherwise, changed, undone, saved, exported; names that want more."""

import asyncio
import json
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.test_screen_hostile import PAYLOADS, UNSEEN, painted
from tui.claims.listing import Sheet
from tui.dump import screen_text, settle
from tui.screens.assess import AssessScreen
from tui.screens.claim_flows import ask_open
from tui.screens.jump import JumpScreen
from tui.screens.list_editor import ListEditor, SheetRows
from tui.screens.path_form import PathForm
from tui.screens.readings import EveryReading, ReadingRows, ReadingsScreen
from tui.screens.samples import samples
from tui.screens.youju import application
from tui.widgets.fields import TextField
from tui.widgets.form import FieldRow

Walk = Callable[[Pilot[Any], AssessScreen], Awaitable[None]]


def walk(steps: Walk, home: Path, monkeypatch: pytest.MonkeyPatch, policy: str, sample: str, size: tuple[int, int] = (120, 40)) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(home / "home"))
    monkeypatch.chdir(home)

    async def run() -> None:
        app, message = application(policy, sample)
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, AssessScreen)
            await steps(pilot, app.screen)

    asyncio.run(run())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def command(pilot: Pilot[Any], screen: AssessScreen, title: str) -> None:
    """As chosen in the palette."""
    done = next(c for c in screen.commands() if c.title == title).act()
    if isinstance(done, Awaitable):
        await done
    await settle(pilot)


async def tried(pilot: Pilot[Any]) -> None:
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group == "trials"])
    await settle(pilot)


def top(pilot: Pilot[Any]) -> str:
    return screen_text(pilot.app).splitlines()[0]


def test_a_claim_file_is_opened_read_otherwise_changed_undone_saved_and_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = next(s for s in samples("linxi-2017") if s.name == "a-diabetes")
    (tmp_path / "甲.json").write_text(json.dumps(sample.data, ensure_ascii=False), encoding="utf-8")

    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await command(pilot, screen, "打开申报…")
        assert isinstance(pilot.app.screen, PathForm) and "甲.json" in screen_text(pilot.app)
        await press(pilot, "down", "enter")
        assert "linxi-2017" == screen.case.policy.key and "未存" not in top(pilot)
        before = screen.case

        await press(pilot, "d")
        await tried(pilot)
        assert isinstance(pilot.app.screen, ReadingsScreen) and "◆ A003-6" in screen_text(pilot.app)
        await press(pilot, "down", "enter")
        assert {"A003-6": "都用总额"} == screen.case.data["读法"] and before.headline != screen.case.headline
        assert "读法 1 项" in top(pilot) and "未存" in top(pilot)
        assert any("--reading 'A003-6=都用总额'" in line or "--reading A003-6=都用总额" in line for line in screen.desk.log)
        changed = screen.case

        await command(pilot, screen, "加一笔就诊")
        assert (1, 2) == (screen.case.visit, screen.case.visits) and "第2/2笔" in screen_text(pilot.app)
        await press(pilot, "z")
        assert screen.case is changed
        await press(pilot, "Z", "z", "z")
        assert screen.case is before and "未存" not in top(pilot)
        await press(pilot, "ctrl+y")
        assert screen.case is changed

        await press(pilot, "ctrl+s")
        saved = json.loads((tmp_path / "甲.json").read_text(encoding="utf-8"))
        assert {"A003-6": "都用总额"} == saved["读法"] and sample.data["就诊"] == saved["就诊"]
        assert "未存" not in top(pilot)

        await press(pilot, "f9", "down", "enter", "enter")
        assert 0o600 == stat.S_IMODE(os.stat(tmp_path / "甲-核定.md").st_mode)
        text = (tmp_path / "甲-核定.md").read_text(encoding="utf-8")
        assert "取“都用总额”" in text and "没有适用的条款" in text
        assert await screen.may_leave()

    walk(steps, tmp_path, monkeypatch, "fumeng-2022", "a-county-stay")


@pytest.mark.parametrize(("name", "seen"), [("甲.json", "第1/2笔"), ("none.json", "找不到文件")])
def test_a_file_named_on_the_command_line_is_opened(name: str, seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.json").write_text('{"政策": "susong-2006", "就诊": [{}, {}]}', encoding="utf-8")

    async def run() -> None:
        app, message = application("fumeng-2022")
        assert app, message
        app.claim = name
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await app.workers.wait_for_complete()
            await settle(pilot)
            assert seen in screen_text(app) + "".join(n.message for n in app._notifications)

    asyncio.run(run())


def test_what_is_typed_is_undone_in_the_field_and_a_changed_file_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await command(pilot, screen, "申报另存为…")
        await press(pilot, "enter")
        path = tmp_path / "申报.json"
        assert 0o600 == stat.S_IMODE(os.stat(path).st_mode)
        field = next(r.editor for r in screen.query(FieldRow) if r.field.term.name == "医疗总费用")
        assert isinstance(field, TextField)
        filed = field.value
        field.focus()
        field.value = "8000"
        await press(pilot, "ctrl+z")
        assert filed == field.value == screen.case.data["就诊"][0]["医疗总费用"]
        await press(pilot, "ctrl+y")
        assert "8000" == field.value == screen.case.data["就诊"][0]["医疗总费用"]
        path.write_text("别人写的", encoding="utf-8")
        await press(pilot, "ctrl+s")
        assert "在打开以后被别处改过" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert "别人写的" == path.read_text(encoding="utf-8")
        await press(pilot, "ctrl+s", "down", "enter")
        assert "8000" == json.loads(path.read_text(encoding="utf-8"))["就诊"][0]["医疗总费用"]

    walk(steps, tmp_path, monkeypatch, "fumeng-2022", "a-county-stay")


def test_a_list_is_filled_cell_by_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        field = next(r.editor for r in screen.query(FieldRow) if r.field.term.name == "费用")
        field.focus()
        await press(pilot, "enter")
        editor = pilot.app.screen
        assert isinstance(editor, ListEditor)
        count = len(editor.sheet.rows)
        await press(pilot, "end", "a", "enter", *"2024-01-05", "enter", "enter", *"x", "enter")
        assert {"费用日期": "2024-01-05", "就医类型": "x"} == screen.case.data["就诊"][0]["费用"][count]
        assert f"第{count + 1}行“就医类型”没有“x”这一项" in screen_text(pilot.app)
        await press(pilot, "x", "escape")
        assert not screen.case.faults and count == len(screen.case.data["就诊"][0]["费用"])
        await press(pilot, "escape", "z")
        assert count + 1 == len(screen.case.data["就诊"][0]["费用"])

    walk(steps, tmp_path, monkeypatch, "fumeng-2022", "d-twelve-months", (80, 24))


def test_a_letter_jumps_to_a_pane_and_own_keys_are_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "keys.toml").write_text('[assess]\nreadings = "f12"\n[everywhere]\njump = "n"\n', encoding="utf-8")

    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        assert any("已经是“下一个病例”" in n.message for n in pilot.app._notifications)
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, JumpScreen)
        await press(pilot, "s")
        assert screen.focused and "waterfall" == screen.focused.id
        await press(pilot, "d")
        assert pilot.app.screen is screen
        await press(pilot, "f12")
        assert isinstance(pilot.app.screen, ReadingsScreen)

    walk(steps, tmp_path, monkeypatch, "susong-2006", "")


def test_every_reading_is_told_with_combinations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await command(pilot, screen, "各读法的结果")
        assert isinstance(pilot.app.screen, EveryReading)
        await tried(pilot)
        assert "取“都用总额”，不取“各用各的词”" in screen_text(pilot.app)

    walk(steps, tmp_path, monkeypatch, "linxi-2017", "a-diabetes")


def test_hostile_names_of_files_and_cells_are_inert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [p.replace("/", "") + ".json" for p in PAYLOADS]
    for name in names:
        (tmp_path / name).write_text('{"政策": "fumeng-2022", "就诊": [{}]}', encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff.json")).write_text('{"就诊": [{}]}', encoding="utf-8")

    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        screen.run_worker(ask_open(screen))
        await settle(pilot)
        assert len(names) + 1 == pilot.app.screen.query_one(OptionList).option_count
        for key in ("tab", "down", *("pagedown",) * 2, "end"):
            await press(pilot, key)
            assert not UNSEEN.search(painted(pilot.app))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AssessScreen) and not UNSEEN.search(painted(pilot.app))
        sheet = Sheet(PAYLOADS, (PAYLOADS, PAYLOADS))
        pilot.app.push_screen(ListEditor(screen.case.policy, screen.case.fields[0], sheet, lambda raw: None))
        await settle(pilot)
        for key in ("right",) * len(PAYLOADS):
            await press(pilot, key)
            assert not UNSEEN.search(painted(pilot.app))
        assert PAYLOADS == pilot.app.screen.query_one(SheetRows).sheet.rows[0]
        await press(pilot, "escape", "d")
        rows = pilot.app.screen.query_one(ReadingRows)
        rows.tried = {row.key: [{"项目": p, "笔": 1, "默认": p, "另一": p} for p in PAYLOADS] for row in rows.rows}
        rows.show()
        await settle(pilot)
        assert not UNSEEN.search(painted(pilot.app))

    walk(steps, tmp_path, monkeypatch, "fumeng-2022", "a-county-stay")
