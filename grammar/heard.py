"""Nothing said gets lost: every word of the vocabulary and every figure of a sentence stands in the tree that was built of it."""

from collections.abc import Iterator
from dataclasses import fields

from lark import Token

from grammar.acts import Sentence
from grammar.lexer import FIGURES, Lexicon, tokens
from grammar.literals import Literal
from grammar.source import Source, Span
from grammar.walk import parts_of

_SPOKEN = frozenset(("QTY", "FLAG", "MEMBER", "GROUP", "SET", "RULESET", "LIST", "CATALOGUE", "PAYER", *FIGURES.values()))


def unheard(source: Source, span: Span, lexicon: Lexicon, sentence: Sentence) -> tuple[Token, ...]:
    """The tokens of the sentence at `span` that its tree does not hold; what stands in it twice counts once."""
    held = set(_held(sentence))
    spoken = (t for t in tokens(source.folded, lexicon, span.start, span.end) if t.type in _SPOKEN)
    return tuple(t for t in spoken if t.value not in held)


def _held(sentence: Sentence) -> Iterator[str | Literal]:
    for node in parts_of(sentence):
        for name in (f.name for f in fields(node)):
            value = getattr(node, name)
            yield from (v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, (str, Literal)))
