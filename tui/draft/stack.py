"""The files of the policy, one in front; what is typed in them is kept until it is saved, and what changes outside is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from corpus.drafts import Changed, Fault, Opened, is_changed, open_text, save_text
from corpus.unsaved import Kept, forget, keep, kept_of
from grammar.source import Source
from tui.draft.dialogs import Ask, Form
from tui.draft.editor import RuleArea
from tui.draft.opening import Project, said
from tui.widgets.plain import one_line, plain

#: Seconds. What is typed is written down twice as often as it may be lost.
_KEEPING, _WATCHING = 1.0, 2.0
_OUTSIDE = "“{name}”在这里打开以后被别的程序改过。"
_GONE = "“{name}”已经不在原处。"
_KEPT = "“{name}”有上次没有保存的改动。{since}不选择的，保留到下次改动这个文件时。"


class FileStack(Vertical):
    """Asks of its own in a worker: call `save`, `recover` and `may_leave` from one."""

    class Edited(Message):
        """The text of some file is another."""

    class Told(Message):
        """A word for the person at the screen."""

        def __init__(self, words: str, is_wrong: bool = False) -> None:
            super().__init__()
            self.words, self.is_wrong = words, is_wrong

    def __init__(self, project: Project) -> None:
        super().__init__(id="files")
        self.areas = tuple(RuleArea(s.name, s.text, s.opened) for s in project.sheets)
        self.at = project.first
        self._kept: dict[str, str] = {}
        self._outside: dict[str, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        yield from self.areas

    def on_mount(self) -> None:
        self.look_at(self.at)
        self.set_interval(_KEEPING, self.keep_all)
        self.set_interval(_WATCHING, self.watch_outside)
        for area in self.areas:
            self._seen(area)

    def on_unmount(self) -> None:
        self.keep_all()

    # --- which file

    @property
    def area(self) -> RuleArea:
        return self.areas[self.at]

    @property
    def unsaved(self) -> tuple[RuleArea, ...]:
        return tuple(a for a in self.areas if a.is_unsaved)

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(a.source, a.text) for a in self.areas)

    def look_at(self, number: int) -> None:
        had_focus = any(a.has_focus for a in self.areas)
        self.at = number % len(self.areas)
        for area in self.areas:
            area.display = area is self.area
        if had_focus:
            self.area.focus()
        self.retitle()

    def go(self, source: str, offset: int) -> None:
        """The cursor to a place of a file."""
        number = next((i for i, a in enumerate(self.areas) if a.source == source), None)
        if number is not None:
            self.look_at(number)
            self.area.go(offset)

    def retitle(self) -> None:
        name = Path(self.area.source).name
        others = f"（{self.at + 1}／{len(self.areas)}）" if len(self.areas) > 1 else ""
        state = "　只读" if self.area.read_only else "　● 未保存" if self.area.is_unsaved else ""
        row, column = self.area.cursor_location
        self.border_title = plain(f"规则（F3）{name}{others}{state}")
        self.border_subtitle = f"第 {row + 1} 行 第 {column + 1} 列"

    def on_text_area_changed(self) -> None:
        self.retitle()
        self.post_message(self.Edited())

    # --- what is not saved yet

    def keep_all(self) -> None:
        """Write down what is unsaved, forget what is saved."""
        for area in self.areas:
            if area.opened is None:
                continue
            text = area.text
            if area.is_unsaved and self._kept.get(area.source) != text:
                self._kept[area.source] = text
                if not keep(area.opened.path, Kept(text, area.opened.digest)):
                    self.post_message(self.Told("没有保存的改动无法另存备份：数据文件夹写不进去。请尽快保存。", True))
            elif not area.is_unsaved and self._kept.pop(area.source, None) is not None:
                forget(area.opened.path)

    async def recover(self) -> None:
        """Offer what an earlier session did not save."""
        for area in self.areas:
            kept = kept_of(area.opened.path) if area.opened else None
            if area.opened is None or kept is None:
                continue
            if kept.text == area.text:
                forget(area.opened.path)
                continue
            since = "" if kept.digest == area.opened.digest else "那以后文件在外面改过。"
            words = _KEPT.format(name=one_line(area.opened.path.name), since=since)
            answer = await self.app.push_screen_wait(Ask("没有保存的改动", words, ("恢复", "不要了，用磁盘上的")))
            if answer == 0:
                area.put(0, len(area.text), kept.text)
                area.move_cursor((0, 0))
            elif answer == 1:
                forget(area.opened.path)

    # --- saving

    async def save(self) -> bool:
        """Every changed file; False when one was not saved."""
        for area in self.unsaved:
            if not await self._save(area):
                return False
        return True

    async def _save(self, area: RuleArea) -> bool:
        assert area.opened is not None
        text = area.text
        result = save_text(area.opened, text)
        if isinstance(result, Changed):
            answer = await self._ask_outside(area, result)
            if answer == 0:
                return self._reload(area)
            if answer == 2:
                return await self._save_elsewhere(area, text)
            if answer != 1:
                return False
            result = save_text(area.opened, text, over=True)
        return self._saved(area, text, result)

    async def _ask_outside(self, area: RuleArea, changed: Changed) -> int | None:
        words = (_GONE if changed.gone else _OUTSIDE).format(name=one_line(Path(area.source).name))
        answers = ("重新读入，放弃这里的改动", "覆盖外面的改动", "这里的另存为……")
        return await self.app.push_screen_wait(Ask("没有保存", words, answers))

    async def _save_elsewhere(self, area: RuleArea, text: str) -> bool:
        assert area.opened is not None
        message, name = "", str(area.opened.path)
        while given := await self.app.push_screen_wait(Form("另存为", (("文件", name),), message)):
            name = given[0]
            path = Path(name).expanduser()
            result = save_text(replace(area.opened, path=path, digest=""), text) if name else Fault("没有写文件名")
            if isinstance(result, Opened):
                return self._saved(area, text, result)
            message = f"“{path.name}”已经有了，请换一个名字。" if isinstance(result, Changed) else said(result)
        return False

    def _saved(self, area: RuleArea, text: str, result: Opened | Changed | Fault) -> bool:
        if not isinstance(result, Opened):
            self.post_message(self.Told(said(result) if isinstance(result, Fault) else "文件又被改过，没有保存。", True))
            return False
        assert area.opened is not None
        forget(area.opened.path)
        self._kept.pop(area.source, None)
        area.opened, area.saved, area.source = result, text, str(result.path)
        self._seen(area)
        self.retitle()
        return True

    async def may_leave(self) -> bool:
        """Ask what to do with what is unsaved; False to stay."""
        if not self.unsaved:
            return True
        names = "、".join(one_line(Path(a.source).name) for a in self.unsaved)
        answer = await self.app.push_screen_wait(Ask("有没有保存的改动", f"没有保存：{names}", ("保存", "不保存，放弃改动", "留在这里")))
        if answer == 1:
            self.give_up()
        return answer == 1 or (answer == 0 and await self.save())

    def give_up(self) -> None:
        for area in self.unsaved:
            if area.opened is not None:
                area.take(replace(area.opened, escaped=0))
                forget(area.opened.path)
        self._kept.clear()

    # --- changes from outside

    def watch_outside(self) -> None:
        """A file changed by another program: read again if nothing of ours is in it, else only told."""
        for area in self.areas:
            before = self._outside.get(area.source)
            if area.opened is None or self._seen(area) == before or not is_changed(area.opened):
                continue
            name = one_line(area.opened.path.name)
            if area.is_unsaved:
                self.post_message(self.Told(f"“{name}”在外面改过；这里的改动还没有保存，保存时再决定用哪一份。", True))
            elif self._reload(area):
                self.post_message(self.Told(f"“{name}”在外面改过，已重新读入。"))

    def _seen(self, area: RuleArea) -> tuple[int, int] | None:
        try:
            found = area.opened.path.stat() if area.opened else None
            self._outside[area.source] = (found.st_mtime_ns, found.st_size) if found else (0, 0)
        except OSError:
            self._outside[area.source] = (0, 0)
        return self._outside[area.source]

    def _reload(self, area: RuleArea) -> bool:
        assert area.opened is not None
        again = open_text(area.opened.path)
        if isinstance(again, Fault):
            self.post_message(self.Told(said(again), True))
            return False
        forget(area.opened.path)
        self._kept.pop(area.source, None)
        area.take(again)
        self._seen(area)
        self.retitle()
        return True

    def reload(self) -> None:
        """Every file as it is on disk now, where it is another."""
        for area in self.areas:
            if area.opened is not None and is_changed(area.opened):
                self._reload(area)
