"""What could have stood here, said in words a drafter uses: sorted, at most five."""

from collections.abc import Iterable

from grammar.lexer import wordings

_KINDS = {
    "QTY": "一个金额、比例或者日期项目",
    "FLAG": "一个是非项目",
    "MEMBER": "一个类别成员",
    "GROUP": "一类人员",
    "MONEY": "一个金额",
    "RATIO": "一个百分比",
    "DATE": "一个日期",
    "$END": "句末",
    "PAYER": "一个付费方",
}
#: Words with a place of their own, and what to write instead.
_ADVICE = {
    "PER_YEAR": "一年合计的上限，请写在算式之后，例如：给付为…，每人每年不超过1000元；一年合计的下限还写不了。",
    "TITLE": "称谓只接在名单之后（甲、乙等…），不能单独说一类人；要说一类人，请登记成种类为“人员”的名称。",
}
#: Only 但 waits for this word.
_BUT = "“但”只写例外，以“的除外”收尾；是上限的，另写“，不超过…”，再写“不计：“但”和理由”。"


def advice(terminal: str, terminals: Iterable[str]) -> str:
    """What to do about a word of this concept that cannot stand here."""
    return _ADVICE.get(terminal) or (_BUT if "EXCEPT" in terminals else expected_wording(terminals))


def expected_wording(terminals: Iterable[str]) -> str:
    """「这里可以写：为、按、超过…」; empty when nothing useful can be said."""
    spoken = [_KINDS.get(t) or (f"“{wordings(t)[0]}”" if wordings(t) else "") for t in sorted(terminals)]
    useful = [s for s in spoken if s][:5]
    return "这里可以写：" + "、".join(useful) if useful else ""
