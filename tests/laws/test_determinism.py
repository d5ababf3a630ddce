"""The same text and the same claim give the same bytes, in any process and under any hash seed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.paragraphs import split
from corpus.workspace import Policy
from grammar.diagnostic import picture
from grammar.source import Source
from interpreter.compile import compile_policy
from interpreter.examples import claims_of
from tests.tiny import KEY, WORDS, convention

ROOT = Path(__file__).resolve().parents[2]

#: Run in a process of its own: every answer, every diagnostic of a damaged policy, the graph as text.
SCRIPT = """
import hashlib, json, sys
from corpus.workspace import Policy, Workspace
from grammar.source import Source
from grammar.diagnostic import picture
from interpreter.examples import claims_of
from tests.conftest import CASES, KEYS
whole = hashlib.sha256()
for key in KEYS:
    policy, _ = Workspace.open().policy(key)
    for case in json.loads((CASES / f"{key}.json").read_text(encoding="utf-8")):
        for data in claims_of(case):
            claim, faults = policy.read(data)
            whole.update(json.dumps(policy.result(policy.decide(claim)), ensure_ascii=False).encode())
    _, faults = policy.read({"就诊": [{"费": 1, "医": "x"}], "甲": 1, "参数": {"乙": 1}})
    whole.update("".join(faults).encode())
    graph = policy.compiled().graph
    whole.update(repr([(n.sort, n.args, n.operator, n.label) for n in graph.nodes]).encode())
    damaged = Policy(tuple(Source(s.name, s.text.replace("救助", "救", 40).replace("补偿", "补", 9)) for s in policy.sources), policy.notice)
    for d in damaged.checked().diagnostics:
        whole.update(picture(d, next((s for s in damaged.sources if s.name == d.source), None)).encode())
print(whole.hexdigest())
"""


def _hash(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr[-800:]
    return done.stdout.strip()


def test_six_hash_seeds_give_the_same_bytes() -> None:
    assert 1 == len({_hash(str(seed)) for seed in range(6)})


@pytest.mark.slow
def test_twenty_random_processes_give_the_same_bytes() -> None:
    assert 1 == len({_hash("random") for _ in range(20)})


def test_compiling_twice_gives_the_same_graph_rules_and_digest(policy: Policy) -> None:
    one, two = (compile_policy(policy.sources, policy.notice, {}) for _ in range(2))
    assert one.graph.nodes == two.graph.nodes
    assert (one.book.rules, one.graph.quantities, one.digest, one.diagnostics) == (two.book.rules, two.graph.quantities, two.digest, two.diagnostics)


def test_the_order_in_which_files_are_handed_over_changes_nothing(policy: Policy) -> None:
    half = len(policy.sources[0].text) // 2
    cut = policy.sources[0].text.rfind("\n【", 0, half) + 1
    first, second = Source("甲.policy", policy.sources[0].text[:cut]), Source("乙.policy", policy.sources[0].text[cut:])
    rest = policy.sources[1:]
    one, two = compile_policy((first, second, *rest), policy.notice, {}), compile_policy((*rest, second, first), policy.notice, {})
    assert (one.digest, one.graph.nodes) == (two.digest, two.graph.nodes)


def test_another_text_is_another_digest() -> None:
    notice = split(KEY, "一、甲。\n")
    digests = {
        compile_policy((Source("甲.policy", f"{WORDS}\n{convention(s)}"),), notice, {}).digest for s in ("给付为1元", "给付为2元", "给付为2元 ")
    }
    assert 3 == len(digests)


def test_where_one_file_ends_is_part_of_the_digest() -> None:
    notice = split(KEY, "一、甲。\n")
    one = compile_policy((Source("甲", "政策：甲\n"), Source("乙", "原文：小\n")), notice, {}).digest
    two = compile_policy((Source("甲", "政策：甲\n原文：小\n"), Source("乙", "")), notice, {}).digest
    assert one != two


def test_writing_of_another_width_gives_the_same_rules() -> None:
    """H9: full and half width, 一千元 and 1000元 and 0.1万元, blank lines and comments."""
    notice = split(KEY, "一、甲。\n")
    spelled = (
        "给付为费用超过1000元的部分乘以50%",
        "给付为费用超过１０００元的部分乘以５０％",
        "给付为费用超过一千元的部分乘以百分之五十",
        "给付为费用超过0.1万元的部分乘以五成",
        "给付为费用超过1,000元的部分 乘以 50%   // 注",
    )
    rules = {
        repr([(r.target, r.giving) for r in compile_policy((Source("甲", f"{WORDS}\n\n{convention(s)}"),), notice, {}).book.rules]) for s in spelled
    }
    plain = {_without_spans(r) for r in rules}
    assert 1 == len(plain)


def _without_spans(text: str) -> str:
    import re

    return re.sub(r"span=Span\(start=\d+, end=\d+\)", "", text)


def test_a_diagnostic_is_the_same_picture_twice(policy: Policy) -> None:
    damaged = tuple(Source(s.name, s.text.replace("救助", "救", 20)) for s in policy.sources)

    def shown() -> str:
        made: Any = Policy(damaged, policy.notice).checked().diagnostics
        return "".join(picture(d, next((s for s in damaged if s.name == d.source), None)) for d in made)

    assert hashlib.sha256(shown().encode()).digest() == hashlib.sha256(shown().encode()).digest()


def test_an_answer_holds_no_float_and_no_python_names(policy: Policy, cases: dict[str, Any]) -> None:
    def walk(value: Any) -> None:
        assert not isinstance(value, float)
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(part)

    for case in cases[policy.key]:
        for data in claims_of(case):
            claim, _ = policy.read(data)
            assert claim is not None
            answer = policy.result(policy.decide(claim))
            walk(answer)
            text = json.dumps(answer, ensure_ascii=False)
            assert not any(word in text for word in ("None", "Pending", "Fraction", "NOT_APPLICABLE", "<Why"))
