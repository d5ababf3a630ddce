"""训练: exercises drawn from the real clauses of a policy, answered, marked step by step, and a score sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.worker import get_current_worker

from corpus.drawing import SHEET, drawn, variant
from corpus.exercises import Exercise, clauses
from corpus.marking import Answer, Slip, slips
from corpus.workspace import Policy
from tui.screens.palette import Command
from tui.screens.picker import Picker
from tui.screens.place import Place
from tui.train.answer import AnswerPane
from tui.train.clause_picker import ClausePicker, placed
from tui.train.guide import COMMANDS, EIGHT, KEYS, PAGES, SIX, WHOLE
from tui.train.reading import NoticeScreen
from tui.train.scores import ScoresScreen
from tui.train.session import Entry, Session, added, changed, disclosed, hinted, moved, submitted, with_variant
from tui.train.stage import StageScreen
from tui.train.words import facts, hints, marking, question, read_answer
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.prose import Prose


class TrainScreen(Place):
    """Every worker has a description of its own: Textual's would write out its arguments, a whole policy and the claim."""

    TITLE = "训练"
    PAGES = PAGES
    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "answer", "作答", show=False),
        Binding("f3", "hint", "提示", show=False),
        Binding("f4", "pane('marking')", "讲评", show=False),
        Binding("escape", "pane('exercise')", "题目", show=False),
        Binding("f5", "submit", "提交", show=False),
        Binding("f6", "variant", "变式", show=False),
        Binding("f7", "unfold", "其余事实", show=False),
        Binding("f8", "go(1)", "下一题", show=False),
        Binding("ctrl+pageup,left_square_bracket,fullwidth_left_square_bracket,left_black_lenticular_bracket", "go(-1)", "上一题", show=False),
        Binding("ctrl+pagedown,right_square_bracket,fullwidth_right_square_bracket,right_black_lenticular_bracket", "go(1)", "下一题", show=False),
        Binding("f9,t,alt+t", "choose", "换政策", show=False),
        Binding("n,alt+n", "again", "下一卷", show=False),
        Binding("b,alt+b", "stage", "讲解", show=False),
        Binding("o,alt+o", "notice", "原文", show=False),
        Binding("alt+l", "scores", "成绩单", show=False),
    ]
    session: Session | None = None
    learner = ""

    # --- layout

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with VerticalScroll(id="exercise"):
                    yield Prose(id="facts")
                yield AnswerPane(id="answer")
            with VerticalScroll(id="marking"):
                yield Prose(id="told")
        yield KeyLine(EIGHT, SIX, id="keys")

    def on_mount(self) -> None:
        self.query_one("#marking").border_title = "讲评（F4）"
        self.query_one("#exercise").focus()
        self.begin(self.desk.case.policy)

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        entry = self._entry
        self.query_one(StatusLine).show(self._parts(), self._tail(), False)
        box = self.query_one("#exercise", VerticalScroll)
        box.border_title = "题目" if entry is None else f"第{entry.label}题" + ("" if entry.is_open else f"　{entry.exercise.theme}")
        box.border_subtitle = "" if entry is None or entry.is_open else "已讲解，不计分" if entry.marking is None else f"得{entry.points}分"
        said = "正在出题……" if not (self.session and self.session.complete) else "这个范围出不了题：F9 换政策或者条款"
        self.query_one("#facts", Prose).show(*((*facts(entry), (question(entry.exercise), "bold $accent")) if entry else ((said, ""),)))
        self.query_one(AnswerPane).show(entry)
        told = (hints(entry) if entry.is_open else marking(entry)) if entry else ()
        self.query_one("#told", Prose).show(*(told or (("答完按 F5，这里逐步讲评。不会做按 F3，提示要扣分。", ""),)))
        self.set_class(bool(told), "-told")

    def _parts(self) -> tuple[str, ...]:
        session = self.session
        if session is None:
            return ()
        topic = (f"《{session.topic}》",) if session.topic and self.is_wide else ()
        at = session.entry.label if session.entry else "0"
        return (session.policy.key, *topic, f"第{session.number}卷 {at}/{SHEET if not session.complete else len(session.entries)}")

    def _tail(self) -> tuple[str, ...]:
        return (f"得分 {self.session.points}/{self.session.most}", f"做完 {self.session.done}") if self.session else ()

    # --- the sheet

    @property
    def _entry(self) -> Entry | None:
        return self.session.entry if self.session else None

    def begin(self, policy: Policy, topic: str = "", number: int = 1) -> None:
        """A sheet; its exercises arrive one by one."""
        self.session = Session(policy, number, topic)
        self._show()
        self._draw(self.session)

    @work(thread=True, exclusive=True, group="drawing", description="出题")
    def _draw(self, session: Session) -> None:
        worker = get_current_worker()
        for made in drawn(session.policy, session.number, session.topic):
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self._arrived, session, made)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._arrived, session, None)

    def _arrived(self, session: Session, made: Exercise | None) -> None:
        """None: no more will come. Of a sheet that was given up nothing is taken."""
        mine = self.session
        if mine is None or mine.policy is not session.policy or (mine.number, mine.topic) != (session.number, session.topic):
            return
        self.session = added(mine, made) if made else replace(mine, complete=True)
        self._show()

    def _now(self, entry: Entry) -> None:
        if self.session:
            self.session = changed(self.session, entry)
            self._show()

    # --- answering

    def on_answer_pane_typed(self, event: AnswerPane.Typed) -> None:
        if self.session and self._entry and self._entry.is_open:
            self.session = changed(self.session, replace(self._entry, typed=event.text))

    def on_clause_field_cleared(self) -> None:
        self._cite(())

    def on_clause_field_asked(self) -> None:
        if self.session and self._entry and self._entry.is_open:
            policy = self.session.policy
            picker = ClausePicker("依据哪几条（定金额的条款；只管资格的可选可不选）", clauses(policy), placed(policy), self._entry.named)
            self.app.push_screen(picker, self._cite)

    def _cite(self, named: tuple[str, ...] | None) -> None:
        if named is not None and self._entry and self._entry.is_open:
            self._now(replace(self._entry, named=named))

    def action_answer(self) -> None:
        if self._entry and self._entry.is_open:
            self.query_one("#amount").focus()

    def action_submit(self) -> None:
        entry = self._entry
        if entry is None or not entry.is_open or self.session is None:
            return
        readable, fen, why = read_answer(entry.typed)
        if not readable:
            self.notify(why, severity="warning", markup=False)
            self.action_answer()
            return
        self._now(submitted(entry, Answer(fen, entry.named)))
        self.action_pane("marking")
        self._look_for_slips(self.session)

    @work(thread=True, group="slips", description="找差错")
    def _look_for_slips(self, session: Session) -> None:
        entry = session.entry
        if entry and entry.answer:
            self.app.call_from_thread(self._found, entry, slips(entry.exercise, entry.answer))

    def _found(self, entry: Entry, found: tuple[Slip, ...]) -> None:
        """The entry may no longer be the one looked at, nor stand at the same place."""
        for at, mine in enumerate(self.session.entries if self.session else ()):
            if self.session and mine is entry:
                self.session = changed(self.session, replace(mine, slips=found), at)
                self._show()

    def action_hint(self) -> None:
        if self._entry:
            self._now(hinted(self._entry))

    def action_unfold(self) -> None:
        if self._entry:
            self._now(replace(self._entry, unfolded=not self._entry.unfolded))

    def action_pane(self, pane: str) -> None:
        self.query_one(f"#{pane}").focus()

    # --- going on

    def action_go(self, by: int) -> None:
        """To the next, after the last to the score sheet."""
        if self.session is None or self._entry is None:
            return
        if by > 0 and self.session.complete and self.session.at == len(self.session.entries) - 1:
            self.action_scores()
            return
        self.session = moved(self.session, by)
        self._turned()

    def _turned(self) -> None:
        self._show()
        for pane in ("exercise", "marking"):
            self.query_one(f"#{pane}", VerticalScroll).scroll_home(animate=False)
        self.action_pane("exercise")

    def action_variant(self) -> None:
        if self.session and self._entry:
            if self._entry.is_open:
                self.notify("先做完这一题，再出变式", markup=False)
            else:
                self._vary(self.session, self._entry)

    @work(thread=True, exclusive=True, group="varying", description="变式")
    def _vary(self, session: Session, entry: Entry) -> None:
        count = sum(e.variants == entry.variants for e in session.entries)
        first = next(e for e in session.entries if e.variants == entry.variants)
        self.app.call_from_thread(self._varied, session, variant(first.exercise, count - 1))

    def _varied(self, session: Session, made: Exercise | None) -> None:
        if self.session is not session:
            return
        if made is None:
            self.notify("这一题没有变式", markup=False)
            return
        self.session = with_variant(session, made)
        self._turned()

    def action_again(self) -> None:
        if self.session:
            self.begin(self.session.policy, self.session.topic, self.session.number + 1)

    @work(exclusive=True, group="choosing", description="换政策")
    async def action_choose(self) -> None:
        """The policy, then the clause."""
        keys = self.desk.workspace.keys()
        here = self.session.policy.key if self.session else ""
        picked = await self.app.push_screen_wait(Picker("训练哪个政策", keys, [keys.index(here)] if here in keys else []))
        policy = self._usable(keys[picked[0]]) if picked else None
        if policy is None:
            return
        titles = (WHOLE, *clauses(policy))
        topic = await self.app.push_screen_wait(ClausePicker("训练哪一条", titles, placed(policy), several=False))
        if topic:
            self.begin(policy, topic[0] if topic[0] != WHOLE else "")

    def _usable(self, key: str) -> Policy | None:
        policy, message = self.desk.workspace.policy(key)
        if policy is None or not policy.compiled().usable:
            self.notify(message or "这个政策有错误，不能用", severity="error", markup=False)
            return None
        return policy

    def _begin_key(self, key: str) -> None:
        policy = self._usable(key)
        if policy:
            self.begin(policy)

    def action_scores(self) -> None:
        if self.session:
            self.app.push_screen(ScoresScreen(self.session, self.learner), self._named_learner)

    def _named_learner(self, name: str | None) -> None:
        self.learner = name if name is not None else self.learner

    def action_stage(self) -> None:
        if self._entry:
            self.app.push_screen(StageScreen(self._entry))

    def on_stage_screen_disclosed(self) -> None:
        if self._entry and self._entry.is_open:
            self._now(disclosed(self._entry))

    def action_notice(self) -> None:
        """Open book; what decides is lit once it is marked."""
        entry = self._entry
        if self.session and entry:
            lit = () if entry.is_open else tuple(a for f in entry.exercise.steps for a in f.origin.anchors)
            self.app.push_screen(NoticeScreen(self.session.policy.notice, lit))

    def commands(self) -> Iterator[Command]:
        """For the palette."""
        yield from (Command(f"训练：{title}", key, partial(self.run_action, name)) for title, key, name in COMMANDS)
        keys = self.desk.workspace.keys()
        yield from (Command(f"训练政策：{key}", "", partial(self._begin_key, key)) for key in keys)
        titles = clauses(self.session.policy) if self.session else ()
        yield from (Command(f"训练条款：{title}", "", partial(self.begin, self.session.policy, title)) for title in titles if self.session)
