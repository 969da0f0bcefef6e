"""On generated programs, what bandit's ML-relevant tests report has a finding of ours on the same line, in files and notebooks."""

from __future__ import annotations

import ast

import pytest

from pytest_genomic_guard.adapters import bandit_findings
from pytest_genomic_guard.testing import DIRECTIVES, scan

_STATEMENTS = {
    "B301": [
        "import pickle\npickle.load(f)",
        "import pickle\npickle.loads(b)",
        "from pickle import Unpickler as U\nU(f).load()",
        "import dill as d\nd.loads(b)",
        "import shelve\nshelve.open(p)",
        "import jsonpickle\njsonpickle.decode(t)",
        "import pandas\npandas.read_pickle(p)",
    ],
    "B302": ["import marshal\nmarshal.load(f)", "from marshal import loads\nloads(b)"],
    "B303": ["from cryptography.hazmat.primitives import hashes\nhashes.MD5()"],
    "B306": ["import tempfile\ntempfile.mktemp()", "from tempfile import mktemp as m\nm()"],
    "B307": ["eval(t)", "x = [eval(y) for y in z]"],
    "B102": ["exec(t)", "def f(t):\n    exec(t, {})"],
    "B506": ["import yaml\nyaml.load(t)", "import yaml\nyaml.load(t, Loader=yaml.FullLoader)"],
    "B602": ["import subprocess\nsubprocess.run(c, shell=True)", "from subprocess import Popen as P\nP(c + d, shell=True)"],
    "B604": ["run(c, shell=True)"],
    "B605": ["import os\nos.system(c)", "from os import popen\npopen('a' + b)", "import subprocess\nsubprocess.getoutput(c)"],
    "B608": [
        "cur.execute('SELECT a FROM t WHERE b = %s' % b)",
        "cur.execute(f'DELETE FROM t WHERE b = {b}')",
        "q = 'UPDATE t SET a = ' + a\ncur.execute(q)",
    ],
    "B609": ["import os\nos.system('chown a *')"],
    "B501": ["import requests\nrequests.get(u, verify=False, timeout=1)", "import httpx\nhttpx.Client(verify=False, timeout=1)"],
    "B113": ["import requests\nrequests.get(u)", "import requests as r\nr.post(u, data=d)"],
    "B614": ["import torch\ntorch.load(p)", "import torch as t\nt.load(p, weights_only=False)"],
    "B615": [
        "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')",
        "from datasets import load_dataset\nload_dataset('a/b', revision='main')",
        "from huggingface_hub import hf_hub_download\nhf_hub_download(repo_id='a/b', filename='c')",
    ],
    "B202": ["import tarfile\ntarfile.open(p).extractall()", "import tarfile\nwith tarfile.open(p) as t:\n    t.extractall(d)"],
    "B324": ["import hashlib\nhashlib.md5(x)", "from hashlib import sha1\nsha1(x)", "import hashlib\nhashlib.new('md5', x)"],
    "B310": ["from urllib.request import urlopen\nurlopen(u)", "import urllib.request as r\nr.urlretrieve(u, p)"],
    "B314": ["import xml.etree.ElementTree as ET\nET.parse(p)", "from xml.etree import ElementTree\nElementTree.fromstring(t)"],
    "B323": ["import ssl\nssl._create_unverified_context()"],
}
_ALL = [(test, statement) for test, statements in _STATEMENTS.items() for statement in statements]


@pytest.mark.parametrize(("test", "statement"), _ALL)
def test_superset(test: str, statement: str) -> None:
    """What bandit reports under its test, we report on the same line, in a file and in a cell."""
    tree = ast.parse(statement)
    found = next(iter(bandit_findings.run([(tree, range(1, 9))], frozenset({test}))))
    assert [each.test for each in found] == [test]
    for path, data in ((b"a.py", statement.encode()), (b"a.ipynb", DIRECTIVES["notebook-source"](statement.encode()))):
        lines = {finding.line for finding in scan({path: data}).findings if finding.code.startswith("COD")}
        assert found[0].line in lines
