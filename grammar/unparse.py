"""Syntax → canonical text, so that `parse(unparse(x)) == x`. The words come from words.lark: the first wording of each concept."""

from typing import assert_never

from grammar.acts import (
    Act,
    Adjust,
    Band,
    Banded,
    Changed,
    Choose,
    Classify,
    Commence,
    Cover,
    Deed,
    Define,
    Delegate,
    Deny,
    Describe,
    Exempt,
    FillUp,
    GrantWhole,
    Group,
    Include,
    KeyedBy,
    Limit,
    Only,
    OnlyThen,
    Pairwise,
    Residue,
    Rounded,
    Same,
    Sentence,
    SetFlag,
    Share,
    Shares,
    Unset,
    Window,
)
from grammar.lexer import wordings, words
from grammar.literals import literal_text
from grammar.syntax import (
    AllOf,
    AnyOf,
    Belongs,
    Chosen,
    Compare,
    Condition,
    During,
    Expression,
    Figure,
    Filled,
    FlagIs,
    Gathered,
    Name,
    Not,
    Operation,
    Persons,
    Relation,
    Settled,
    Sign,
    SumOf,
    Total,
)

DUN, COMMA, OPEN, CLOSE = "、", "，", "（", "）"
INFIX = {Sign.ADD: "PLUS", Sign.SUBTRACT: "MINUS", Sign.MULTIPLY: "TIMES", Sign.DIVIDE: "OVER"}
DATED = {Relation.EXCEEDS: "LATER", Relation.BELOW: "EARLIER", Relation.AT_MOST: "NO_LATER", Relation.AT_LEAST: "NO_EARLIER"}


def word(concept: str) -> str:
    """The canonical wording of a concept."""
    return wordings(concept)[0]


def sentence_text(sentence: Sentence) -> str:
    return "；".join(group_text(g) for g in sentence.groups) + "。"


def group_text(group: Group) -> str:
    parts = [f"{word('SINCE')}{expression_text(group.onset)}{word('ONWARD')}"] if group.onset else []
    lead = f"{_joined(group.leads)}{word('WHEN')}" if group.leads else ""
    topic = [group.topic] if group.topic else []
    topic += [expression_text(group.base)] if group.base else []
    acts = [act_text(a) for a in group.acts]
    exception = [f"{word('BUT')}{condition_text(group.exception)}{word('EXCEPT')}"] if group.exception else []
    rest = COMMA.join([*topic, *acts, *exception])
    text = COMMA.join([*parts, f"{lead}{rest}"])
    return f"{word('OTHERWISE')}{text}" if group.otherwise else text


def act_text(act: Act) -> str:
    subject = condition_text(act.subject) if act.subject else ""
    return f"{subject}{deed_text(act.deed)}"


def _joined(conditions: tuple[Condition, ...]) -> str:
    return f"{COMMA}{word('BOTH')}".join(condition_text(c) for c in conditions)


def condition_text(condition: Condition) -> str:
    match condition:
        case Persons(names, title, etc):
            return f"{DUN.join(names)}{word('ETC') if etc else ''}{title}"
        case FlagIs(flag, negated):
            return _denied(flag) if negated else flag
        case Compare(left, relation, right, scope, _, dated):
            spoken = expression_text(left) if left else ""
            return f"{word(scope.name) if scope else ''}{spoken}{_relation_text(relation, dated)}{expression_text(right)}"
        case Belongs(term, members, catalogue, negated):
            return _belongs_text(term, members, catalogue, negated)
        case Settled(terms, flags):
            return f"{word('VIA')}{DUN.join((*terms, *flags))}{word('DONE')}"
        case During(flag):
            return f"{flag}{word('WITHIN')}"
        case Filled(term):
            return f"{word('FILLED')}{term}"
        case AllOf((Persons() as kept, Not(Persons() as left_out))):
            return f"{condition_text(left_out)}{word('OUTSIDE')}{condition_text(kept)}"
        case AllOf(parts):
            return word("BOTH").join(condition_text(p) for p in parts)
        case AnyOf(parts):
            return word("OR").join(condition_text(p) for p in parts)
        case Not(Filled(term)):
            return f"{wordings('NOT')[1]}{wordings('FILLED')[1]}{term}"
        case Not(part):
            no = wordings("NOT")[2] if isinstance(part, Persons) else word("NOT")
            return f"{no}{condition_text(part)}"
        case _:
            assert_never(condition)


def _relation_text(relation: Relation, dated: bool) -> str:
    """不低于, and 不早于 of a day."""
    return word(DATED[relation] if dated else "IS" if relation is Relation.EQUAL else relation.name)


def _denied(flag: str) -> str:
    """不X; X为否 where 不 and the first of the name would be read as another word (不是, 不给予)."""
    said = f"{word('NOT')}{flag}"
    joined = any(len(w) > len(word("NOT")) and said.startswith(w) for w in words())
    return f"{flag}{word('FALSE')}" if joined else said


def _belongs_text(term: str, members: tuple[Chosen, ...], catalogue: str, negated: bool) -> str:
    no = word("NOT") if negated else ""
    if catalogue:
        return f"{term}{no}{wordings('RECOGNISED')[1]}{catalogue}"
    return f"{term}{word('IS')}{no}{DUN.join(chosen_text(m) for m in members)}"


def chosen_text(chosen: Chosen) -> str:
    return f"“{chosen.member}”" if chosen.quoted else chosen.member


def expression_text(expression: Expression) -> str:
    match expression:
        case Figure(literal):
            return literal_text(literal)
        case Name(term):
            return term
        case Total(scope, term):
            return f"{word(scope.name)}{term}"
        case Operation(sign, operands):
            return _operation_text(sign, operands)
        case SumOf(terms):
            return f"{DUN.join(terms)}{word('SUM')}"
        case Gathered(list_name, condition, value):
            inside = condition_text(condition)
            return f"{list_name}{word('AMONG')}{inside}{word('EACH_ITEM')}{OPEN}{expression_text(value)}{CLOSE}{word('SUM')}"
        case Chosen():
            return chosen_text(expression)
        case _:
            assert_never(expression)


def _operation_text(sign: Sign, operands: tuple[Expression, ...]) -> str:
    first = _operand_text(operands[0], sign, False)
    if sign in INFIX:
        return f"{first}{word(INFIX[sign])}{_operand_text(operands[1], sign, True)}"
    second = _operand_text(operands[1], sign, True) if len(operands) > 1 else ""
    match sign:
        case Sign.EXCESS:
            return f"{first}{word('EXCEEDS')}{second}{word('PART')}"
        case Sign.PART_OF:
            return f"{first}{word('DE')}{second}"
        case Sign.LESSER | Sign.GREATER:
            return f"{first}{word('WITH')}{second}{word(sign.name)}"
        case Sign.NIGHTS | Sign.BOTH_ENDS:
            return f"{first}{word('UP_TO')}{second}{word(sign.name)}"
        case Sign.OF_MONTH:
            return f"{first}{word('OF_MONTH')}{second}"
        case Sign.WORKDAY:
            return f"{first}{word('AFTER_NTH')}{second}"
        case Sign.BY_BANDS:
            return f"{first}{word('AT')}{second}{word('BANDED')}"
        case _:
            return f"{first}{second}{word(sign.name)}"


_RANK = {Sign.ADD: 1, Sign.SUBTRACT: 1, Sign.MULTIPLY: 2, Sign.DIVIDE: 2}


def _operand_text(operand: Expression, parent: Sign, is_right: bool) -> str:
    text = expression_text(operand)
    if not isinstance(operand, Operation):
        return text
    rank, above = _RANK.get(operand.sign, 3), _RANK.get(parent, 4)
    return text if rank > above or (rank == above and not is_right) else f"{OPEN}{text}{CLOSE}"


def deed_text(deed: Deed) -> str:
    match deed:
        case Define(target, value):
            return f"{target}{word('IS')}{expression_text(value)}"
        case Choose(target, member):
            return f"{target}{word('IS')}{chosen_text(member)}" if target else f"{word('PRACTISE')}{chosen_text(member)}"
        case Pairwise(target, values):
            return f"{target}{word('EACH')}{DUN.join(expression_text(v) for v in values)}"
        case Unset(targets, removed):
            return f"{word('REMOVE' if removed else 'UNSET')}{DUN.join(targets)}"
        case Adjust(target, upward, amount):
            return f"{target}{word('UP' if upward else 'DOWN')}{expression_text(amount)}"
        case Changed(target, old, new):
            return f"{target}{word('BY')}{expression_text(old)}{word('RAISED_TO')}{expression_text(new)}"
        case Limit(relation, target, bound, scope, _, dated):
            return f"{target}{word(scope.name) if scope else ''}{_relation_text(relation, dated)}{expression_text(bound)}"
        case Rounded(down):
            return word("ROUND_DOWN" if down else "ROUND")
        case SetFlag(flag, value, in_principle):
            return f"{word('PRINCIPLE') if in_principle else ''}{flag if value else _denied(flag)}"
        case Same(target, other):
            return f"{target}{word('WITH')}{other}{word('ALIKE')}"
        case Delegate(target, ruleset):
            return f"{target}{wordings('AT')[1]}{ruleset}{_executed(ruleset)}"
        case Deny(targets, waived):
            return f"{word('WAIVE' if waived else 'DENY')}{DUN.join(targets)}"
        case Only(target, condition):
            return f"{target}{word('ONLY')}{condition_text(condition)}"
        case Cover(flag, condition):
            return f"{flag}{word('COVER')}{condition_text(condition)}"
        case _:
            return _rarer_deed_text(deed)


def _executed(ruleset: str) -> str:
    """规定执行, and not twice 规定 where the ruleset's name ends so."""
    plain, by_rule = wordings("EXEC")[0], wordings("EXEC")[2]
    return plain if ruleset.endswith(by_rule.removesuffix(plain)) else by_rule


def _rarer_deed_text(deed: Deed) -> str:
    match deed:
        case Window(day, period, quantity, flag):
            return f"{word('SINCE')}{day}{wordings('BEFORE')[1]}{expression_text(period)}{word('WITHIN')}{quantity}{flag}"
        case Commence(scope, onset):
            begins = f"{word('SINCE')}{expression_text(onset)}{word('ONWARD')}" if onset else ""
            return f"{scope or word('THIS_DOCUMENT')}{begins}{wordings('COMMENCE')[1]}"
        case Include(scope, terms):
            return f"{scope}{word('INCLUDES')}{DUN.join(terms)}"
        case Exempt(clauses):
            return f"{word('EXEMPT')}{DUN.join(f'条款“{c}”' for c in clauses)}{word('LIMIT')}"
        case Share(payer, value):
            return f"{word('BY')}{payer}{word('PAYS')}{expression_text(value)}"
        case Shares(payer, rows):
            said = DUN.join(f"{name}{expression_text(ratio)}" for name, ratio in rows)
            return f"{word('BY')}{payer}{wordings('EACH')[1]}{said}{word('PAYS')}"
        case GrantWhole(target):
            return f"{word('GRANT')}{word('FULL')}{target}"
        case FillUp(payer, goal):
            return f"{word('BY')}{payer}{word('FILLS')}{expression_text(goal)}"
        case Residue(target, ratio):
            return f"{target}{expression_text(ratio)}"
        case OnlyThen(flag, condition):
            return f"{word('NEED')}{condition_text(condition)}{word('ONLY_THEN')}{flag}"
        case KeyedBy(target, key):
            return f"{target}{wordings('AT')[1]}{key}{word('FIX')}"
        case Classify():
            return _classify_text(deed)
        case Describe(condition):
            return condition_text(condition)
        case Banded(target, base, bands):
            return f"{target}{word('AT')}{expression_text(base)}{word('BANDED')}{''.join(_band_text(b) for b in bands)}"
        case _:
            raise AssertionError(deed)


def _classify_text(deed: Classify) -> str:
    names = DUN.join(deed.names)
    if deed.outside:
        return f"{deed.group}{word('IS')}{DUN.join(deed.outside)}{word('OUTSIDE')}{names}"
    less = f"{word('NOT_INCLUDING')}{DUN.join(deed.without)}{CLOSE}" if deed.without else ""
    return f"{deed.group}{word('IS')}{names}{less}"


def _band_text(band: Band) -> str:
    low = f"{word('EXCEEDS')}{expression_text(band.lower)}" if band.lower else ""
    high = f"{word('UP_TO' if band.lower else 'BELOW')}{expression_text(band.upper)}" if band.upper else ""
    return f"{low}{high}{word('PART')}{word('AT')}{expression_text(band.ratio)}"
