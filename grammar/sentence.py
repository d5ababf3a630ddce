"""One sentence: text → syntax or diagnostics. The grammar is built once; there is one reading or none."""

from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, UnexpectedInput
from lark.common import LexerConf
from lark.exceptions import UnexpectedToken, VisitError
from lark.lexer import Lexer

from grammar.acts import Sentence
from grammar.build import Builder
from grammar.complaints import advice
from grammar.diagnostic import Diagnostic
from grammar.lexer import FIGURES, Lexicon, UnknownWord, tokens
from grammar.pieces import Misplaced
from grammar.source import Source, Span
from grammar.syntax import Condition, Expression

VOCABULARY = ("QTY", "FLAG", "MEMBER", "GROUP", "TITLE", "SET", "RULESET", "LIST", "CATALOGUE", "PAYER", "CLAUSE", "TEXT")
#: Longer sentences are nobody's reading, and would exhaust the stack of those who walk the tree; a list of 42 diseases takes 90.
MAX_WORDS = 500


class Tokens(Lexer):
    """Hands Lark the tokens that were cut beforehand."""

    def __init__(self, conf: LexerConf) -> None:
        pass

    def lex(self, data: Any, parser_state: Any = None) -> Any:
        return iter(data)


@cache
def clause_parser() -> Lark:
    """The LALR parser of a sentence. `strict` is left to the tests: the conflicts there are resolved by shifting, on purpose."""
    words = files("grammar").joinpath("words.lark").read_text(encoding="utf-8").replace(":~", ":")
    rules = files("grammar").joinpath("clause.lark").read_text(encoding="utf-8")
    declared = "%declare " + " ".join((*VOCABULARY, *FIGURES.values()))
    return Lark(
        "\n".join((rules, words, declared)),
        parser="lalr",
        lexer=Tokens,
        start=["sentence", "condition", "formula"],
        propagate_positions=True,
        maybe_placeholders=False,
        keep_all_tokens=True,
    )


def parse_sentence(source: Source, span: Span, lexicon: Lexicon) -> tuple[Sentence | None, tuple[Diagnostic, ...]]:
    """The sentence at `span` of `source`. Diagnostics: unknown-word, syntax, misplaced, too-long."""
    return _parse("sentence", source, span, lexicon)


def parse_condition(source: Source, span: Span, lexicon: Lexicon) -> tuple[Condition | None, tuple[Diagnostic, ...]]:
    """A bare condition, as after 前提： or in a definition."""
    return _parse("condition", source, span, lexicon)


def parse_formula(source: Source, span: Span, lexicon: Lexicon) -> tuple[Expression | None, tuple[Diagnostic, ...]]:
    """A bare expression, as in the definition of an amount."""
    return _parse("formula", source, span, lexicon)


def _parse(start: str, source: Source, span: Span, lexicon: Lexicon) -> tuple[Any, tuple[Diagnostic, ...]]:
    try:
        cut = list(tokens(source.folded, lexicon, span.start, span.end))
    except UnknownWord as fault:
        return None, (_unknown(source, fault),)
    if not cut:
        return None, (Diagnostic("syntax", "这里没有句子", source.name, span),)
    if len(cut) > MAX_WORDS:
        hint = "请分成几句，或者先用“推导”项目算出其中一部分。"
        return None, (Diagnostic("too-long", f"一句超过 {MAX_WORDS} 个词，无法核读", source.name, span, hint=hint),)
    try:
        return Builder().transform(clause_parser().parse(cut, start=start)), ()
    except UnexpectedInput as fault:
        return None, (_unexpected(source, span, fault),)
    except VisitError as fault:
        return None, (_misplaced(source, span, fault.orig_exc),)


def _misplaced(source: Source, span: Span, fault: Exception) -> Diagnostic:
    """Whatever the builder could not make sense of: said of the words where it knows them, else of the sentence."""
    if isinstance(fault, Misplaced):
        return Diagnostic("misplaced", fault.message, source.name, fault.span, hint=fault.hint)
    return Diagnostic("misplaced", "这一句的写法读不懂", source.name, span, hint="请把这一句拆成几句，或者换一种写法。")


def _unknown(source: Source, fault: UnknownWord) -> Diagnostic:
    hint = f"是否指“{fault.nearest}”？" if fault.nearest else "请在【术语】中登记，或者改用已登记的词语。"
    return Diagnostic("unknown-word", f"不认识“{fault.text}”", source.name, fault.span, hint=hint, instead=fault.nearest)


def _unexpected(source: Source, span: Span, fault: UnexpectedInput) -> Diagnostic:
    token = getattr(fault, "token", None)
    where, ended, kind = Span(max(span.start, span.end - 1), span.end), True, ""
    if isinstance(token, Token) and token.type != "$END":
        where, ended, kind = Span(token.start_pos or 0, token.end_pos or 0), False, token.type
    accepts = sorted(fault.accepts or fault.expected) if isinstance(fault, UnexpectedToken) else []
    message = "句子到这里还没有说完" if ended else f"“{source.text[where.start : where.end]}”不能接在这里"
    return Diagnostic("syntax", message, source.name, where, hint=advice(kind, accepts))
