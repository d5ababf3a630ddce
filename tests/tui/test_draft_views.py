"""起草 without a screen: where lines break, what stands where, what a quick fix writes."""

from pathlib import Path

import pytest
from textual.document._document import Document

from corpus.paragraphs import split
from corpus.workspace import Workspace
from grammar.parse import Parsed
from grammar.source import Source
from interpreter.coverage import Covered, coverage
from tests.tiny import WORDS
from tui.draft.analysis import Analysis, analyse, location_of, offset_of
from tui.draft.fixes import Edit, cite, fix, quote_clause, wants_basis
from tui.draft.flows import new_policy
from tui.draft.lines import ChineseLines
from tui.draft.outside import editor_command
from tui.draft.panes import problem_entries, unit_entries

NOTICE = split("小", "小办法\n第一条　甲类人员给付为费用的50%，但住院的除外。\n第二条　给付不超过200元。\n第三条　由县局负责解释。\n")
CLAUSE = "【条款 一】\n依据：第一条第1句\n释义：费用超过100元的，给付为费用的50%。\n"


def analysed(policy: str) -> tuple[Analysis, str]:
    text = f"{WORDS}\n{policy}"
    return analyse((Source("小.policy", text),), NOTICE, Parsed()), text


def test_every_unit_says_how_much_of_it_is_covered() -> None:
    analysis, _ = analysed(CLAUSE.replace("第1句", "第1句「甲类人员给付为费用的50%」") + "【段落】\n第三条第1句：说明性。\n")
    states = {u.rpartition("/")[0].rpartition("/")[2] or u: s for u, s in analysis.covered.items()}
    assert [Covered.STRUCTURE, Covered.PART, Covered.NONE, Covered.STATED] == list(states.values())
    assert ["　", "◐", "○", "－"] == [e.sign for e in unit_entries(NOTICE, analysis.covered)]
    whole, _ = analysed(CLAUSE)
    assert Covered.WHOLE is whole.covered["小/第一条/s1"]
    assert "小/第二条/s1" == whole.next_unit("", (Covered.NONE,))
    assert "小/第三条/s1" == whole.next_unit("小/第二条/s1", (Covered.NONE,))


@pytest.mark.parametrize("key", Workspace.open().keys())
def test_units_without_a_mark_are_those_that_the_check_lists(key: str) -> None:
    policy, _ = Workspace.open().policy(key)
    assert policy
    assert list(policy.checked().unaccounted) == [u for u, c in coverage(policy.compiled()).items() if c is Covered.NONE]


def test_a_sentence_leads_to_its_unit_and_back_and_is_read_back() -> None:
    analysis, text = analysed(CLAUSE)
    at = text.index("释义：")
    link = analysis.link_at("小.policy", at + 5)
    assert link and ("小/第一条/s1",) == link.units
    assert at + 3 == analysis.links_of("小/第一条/s1")[0].span.start
    assert "释义　读作：费用超过100元的，给付为费用的50%。" == analysis.read_back("小.policy", at)
    assert "" == analysis.read_back("小.policy", text.index("【条款"))
    assert "" == analysis.read_back("小.policy", 0)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("释义：给付为医药费。", "释义：给付为医药费用。"),
        ("释义：给付为费拥的50%。", "释义：给付为费用的50%。"),
        ("释义：人员类列为甲类的，给付为费用。", "释义：人员类别为甲类的，给付为费用。"),
        (
            "【术语】\n住院费用，金额，填报。\n【条款 二】\n释义：给付为住院费拥。",
            "【术语】\n住院费用，金额，填报。\n【条款 二】\n释义：给付为住院费用。",
        ),
    ],
    ids=["short", "mistyped", "end-mistyped", "known-beginning"],
)
def test_an_unknown_word_gives_way_to_the_nearest_term(wrong: str, right: str) -> None:
    analysis, text = analysed(CLAUSE + wrong)
    problem = next(p for p in analysis.problems if p.diagnostic.code == "unknown-word")
    edit = fix(problem.diagnostic, text, "")
    assert edit
    assert text.replace(wrong, right) == text[: edit.start] + edit.words + text[edit.end :]
    assert [True] == ["采用" in e.more[-1] for e in problem_entries(analysis, "小.policy") if "unknown-word" in e.words]


def test_a_sentence_without_basis_gets_the_unit_looked_at() -> None:
    analysis, text = analysed("【条款 一】\n释义：给付为费用。\n")
    problem = next(p for p in analysis.problems if p.diagnostic.code == "uncited")
    edit = fix(problem.diagnostic, text, "小/第一条/s1")
    assert edit
    assert text.replace("【条款 一】\n", "【条款 一】\n依据：第一条第1句\n") == text[: edit.start] + edit.words + text[edit.end :]
    assert fix(problem.diagnostic, text, "") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("【条款 一】\n依据：\n释义：甲。", "【条款 一】\n依据：第二条第1句\n释义：甲。"),
        ("【条款 一】\n依据：第一条第1句\n", "【条款 一】\n依据：第一条第1句；第二条第1句\n"),
        ("【条款 一】", "【条款 一】\n依据：第二条第1句\n"),
    ],
    ids=["empty", "another", "none"],
)
def test_a_unit_is_cited_where_the_cursor_is(before: str, after: str) -> None:
    offset = before.index("依据") if "依据" in before else 0
    edit = cite(before, offset, "小/第二条/s1")
    assert after == before[: edit.start] + edit.words + before[edit.end :]


def test_basis_is_not_written_where_there_is_one_already() -> None:
    text = "政策：甲\n【条款 一】\n依据：第一条\n释义：乙。\n【条款 二】\n依据：\n释义：丙。\n"
    places = {"政策": False, "【条款 一": False, "依据：第": True, "乙": False, "【条款 二": True, "丙": True}
    assert places == {words: wants_basis(text, text.index(words)) for words in places}


def test_a_unit_becomes_a_clause_of_its_own_behind_the_block() -> None:
    text = "政策：甲\n\n【条款 一】\n依据：第一条\n\n【段落】\n"
    edit = quote_clause(text, text.index("依据"), NOTICE.units[2])
    assert isinstance(edit, Edit)
    made = text[: edit.start] + edit.words + text[edit.end :]
    assert "\n\n【条款 第二条第1句】\n依据：第二条第1句\n「给付不超过200元。」\n\n【段落】\n" in made


def test_places_and_offsets_are_each_others_inverse() -> None:
    text = "甲乙\n\n丙丁戊\n"
    assert list(range(len(text) + 1)) == [offset_of(text, location_of(text, i)) for i in range(len(text) + 1)]


def test_no_line_of_the_editor_begins_with_closing_punctuation() -> None:
    text = "释义：基本医保支付后，个人负担的合规费用，按70%给予救助；其余的，不予救助。" * 3 + "\n\t制表\n\n短"
    for width in range(4, 60):
        lines = ChineseLines(Document(text), width)
        for part in lines.lines:
            assert not [section for section in part[1:] if section[:1] in "，。；："]
        assert text == "\n".join("".join(part) for part in lines.lines)
        assert lines.height == len(lines._offset_to_line_info)


def test_a_fault_of_a_new_policy_is_a_sentence(tmp_path: Path) -> None:
    assert ("", "没有写通知。") == new_policy(("", str(tmp_path)))
    assert new_policy(("没有", str(tmp_path)))[1].endswith("。")


@pytest.mark.parametrize(
    ("editor", "command"),
    [("vim -n", ["vim", "-n", "+7", "甲.policy"]), ("code --wait", ["code", "--wait", "甲.policy"]), ("'", ["vi", "+7", "甲.policy"])],
    ids=["vim", "code", "nonsense"],
)
def test_the_editor_opens_at_the_line_where_it_can(monkeypatch: pytest.MonkeyPatch, editor: str, command: list[str]) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    assert command == editor_command(Path("甲.policy"), 7)
