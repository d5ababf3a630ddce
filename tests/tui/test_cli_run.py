"""`youju run`: claims in, one answer each. Amounts are those of the worked cases C01, C02 and C05 of fumeng-2022, worked out by hand."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tui.cli import main

BASE = {
    "参保险种": "居民医保",
    "就医类型": "住院",
    "是否定点医疗机构": True,
    "就医地": "县内",
    "转诊情况": "县内就医，无需转诊",
}
SPRING = BASE | {"出院日期": "2023-03-14", "医疗总费用": "12000.00", "政策范围内费用": "10500.00", "基本医保支付": "7575.00"}
DEDUCTIBLE = {"大病保险起付线_困难群众": "7500.00"}
ORDINARY = {"政策": "fumeng-2022", "就诊": [{"人员类别": "低保对象"} | SPRING], "参数": DEDUCTIBLE}
DESTITUTE = {"政策": "fumeng-2022", "就诊": [{"人员类别": "特困人员"} | SPRING], "参数": DEDUCTIBLE}
EDGE = {"人员类别": "低保边缘家庭成员"} | BASE
FEBRUARY = EDGE | {"出院日期": "2023-02-20", "医疗总费用": "7500.00", "政策范围内费用": "6800.00", "基本医保支付": "4800.00"}
AUGUST = EDGE | {"出院日期": "2023-09-08", "医疗总费用": "5900.00", "政策范围内费用": "5200.00", "基本医保支付": "3600.00"}
TWICE = {
    "政策": "fumeng-2022",
    "就诊": [FEBRUARY, AUGUST],
    "参数": {"大病保险起付线_其他人员": "15000.00", "大病保险支付比例_其他人员": "60%"},
}


class Cli:
    """Runs the command in this process; `code`, `out` and `err` are those of the last run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.monkeypatch, self.capsys, self.folder = monkeypatch, capsys, folder

    def __call__(self, *words: str, stdin: str | bytes = "") -> "Cli":
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        self.monkeypatch.setattr(sys, "argv", ["youju", *words])
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        try:
            self.code = main()
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return self

    def answers(self, *claims: object) -> list[dict]:
        """JSON answers to claims on standard input, one a line."""
        text = "\n".join(c if isinstance(c, str) else json.dumps(c, ensure_ascii=False) for c in claims)
        return [json.loads(line) for line in self("run", "fumeng-2022", "-", "--json", stdin=text).out.splitlines()]

    def faults(self, claim: object) -> str:
        return "；".join(self.answers(claim)[0]["错误"])


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    monkeypatch.setenv("COLUMNS", "100")
    return Cli(monkeypatch, capsys, tmp_path)


def test_a_claim_on_standard_input_is_decided_to_the_fen(cli: Cli) -> None:
    answer = cli.answers(ORDINARY)[0]
    assert (0, "") == (cli.code, cli.err)
    assert ("2047.50", "0.00", "2377.50") == tuple(answer["就诊"][0]["结果"][name] for name in ("基本救助", "倾斜救助", "个人负担合计"))


def test_there_are_as_many_answers_as_claims_and_in_their_order(cli: Cli) -> None:
    answers = cli.answers(ORDINARY, "{坏了", DESTITUTE, {"就诊": []}, ORDINARY)
    assert [False, True, False, True, False] == ["错误" in a for a in answers]
    assert ["2047.50", "2661.75", "2047.50"] == [a["就诊"][0]["结果"]["医疗救助合计"] for a in answers if "就诊" in a]
    assert 1 == cli.code
    assert "标准输入 第2行" in cli.err and "第4行" in cli.err


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ORDINARY, DESTITUTE], ensure_ascii=False),
        json.dumps([ORDINARY, DESTITUTE], ensure_ascii=False, indent=2),
        "\r\n".join(json.dumps(c, ensure_ascii=False) for c in (ORDINARY, DESTITUTE)),
        "\n\n" + json.dumps(ORDINARY) + "\n\n" + json.dumps(DESTITUTE) + "\n",
        "\ufeff" + json.dumps([ORDINARY, DESTITUTE]),
    ],
    ids=["list", "printed list", "lines ending as on Windows", "blank lines between", "byte order mark"],
)
def test_a_list_and_lines_are_read_alike(cli: Cli, text: str) -> None:
    out = cli("run", "fumeng-2022", "-", "--json", stdin=text).out
    assert ["2047.50", "2661.75"] == [json.loads(line)["就诊"][0]["结果"]["医疗救助合计"] for line in out.splitlines()]


def test_one_pretty_printed_claim_is_one_claim_even_when_it_is_broken(cli: Cli) -> None:
    text = json.dumps(ORDINARY, ensure_ascii=False, indent=2)
    assert 1 == len(cli("run", "fumeng-2022", "-", "--json", stdin=text).out.splitlines())
    assert 1 == len(cli("run", "fumeng-2022", "-", "--json", stdin=text.replace('"居民医保",', '"居民医保"')).out.splitlines())
    assert "错误" in json.loads(cli.out)


def test_a_worked_case_is_taken_as_the_claim_in_it(cli: Cli) -> None:
    case = {"案例": "fumeng-2022/C01", "标题": "t", "形式": "单笔", "就诊": ORDINARY["就诊"], "参数": DEDUCTIBLE, "应得": {}, "适用": [], "假设": []}
    assert "2047.50" == cli.answers(case)[0]["就诊"][0]["结果"]["基本救助"]


def test_a_worked_case_of_several_persons_is_a_claim_for_each(cli: Cli) -> None:
    case = {"案例": "fumeng-2022/C26", "形式": "多人", "就诊": [*ORDINARY["就诊"], *DESTITUTE["就诊"]], "参数": DEDUCTIBLE, "应得": {}}
    assert ["2047.50", "2661.75"] == [a["合计"]["医疗救助合计"] for a in cli.answers(case)]


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "-Infinity", "1e999999", "1E3", "12000.001", "-1", '"１2e3"', "9" * 5000, "true", "[]", "{}"])
def test_a_figure_that_is_no_amount_is_refused(cli: Cli, figure: str) -> None:
    claim = json.dumps(ORDINARY, ensure_ascii=False).replace('"12000.00"', figure)
    assert cli.faults(claim)
    assert (1, False) == (cli.code, "Traceback" in cli.err)


@pytest.mark.parametrize("figure", ["12000", "12000.00", '"１２０００．００"', '"12,000.00"'])
def test_an_amount_may_be_written_in_these_ways(cli: Cli, figure: str) -> None:
    claim = json.dumps(ORDINARY, ensure_ascii=False).replace('"12000.00"', figure)
    assert "1500.00" == cli.answers(claim)[0]["就诊"][0]["结果"]["政策范围外个人自费"]


def test_a_field_written_twice_is_refused(cli: Cli) -> None:
    assert "“政策”写了两次" in cli.faults('{"政策": "fumeng-2022", "政策": "linxi-2017", "就诊": [{}]}')


@pytest.mark.parametrize("depth", [30, 900, 100_000])
def test_bottomless_nesting_is_refused(cli: Cli, depth: int) -> None:
    assert "嵌套" in cli.faults('{"就诊": ' + "[" * depth + "]" * depth + "}")


def test_what_a_terminal_would_obey_is_written_out(cli: Cli) -> None:
    cli.answers({"就诊": [{"\u202e\u001b[31m栏目": 1}]})
    assert not any(c in cli.out + cli.err for c in "\u202e\u001b")
    assert "\\u202e" in cli.err


@pytest.mark.parametrize(("data", "said"), [(b"", "没有申报"), (b"\xff\xfe\x00", "UTF-8"), (b"[]", "没有申报"), (b"5", "应当是一个对象")])
def test_what_holds_no_claim_is_said_so(cli: Cli, data: bytes, said: str) -> None:
    cli("run", "fumeng-2022", "-", stdin=data)
    assert (1, "") == (cli.code, cli.out)
    assert said in cli.err


def test_a_claim_for_another_policy_is_refused(cli: Cli) -> None:
    assert "linxi-2017" in cli.faults(ORDINARY | {"政策": "linxi-2017"})


def test_files_that_are_not_there_are_wrong_usage(cli: Cli) -> None:
    good = cli.folder / "一.json"
    good.write_text(json.dumps(ORDINARY), encoding="utf-8")
    for wrong in (str(cli.folder), str(cli.folder / "无.json")):
        assert (2, "") == (cli("run", "fumeng-2022", str(good), wrong).code, cli.out)
    assert "无.json" in cli.err


def test_a_mistyped_policy_is_answered_with_the_nearest(cli: Cli) -> None:
    assert 2 == cli("run", "fumeng-2202", "-").code
    assert "是否指“fumeng-2022”" in cli.err


def test_the_report_shows_shares_that_add_up_to_the_bill(cli: Cli) -> None:
    out = cli("run", "fumeng-2022", "-", stdin=json.dumps(ORDINARY)).out
    shares = out.partition("谁付多少")[2].split("\n\n")[0].splitlines()[1:]
    amounts = [int(line.split()[-1].removesuffix("元").replace(",", "").replace(".", "")) for line in shares if line.endswith("元")]
    assert 1_200_000 == amounts[-1] == sum(amounts[:-1])
    assert 1 == len({len(line.encode("gbk")) for line in shares if line.endswith("元")})


def test_an_undetermined_amount_says_what_is_missing(cli: Cli) -> None:
    visit = {k: v for k, v in ORDINARY["就诊"][0].items() if k != "医疗总费用"}
    out = cli("run", "fumeng-2022", "-", stdin=json.dumps(ORDINARY | {"就诊": [visit]})).out
    assert re.search(r"  政策范围外个人自费 +待定\n      缺少：医疗总费用\n", out)


def test_an_explanation_quotes_the_sentence_and_fills_in_the_figures(cli: Cli) -> None:
    out = cli("run", "fumeng-2022", "-", "--explain", stdin=json.dumps(ORDINARY)).out
    flat = out.replace("\n        ", "").replace("\n      ", "")
    assert "条款“基本救助比例”（照录）　二（二）2第1款第2句第3分句「低保对象、特困人员、孤儿救助比例为70%" in flat
    assert "10,500.00 － 7,575.00 = 2,925.00" in flat
    assert "差 2,122.50元" in flat.partition("没有适用的条款")[2]
    assert "大病保险起付线_困难群众：7,500.00元" in flat.partition("用到的参数")[2]


def test_another_reading_tells_what_it_would_change(cli: Cli) -> None:
    text = json.dumps(TWICE)
    found = json.loads(cli("run", "fumeng-2022", "-", "--json", "--all-readings", stdin=text).out)["其他读法"]
    per_visit = next(entry for entry in found if entry["读法"] == {"A004-1": "按次"})
    assert {"项目": "基本救助", "笔": 2, "默认": "960.00", "另一": "0.00", "差": "-960.00"} in per_visit["差异"]
    assert "少 960.00元" in cli("run", "fumeng-2022", "-", "--all-readings", stdin=text).out


def test_a_reading_can_be_chosen_on_the_command_line(cli: Cli) -> None:
    chosen = ("run", "fumeng-2022", "-", "--json", "--reading", "A004-1=按次")
    assert "0.00" == json.loads(cli(*chosen, stdin=json.dumps(TWICE)).out)["合计"]["基本救助"]


@pytest.mark.parametrize(("asked", "said"), [("A004-1=每月", "按年、按次"), ("A004", "没有读法"), ("A004-1", "按年、按次")])
def test_a_reading_that_is_none_is_wrong_usage(cli: Cli, asked: str, said: str) -> None:
    assert (2, "") == (cli("run", "fumeng-2022", "-", "--reading", asked).code, cli.out)
    assert said in cli.err


def test_a_label_that_is_none_in_the_claim_is_never_taken_for_the_default(cli: Cli) -> None:
    assert "每月" in cli.faults(ORDINARY | {"读法": {"A004-1": "每月"}})


def test_a_policy_with_errors_decides_nothing(cli: Cli) -> None:
    policy = cli.folder / "坏.policy"
    policy.write_text("政策：坏\n原文：fumeng-2022\n\n【条款 甲】\n依据：二（二）1第2句\n释义：这句话不成规则。\n", encoding="utf-8")
    assert (1, "") == (cli("run", str(policy), "-", stdin=json.dumps(ORDINARY)).code, cli.out)
    assert "第6行" in cli.err and "不能使用" in cli.err
