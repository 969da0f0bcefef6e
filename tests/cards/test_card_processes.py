"""What cards, models and accessions tell survives the way between processes: two of them find what one finds, byte for byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from _card_texts import card

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from _scratch import Ran, Repo

POLICY = b"""version: 1
data-use:
- id: phs000178
  controlled: true
  owner: Data office
  generative: forbidden
  share-models: paused
  closes: 2001-01-01
  paths: [data/**]
  models: [generative/*]
"""
CODE = b"""from transformers import AutoModelForCausalLM

SOURCES = ["phs000178.v11.p8", "EGAD00001000001"]
model = AutoModelForCausalLM.from_pretrained("generative")
model.push_to_hub("study/model")
"""
COMPOSE = b"""services:
  answers:
    image: vllm/vllm-openai:latest
    command: --model meta-llama/Llama-3.1-8B
"""
CHAI = b'{"AppliedModelCard": {"UsesAndDirections": {"IntendedUseAndWorkflow": "Ranks scans for review by a radiologist."}}}'


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")
def test_two_processes_find_what_one_finds(repo: Repo, guard: Callable[..., Ran]) -> None:
    """More than 8 MB with models, cards of several forms, accessions, pointers and a register: the reports are the same."""
    for number in range(220):
        repo.write(f"texts/text{number}.md", b"# Part %d\n\nSome words of it.\n" % number)
    for number in range(4):
        repo.write(f"data/words{number}.txt", b"A line of words.\n" * 160_000)
        repo.write(f"models{number}/model.safetensors", samples.safetensors(licence="mit"))
        repo.write(f"pickled{number}/model.pkl", samples.pickled(also="sklearn.linear_model:LogisticRegression"))
        repo.write(f"cards{number}/MODEL_CARD.md", card("intended-use", "evaluation"))
    repo.write("generative/model.gguf", samples.gguf(licence="mit", base="Mistral-7B"))
    repo.write("generative/README.md", card("intended-use").replace(b"exomes of gnomAD", b"exomes of phs000178"))
    repo.write("clinic/model_card.json", CHAI)
    repo.write("clinic/metrics.json", b'{"accuracy": 0.5}')
    repo.write("train.py", CODE)
    repo.write("compose.yaml", COMPOSE)
    repo.write("kept/model.onnx.dvc", b"outs:\n- md5: " + samples.hexadecimal(32) + b"\n  size: 900\n  path: model.onnx\n")
    repo.write(".genomic-guard.yaml", POLICY)
    repo.git("add", "--all")
    one, two = (guard("scan", "--format", "json", "--jobs", jobs, cwd=repo.root) for jobs in ("1", "2"))
    assert one.code == two.code == 1
    codes = {code for code, _outcome, _path in one.codes()}
    assert {code[:5] for code in codes} >= {"CARD1", "CARD2", "GOV10"}
    assert one.raw_out == two.raw_out
