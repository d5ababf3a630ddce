"""What a drafter is told when a word cannot stand where it does."""

import pytest

from tests.tiny import WORDS, convention, faults, said, tiny

TITLED = f"{WORDS}人员，称谓。\n"


def told(sentence: str) -> str:
    (fault,) = (f for f in faults(tiny(convention(sentence), words=TITLED)) if f.code == "syntax")
    return said(fault)


def test_a_title_that_stands_for_persons_is_told_apart_from_a_name_of_persons() -> None:
    assert "种类为“人员”" in told("人员不给予给付")


def test_a_cap_after_但_is_told_to_stand_without_it() -> None:
    assert "另写“，不超过…”" in told("给付为费用，但不超过500元")


@pytest.mark.parametrize("sentence", ["给付为", "给付为费用，但住院"])
def test_the_advice_on_a_cap_is_given_only_where_an_exception_stands_open(sentence: str) -> None:
    assert ("但" in sentence) is ("以“的除外”收尾" in told(sentence))
