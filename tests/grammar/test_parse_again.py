"""A changed text is read again exactly as if for the first time, spans included, whatever is taken over from the reading before."""

import pytest

from corpus.policies import bundled_sources
from grammar.parse import Parsed, parse, parse_again
from grammar.source import Source

KEY = "gansu-2018"
WORDS = ("x", "\n\n", "（", "【条款 又一条】\n", "，")


def changed(text: str, at: int, words: str) -> tuple[Source, ...]:
    return tuple(Source(s.name, s.text[:at] + words + s.text[at:]) if s.text == text else s for s in bundled_sources(KEY))


@pytest.mark.parametrize("words", WORDS, ids=["letter", "lines", "bracket", "title", "comma"])
@pytest.mark.parametrize("place", [10, 45, 95])
def test_a_changed_text_is_read_as_a_new_one(words: str, place: int) -> None:
    before = parse_again(bundled_sources(KEY), KEY, Parsed())
    for source in bundled_sources(KEY):
        sources = changed(source.text, len(source.text) * place // 100, words)
        assert repr(parse(sources, KEY)) == repr(_both(parse_again(sources, KEY, before)))


def test_equal_blocks_keep_their_own_places() -> None:
    block = "【条款 甲】\n释义：不认识的话。\n"
    twice = (Source("一", block + block),)
    before = parse_again(twice, "k", Parsed())
    moved = (Source("一", "政策：甲\n" + block + block),)
    assert repr(parse(moved, "k")) == repr(_both(parse_again(moved, "k", before)))


def _both(parsed: Parsed) -> object:
    return parsed.documents, parsed.faults


def test_another_name_in_the_vocabulary_is_known_to_every_sentence() -> None:
    head, clause = "【术语 填报】\n费用，金额，填报。\n", "【条款 甲】\n约定：给付额为费用。\n"
    before = parse_again((Source("一", head + clause),), "k", Parsed())
    assert ["unknown-word"] == [f.code for f in before.faults]
    after = parse_again((Source("一", head + "【术语 结果】\n给付额，金额，结果。\n" + clause),), "k", before)
    assert [] == [f.code for f in after.faults]
