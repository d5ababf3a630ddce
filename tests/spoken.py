"""Sentences read with a policy's own words: lexicon, parser and printer in one place."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.workspace import Policy
from grammar.acts import Sentence
from grammar.diagnostic import Diagnostic
from grammar.lexer import Lexicon, lexicon
from grammar.sentence import parse_condition, parse_formula, parse_sentence
from grammar.source import Source, Span
from grammar.syntax import Condition, Expression
from grammar.vocabulary import entries, spoken_differently


def table_of(policy: Policy) -> dict[str, tuple[str, str]]:
    """Wording → terminal and canonical name, of all files together."""
    documents = policy.compiled().documents
    terms = [t for d in documents for t in d.terms]
    return entries(terms, [s for d in documents for s in d.synonyms], [c for d in documents for c in d.catalogues])


def lexicon_of(policy: Policy, bound: Mapping[str, str] | None = None) -> Lexicon:
    """The lexicon, with 本条所称X，指Y where `bound` says so."""
    table = table_of(policy)
    return spoken_differently(table, bound.items()) if bound else lexicon(table)


def read(text: str, words: Lexicon) -> tuple[Sentence | None, tuple[Diagnostic, ...]]:
    return parse_sentence(Source("句", text), Span(0, len(text)), words)


def read_condition(text: str, words: Lexicon) -> Condition | None:
    return parse_condition(Source("句", text), Span(0, len(text)), words)[0]


def read_formula(text: str, words: Lexicon) -> Expression | None:
    return parse_formula(Source("句", text), Span(0, len(text)), words)[0]
