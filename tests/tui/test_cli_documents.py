"""The commands about policies and notices: check, test, read, fmt, graph, corpus. In one process; the store in a folder of the test."""

import json
import stat
import sys
from pathlib import Path

import pytest

from corpus.bundled import bundled_keys, bundled_text
from tui.cli import main

POLICY = """政策：门诊补助办法
原文：甲-2020
计算日期：就诊日期

【术语 填报】
就诊日期，日期，填报。
费用，金额，填报。

【术语 结果】
补助，金额，结果。

【条款 补助】
依据：第一条第1句
「补助为费用的50%。」
"""
NOTICE = "门诊补助办法\n第一条　补助为费用的50%。\n第二条　本办法自印发之日起施行。\n"


class Cli:
    """Runs the command in this process; `code`, `out` and `err` are those of the last run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.monkeypatch, self.capsys, self.folder = monkeypatch, capsys, folder

    def __call__(self, *words: str) -> "Cli":
        self.monkeypatch.setattr(sys, "argv", ["youju", *words])
        try:
            self.code = main()
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return self

    def file(self, name: str, data: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "家"))
    monkeypatch.setenv("COLUMNS", "100")
    return Cli(monkeypatch, capsys, tmp_path)


# --- check, test ---------------------------------------------------------------------------------------------------------------------------------


def test_a_check_prints_the_quoting_rate_and_the_accounting(cli: Cli) -> None:
    assert 0 == cli("check", "fumeng-2022").code
    assert "照录率 " in cli.out and "有着落" in cli.out


def test_a_check_in_json_is_one_object_a_policy(cli: Cli) -> None:
    checked = json.loads(cli("check", "fumeng-2022", "--format", "json").out)
    assert ("fumeng-2022", True) == (checked["政策"], checked["通过"])


def test_a_faulty_policy_fails_its_check_with_line_and_code(cli: Cli) -> None:
    path = cli.file("甲.policy", POLICY.replace("「补助为费用的50%。」", "「补助为费用的60%。」"))
    cli.file("甲-2020.txt", NOTICE)
    assert 1 == cli("check", path).code
    assert "第14行" in cli.out and "错误：" in cli.out
    diagnoses = json.loads(cli("check", path, "--format", "json").out)["诊断"]
    assert {14} == {d["行"] for d in diagnoses if d["级别"] == "错误"}


def test_a_notice_is_not_checked_as_a_policy(cli: Cli) -> None:
    path = cli.file("甲-2020.txt", NOTICE)
    assert (2, "") == (cli("check", path).code, cli.out)
    assert "不是政策" in cli.err


def test_an_added_notice_is_found_by_the_key_its_policy_names(cli: Cli) -> None:
    path = cli.file("甲.policy", POLICY)
    assert 2 == cli("check", path).code
    assert "youju corpus add 文件 --key 甲-2020" in cli.err
    assert 0 == cli("corpus", "add", cli.file("通知.txt", NOTICE), "--key", "甲-2020").code
    assert (0, "") == (cli("check", path).code, cli.err)


def test_strict_also_asks_for_every_paragraph(cli: Cli) -> None:
    path = cli.file("甲.policy", POLICY)
    cli.file("甲-2020.txt", NOTICE)
    assert "没有着落" in cli("check", path).out
    assert 1 == cli("check", path, "--strict").code


def small_policy(cli: Cli) -> str:
    """Half of the cost, on a notice beside it."""
    cli.file("甲-2020.txt", NOTICE)
    return cli.file("甲.policy", POLICY)


def test_a_case_file_is_run_against_its_policy(cli: Cli) -> None:
    policy = small_policy(cli)
    case = {"案例": "甲-2020/1", "标题": "半数", "形式": "单笔", "就诊": [{"就诊日期": "2020-05-01", "费用": "100.00"}]}
    good = cli.file("对.json", json.dumps([case | {"应得": {"逐笔": [{"补助": "50.00"}]}}]))
    bad = cli.file("错.json", json.dumps([case | {"应得": {"逐笔": [{"补助": "50.01"}]}}]))
    assert 0 == cli("test", policy, "--cases", good).code
    assert "✓ 甲-2020　甲-2020/1 半数" in cli.out
    assert 1 == cli("test", policy, "--cases", good, bad).code
    assert "应为 50.01" in cli.out and "1 个不符" in cli.out
    assert "补助   1笔     0笔  ← 每笔都适用" in cli("test", policy, "--cases", good, "--coverage").out


def test_cases_of_a_policy_that_was_not_asked_for_are_told(cli: Cli) -> None:
    case = {"案例": "乙-2021/1", "就诊": [{}], "应得": {}}
    assert 1 == cli("test", small_policy(cli), "--cases", cli.file("乙.json", json.dumps(case))).code
    assert "乙-2021" in cli.err


@pytest.mark.parametrize("text", ["", "[1]", '[{"案例": "甲-2020/X"}]', '[{"案例": 5, "应得": 5, "就诊": 5}]', "NaN"])
def test_a_file_without_cases_is_a_fault(cli: Cli, text: str) -> None:
    assert 1 == cli("test", small_policy(cli), "--cases", cli.file("x.json", text)).code
    assert "x.json" in cli.err and "内部错误" not in cli.err


# --- read, graph ---------------------------------------------------------------------------------------------------------------------------------


def test_a_clause_is_read_back_with_its_place_and_standing(cli: Cli) -> None:
    out = cli("read", "fumeng-2022", "--clause", "基本救助年度限额").out
    assert "二（二）2第1款第2句第1分句「自2023年1月起基本救助年度限额按2万元执行」" in out
    assert "照录　读作：自2023年1月1日起，基本救助年度限额为20000元。" in out


def test_a_clause_that_is_none_is_answered_with_the_nearest(cli: Cli) -> None:
    assert (2, "") == (cli("read", "fumeng-2022", "--clause", "基本救助限额").code, cli.out)
    assert "是否指“基本救助年度限额”" in cli.err


@pytest.mark.parametrize("words", [("graph", "fumeng-2022"), ("graph", "fumeng-2022", "--format", "mermaid")])
def test_a_graph_names_only_nodes_it_declares(cli: Cli, words: tuple[str, ...]) -> None:
    lines = cli(*words).out.splitlines()
    arrows = [line.strip(" ;").replace("-->", "->").split(" -> ") for line in lines if "->" in line]
    declared = {line.split()[0].split("[")[0].split("(")[0] for line in lines if line.startswith("  n") and "->" not in line}
    assert arrows and {name for pair in arrows for name in pair} <= declared


def test_a_graph_around_a_quantity_holds_what_it_needs_and_less_than_all(cli: Cli) -> None:
    whole = json.loads(cli("graph", "fumeng-2022", "--format", "json").out)
    near = json.loads(cli("graph", "fumeng-2022", "--around", "基本救助比例", "--format", "json").out)
    assert {"从": "基本救助比例", "到": "基本救助"} in near["边"]
    assert {"从": "人员类别", "到": "基本救助比例"} in near["边"]
    assert len(near["节点"]) < len(whole["节点"])
    assert "fumeng-2022/二/(二)/2/p1/s2/c3" in json.dumps(near["节点"], ensure_ascii=False)


# --- fmt -----------------------------------------------------------------------------------------------------------------------------------------


UNTIDY = POLICY.replace("费用，金额，填报。", "　费用,金额,填报。\r\n\r\n\r").replace("\n「", "\n\n  「")


def test_a_policy_is_tidied_in_place_without_a_trace(cli: Cli) -> None:
    path = cli.file("甲.policy", "\ufeff" + UNTIDY)
    cli.file("甲-2020.txt", NOTICE)
    assert (1, f"{path}\n") == (cli("fmt", path, "--check").code, cli.out)
    assert 0 == cli("fmt", path, "--write").code
    assert POLICY == Path(path).read_text(encoding="utf-8").replace("\n\n「", "\n「")
    assert 0 == cli("fmt", path, "--check").code
    assert ["甲-2020.txt", "甲.policy"] == sorted(p.name for p in cli.folder.iterdir())


def test_a_policy_that_cannot_be_read_is_left_alone(cli: Cli) -> None:
    path = cli.file("甲.policy", UNTIDY.replace("「补助为费用的50%。」", "释义：这不成规则。"))
    before = Path(path).read_bytes()
    assert (1, "") == (cli("fmt", path, "--write").code, cli.out)
    assert before == Path(path).read_bytes()
    assert "没有整理" in cli.err


def test_a_bundled_policy_is_looked_at_by_its_key_and_never_rewritten(cli: Cli) -> None:
    folder = Path(__file__).resolve().parents[2] / "policies" / "fumeng-2022"
    texts = {path: path.read_bytes() for path in folder.iterdir()}
    assert (0, "") == (cli("fmt", "fumeng-2022", "--check").code, cli.out)
    assert "【条款 基本救助比例】" in cli("fmt", "fumeng-2022").out
    assert (2, "") == (cli("fmt", "fumeng-2022", "--write").code, cli.out)
    assert "按代号只看不改" in cli.err and str(folder) in cli.err
    assert texts == {path: path.read_bytes() for path in folder.iterdir()}
    assert 2 == cli("fmt", "fumeng-2020").code
    assert "找不到“fumeng-2020”" in cli.err


def test_bundled_policies_are_in_canonical_form(cli: Cli) -> None:
    folder = Path(__file__).resolve().parents[2] / "policies" / "fumeng-2022"
    assert (0, "") == (cli("fmt", str(folder), "--check").code, cli.out)


# --- corpus --------------------------------------------------------------------------------------------------------------------------------------


def test_units_are_numbered_under_the_key_asked_for(cli: Cli) -> None:
    path = cli.file("某.txt", NOTICE)
    units = json.loads(cli("corpus", "units", path, "--key", "甲-2020", "--json").out)
    assert {"id": "甲-2020/第一条/s1", "kind": "sentence", "text": "补助为费用的50%。", "lines": [2, 2]} in units
    assert "" == cli.err
    assert "甲/第二条/s1" in cli("corpus", "units", cli.file("甲.txt", NOTICE)).out


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("空.txt", b"", 1, "空文件"),
        ("二.txt", b"\x7fELF\x00\x00\x01\x02" * 20, 1, "二进制"),
        ("表.pdf", b"%PDF-1.7", 1, "暂不支持"),
        ("散.txt", "今天天气很好。\n明天也是。\n".encode(), 0, "没有找到条款编号"),
        ("国标.txt", NOTICE.encode("gbk"), 0, "GB18030"),
        ("a\u202eb.txt", b"", 1, "\\u202e"),
    ],
)
def test_an_unusual_notice_gets_a_clear_answer(cli: Cli, name: str, data: bytes, code: int, said: str) -> None:
    assert code == cli("corpus", "units", cli.file(name, data)).code
    assert said in cli.err
    assert bool(cli.out) == (code == 0)


def test_every_bundled_notice_has_structure(cli: Cli) -> None:
    for key in bundled_keys():
        assert (0, "") == (cli("corpus", "units", cli.file(f"{key}.txt", bundled_text(key) or "")).code, cli.err)


def test_bundled_notices_are_there_before_anything_was_added(cli: Cli) -> None:
    assert all(key in cli("corpus", "list").out for key in bundled_keys())
    assert "基本救助年度限额按2万元执行" in cli("corpus", "show", "fumeng-2022").out
    assert "fumeng-2022/二/(二)/2/p1/s2/c1" in cli("corpus", "search", "年度限额按2万元").out
    assert not (cli.folder / "家").exists()


def test_an_added_notice_is_kept_for_its_owner_alone(cli: Cli) -> None:
    path = cli.file("甲-2020.txt", NOTICE)
    assert 0 == cli("corpus", "add", path).code
    assert "没有变化" in cli("corpus", "add", path).out
    assert ["甲-2020"] == [e["代号"] for e in json.loads(cli("corpus", "list", "--json").out) if e["来源"].endswith("甲-2020.txt")]
    assert "甲-2020/第一条/s1" in cli("corpus", "search", "费用", "补助").out
    assert 0o600 == stat.S_IMODE((cli.folder / "家" / "corpus.db").stat().st_mode)


def test_what_is_not_there_is_wrong_usage(cli: Cli) -> None:
    for words in (["corpus", "show", "fumeng"], ["corpus", "units", str(cli.folder)], ["corpus", "add", str(cli.folder / "无")]):
        assert (2, "") == (cli(*words).code, cli.out)
    assert "没有找到" in cli("corpus", "search", "绝无此词").err
    assert 0 == cli.code


def test_a_file_that_is_no_store_is_left_as_it_is(cli: Cli) -> None:
    (cli.folder / "家").mkdir()
    strange = cli.file("家/corpus.db", b"not a store" * 100)
    assert 1 == cli("corpus", "add", cli.file("甲.txt", NOTICE)).code
    assert "未作任何改动" in cli.err
    assert b"not a store" * 100 == Path(strange).read_bytes()
