"""A later edition keeps the ids of the earlier one: nothing old is renumbered, no number is used twice."""

import pytest

from corpus.bundled import bundled_keys, bundled_notice
from corpus.editions import keep_ids
from corpus.paragraphs import split
from interpreter.notice import Notice

OLD = "一、比例\n救助比例为70%。起付线为500元。\n二、期限\n自2022年起。\n"


def later(old: str, new: str) -> dict[str, str]:
    return {unit.id.removeprefix("k/"): unit.text for unit in keep_ids([split("k", old)], split("k", new)).units}


@pytest.mark.parametrize("key", bundled_keys())
def test_the_same_text_keeps_every_id(key: str) -> None:
    notice = bundled_notice(key)
    assert notice is not None
    assert notice == keep_ids([notice], notice)


def test_a_new_sentence_gets_a_new_number_and_renumbers_none() -> None:
    found = later(OLD, OLD.replace("起付线", "先由保险支付。起付线"))
    assert ("救助比例为70%。", "先由保险支付。", "起付线为500元。") == (found["一/s1"], found["一/s3"], found["一/s2"])


def test_a_reworded_sentence_keeps_its_id() -> None:
    assert "救助比例为75%。" == later(OLD, OLD.replace("70%", "75%"))["一/s1"]


def test_a_new_paragraph_leaves_the_only_old_one_without_number() -> None:
    found = later(OLD, OLD.replace("救助比例", "先由保险支付，余额救助。\n救助比例"))
    assert {"一/h": "比例", "一/s1": "救助比例为70%。", "一/s2": "起付线为500元。", "一/p2/s1": "先由保险支付，余额救助。"}.items() <= found.items()


def test_what_is_left_of_two_paragraphs_keeps_its_number() -> None:
    assert "乙，乙。" == later("一、比例\n甲，甲。\n乙，乙。\n", "一、比例\n乙，乙。\n")["一/p2/s1"]


def test_a_new_label_names_itself() -> None:
    found = later(OLD, OLD + "三、附则\n由某局解释。\n试行。\n")
    assert {"三/h", "三/p1/s1", "三/p2/s1"} <= set(found)


def test_a_number_once_used_is_not_given_away() -> None:
    first, second = split("k", "一、甲\n子，丑。\n寅，卯。\n"), split("k", "一、甲\n子，丑。\n")
    kept = keep_ids([first], second)
    third = keep_ids([first, kept], split("k", "一、甲\n子，丑。\n辰，巳。\n"))
    assert ["k/一/h", "k/一/p1/s1", "k/一/p3/s1"] == [unit.id for unit in third.units]


def test_no_two_units_of_a_later_edition_share_an_id() -> None:
    notices = [notice for key in bundled_keys() if (notice := bundled_notice(key))]
    for old in notices:
        for new in notices:
            kept = keep_ids([Notice("k", "", tuple(old.units))], new)
            assert len(kept.by_id) == len(new.units)
            assert [unit.text for unit in new.units] == [unit.text for unit in kept.units]
