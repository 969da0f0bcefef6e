"""Credentials of biomedical programmes are found and named in every place in which clients keep them, and behind every wrapper."""

from __future__ import annotations

# ruff: noqa: E501 - a table reads best with a place in a line
import importlib
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard._regex import Regex
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.secrets.programmes import find, formats, named, rules, shapes
from pytest_genomic_guard.views.secrets.programmes import given as unnamed
from pytest_genomic_guard.views.secrets.programmes.others import PROGRAMMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CODES = [f"SEC{number}" for number in range(201, 217)]


def _told(path: str, data: bytes) -> dict[str, list[str]]:
    """Return the messages by code."""
    found: dict[str, list[str]] = {}
    for finding in scan({path.encode(): data}).findings:
        if finding.code in _CODES:
            found.setdefault(finding.code, []).append(finding.message)
    return found


def _hex(length: int = 32) -> Callable[[], str]:
    return lambda: samples.bio_hex(length)


def _upper() -> str:
    return samples.bio_hex(32, case="upper")


def _long() -> str:
    return samples.bio_base64(360)


def _forty() -> str:
    return samples.bio_letters(40)


def _sixty_four() -> str:
    return samples.bio_letters(64)


def _jwt(issuer: str) -> Callable[[], str]:
    return lambda: samples.bio_token(issuer)


def _ya29() -> str:
    return "ya29" + ".a0" + samples.bio_letters(150)


def _labkey() -> str:
    return "apikey" + "|" + samples.bio_hex(32)


def _flywheel() -> str:
    return "site.flywheel.io:" + samples.bio_letters(24)


_UUID, _LETTERS, _PASSWORD = samples.bio_uuid, samples.bio_letters, samples.bio_password

# code, how a value is made, path, template in which the value stands for %%
_PLACES: list[tuple[str, Callable[[], str], str, str]] = [
    ("SEC201", _jwt("ras"), "perm.jwt", "%%"),
    ("SEC201", _jwt("ras"), "a.sh", "prefetch --perm x SRR1 # %%"),
    ("SEC201", _UUID, "user-settings.mkfg", '/repository/user/protected/dbGaP-77/download-ticket = "%%"\n'),
    ("SEC201", _UUID, "dump.xml", "<repository><user><protected><dbGaP-77><download-ticket>%%</download-ticket>"),
    ("SEC203", _long, "a.py", 'import requests\nr = requests.get("https://api.gdc.cancer.gov/data/x", headers={"X-Auth-Token": "%%"})'),
    ("SEC203", _long, "a.R", 'library(GenomicDataCommons)\nSys.setenv(GDC_TOKEN = "%%")'),
    ("SEC203", _long, ".env", "GDC_TOKEN=%%"),
    ("SEC203", _long, "nextflow.config", "params.gdc_token = '%%'"),
    ("SEC203", _long, "a.sh", 'export GDC_TOKEN="%%"\ngdc-client download x'),
    ("SEC203", _long, "a.py", 'GDC = "https://api.gdc.cancer.gov"\ntoken_string = "%%"\n'),
    ("SEC204", _jwt("gen3"), "a.py", 'h = {"Authorization": "bearer %%"}'),
    ("SEC204", _jwt("gen3"), "cred.json", '{\n "key_id": "0f1e2d3c-aaaa-bbbb-cccc-0123456789ef",\n "api_key": "%%"\n}'),
    ("SEC204", _jwt("other"), "a.py", 'from gen3.auth import Gen3Auth\napi_key = "%%"'),
    ("SEC204", _jwt("gen3"), "a.sh", "export GEN3_API_KEY=%%"),
    ("SEC205", _PASSWORD, "ega.json", '{"username": "ada@invented.org", "password": "%%"}'),
    ("SEC205", _PASSWORD, "CREDENTIALS_FILE", '{"password": "%%", "username": "ada@invented.org"}'),
    ("SEC205", _PASSWORD, "old.json", '{"username": "ada@invented.org", "password": "%%", "client_secret": "AMen", "key": "abcd"}'),
    ("SEC205", _PASSWORD, "a.yaml", "ega:\n  ega_user: ega-box-12\n  ega_password: %%\n"),
    ("SEC205", _PASSWORD, "a.sh", "export ASPERA_SCP_PASS=%%\nascp -P33001 -QT file ega-box-12@fasp.ega.ebi.ac.uk:/"),
    ("SEC205", _PASSWORD, "a.py", 'import pyega3\nuser, password = "ada", "x"\npassword = "%%"'),
    ("SEC205", _jwt("ega"), "log.txt", "access token %% received"),
    ("SEC206", _upper, "a.py", 'import redcap\nAPI_KEY = "%%"\nproject = redcap.Project(URL, API_KEY)'),
    ("SEC206", _upper, "a.py", "from redcap import Project\napi_token = '%%'"),
    ("SEC206", _upper, "a.py", "project = redcap.Project('https://redcap.x.org/api/', '%%', verify_ssl=False)"),
    ("SEC206", _upper, "a.R", "library(REDCapR)\ntoken <- '%%'\nds <- redcap_read_oneshot(redcap_uri = uri, token = token)"),
    ("SEC206", _upper, "a.R", 'REDCapR::redcap_read(redcap_uri="https://redcap.x.org/api/", token="%%")$data'),
    ("SEC206", _upper, "a.R", 'rcon <- redcapAPI::redcapConnection("https://redcap.x.org/api/", "%%")'),
    ("SEC206", _upper, "a.R", 'formData <- list("token"="%%", content="record")\nhttr::POST("https://redcap.x.org/api/", body = formData)'),
    ("SEC206", _upper, "a.R", "result <- postForm(uri='https://redcap.x.org/api/', token='%%', content='record')"),
    ("SEC206", _upper, "a.sh", "curl -F token=%% -F content=record https://redcap.x.org/api/"),
    ("SEC206", _upper, "a.sh", 'DATA="token=%%&content=record&format=json"\ncurl -X POST -d $DATA https://redcap.x.org/api/'),
    ("SEC206", _upper, ".Renviron", "REDCAP_API_TOKEN='%%'"),
    ("SEC206", _hex(), ".env", "export REDCAP_TOKEN=%%"),
    ("SEC206", _upper, "config.yml", "redcap:\n  url: https://x.org/api/\n  token: %%\n"),
    ("SEC206", _upper, "config/redcap.yml", "default:\n  url: https://x.org/api/\n  token: %%\n"),
    ("SEC206", _upper, "redcap.ini", "[redcap]\nurl = https://x.org/api/\napi_token = %%\n"),
    ("SEC206", _upper, "config.toml", '[redcap]\ntoken = "%%"'),
    ("SEC206", _upper, "config.json", '{"redcap_api_url": "https://x.org/api/", "redcap_api_token": "%%"}'),
    ("SEC206", _upper, "Dockerfile", "FROM r-base\nENV REDCAP_TOKEN %%\n"),
    ("SEC206", _upper, ".github/workflows/ci.yml", "env:\n  REDCAP_TOKEN: %%\n"),
    ("SEC206", _upper, "k8s.yaml", "env:\n  - name: REDCAP_TOKEN\n    value: %%\n"),
    ("SEC206", _upper, "a.do", 'local token "%%"\nshell curl -d "token=`token\'" https://redcap.x.org/api/'),
    ("SEC206", _upper, "a.sas", "%let redcap_token = %%;\n"),
    ("SEC206", _upper, "page.html", "<p>REDCap</p><table><tr><td>API token</td><td>%%</td></tr></table>"),
    ("SEC206", _upper, "a.md", "| REDCap token | %% |\n"),
    ("SEC206", _upper, "a.php", "<?php\n$GLOBALS['api_url'] = 'https://redcap.x.org/api/';\n$GLOBALS['api_token'] = '%%';"),
    ("SEC206", _upper, "trace.txt", "AssertionError: Incorrect token format '%%', token must must be 32 characters long\nredcap/methods/base.py"),
    ("SEC206", _hex(64), "a.py", 'redcap_super_token = "%%"'),
    ("SEC207", _jwt("synapse"), "a.R", 'synapser::synLogin(authToken="%%")'),
    ("SEC207", _jwt("synapse"), ".env", "SYNAPSE_AUTH_TOKEN=%%"),
    ("SEC207", _jwt("synapse"), "a.sh", 'synapse login -p "%%"'),
    ("SEC207", _jwt("synapse"), "main.nf", 'env.SYNAPSE_AUTH_TOKEN = "%%"'),
    ("SEC207", lambda: samples.bio_base64(86) + "==", ".synapseConfig", "[authentication]\n# synapse.org\nusername = ada\napikey = %%\n"),
    ("SEC207", _PASSWORD, "a.py", 'import synapseclient\nsyn.login("ada", password="%%")'),
    ("SEC208", _hex(), ".env", "SB_API_ENDPOINT=https://cavatica-api.sbgenomics.com/v2\nSB_AUTH_TOKEN=%%"),
    ("SEC208", _hex(), "a.py", 'import sevenbridges as sbg\napi = sbg.Api(url="https://cgc-api.sbgenomics.com/v2", token="%%")'),
    ("SEC208", _hex(), "a.R", 'library(sevenbridges)\na <- Auth(token = "%%", platform = "cgc")'),
    ("SEC208", _hex(), "a.yaml", "cavatica:\n  auth_token: %%"),
    ("SEC208", _hex(), "a.js", 'fetch("https://api.sbgenomics.com/v2/user", {headers: {"X-SBG-Auth-Token": "%%"}})'),
    ("SEC208", _hex(), "a.json", '{"SB_AUTH_TOKEN": "%%"}'),
    ("SEC209", _LETTERS, ".env", "DX_AUTH_TOKEN=%%"),
    ("SEC209", _LETTERS, "a.py", 'import dxpy\ndxpy.set_security_context({"auth_token_type": "Bearer", "auth_token": "%%"})'),
    ("SEC209", _LETTERS, "a.sh", "export DX_SECURITY_CONTEXT='{\"auth_token_type\": \"Bearer\", \"auth_token\": \"%%\"}'"),
    ("SEC209", _LETTERS, "a.sh", 'TOKEN="%%"\ndx login --token $TOKEN'),
    ("SEC209", _LETTERS, "a.sh", "dx login --noprojects --token '%%'"),
    ("SEC209", _LETTERS, "a.yml", "steps:\n  - run: dx login --token %%\n"),
    ("SEC209", _LETTERS, "a.sh", 'curl -H "Authorization: Bearer %%" https://api.dnanexus.com/system/whoami'),
    ("SEC210", _hex(), "a.py", 'from BaseSpacePy.api.BaseSpaceAPI import BaseSpaceAPI\nclient_secret = "%%"'),
    ("SEC210", _hex(), "a.sh", 'curl -H "x-access-token: %%" https://api.basespace.illumina.com/v2/projects'),
    ("SEC210", _hex(), ".env", "BASESPACE_ACCESS_TOKEN=%%"),
    ("SEC210", _sixty_four, ".env", "ICA_API_KEY=%%"),
    ("SEC211", _hex(36), ".env", "NCBI_API_KEY=%%"),
    ("SEC211", _hex(36), "a.sh", "esearch -db sra -query x -api_key %% # edirect"),
    ("SEC211", _hex(36), "a.R", 'Sys.setenv(ENTREZ_KEY = "%%")'),
    ("SEC211", _hex(36), "a.py", 'Entrez.email = "a@invented.org"\nhandle = Entrez.esearch(db="x", term="y", api_key="%%")'),
    ("SEC211", _hex(36), "nextflow.config", "params { ncbi_api_key = '%%' }"),
    ("SEC211", _hex(36), "a.yaml", "ncbi:\n  api_key: %% # for eutils\n"),
    ("SEC211", _forty, "a.py", 'requests.get("https://api.fda.gov/drug/event.json?api_key=%%")'),
    ("SEC211", _hex(), "a.py", 'requests.get("https://webservice.thebiogrid.org/interactions/?accesskey=%%&format=json")'),
    ("SEC212", _UUID, "a.py", 'UMLS_KEY = "%%"'),
    ("SEC212", _UUID, "a.sh", "curl 'https://uts-ws.nlm.nih.gov/rest/content/current/CUI/C0009044?apiKey=%%'"),
    ("SEC212", _UUID, "a.R", 'apikey <- "%%"\nurl <- "https://uts-ws.nlm.nih.gov/rest"'),
    ("SEC212", _UUID, "config.yaml", "umls:\n  api_key: %%\n"),
    ("SEC212", _UUID, "a.py", 'nlp.add_pipe("x", config={"umls_apikey": "%%"})'),
    ("SEC213", _ya29, "a.sh", 'curl -H "Authorization: Bearer %%" https://api.firecloud.org/api/workspaces'),
    ("SEC213", _ya29, "a.py", 'from firecloud import fiss\ntoken = "%%"'),
    ("SEC213", _jwt("terra"), "a.txt", "token %%"),
    ("SEC214", samples.bio_jwk, "key.json", "%%"),
    ("SEC214", lambda: samples.bio_jwk("ES384"), "a.py", "JWK = %%"),
    ("SEC214", _forty, "a.py", 'from fhirclient import client\nclient_secret = "%%"'),
    ("SEC214", _PASSWORD, "a.py", 'fhir_server = "https://fhir.invented.org/r4"\nfhir_password = "%%"'),
    ("SEC214", _jwt("epic"), "a.sh", "curl -d client_assertion=%% https://x.org/oauth2/token"),
    ("SEC215", _PASSWORD, "a.R", 'cd <- createConnectionDetails(dbms="redshift", server="h/d", user="u", password="%%", port=5439)'),
    ("SEC215", _PASSWORD, ".Renviron", "OMOP_DB_PASSWORD=%%"),
    ("SEC215", _PASSWORD, "a.yml", "omop:\n  host: db\n  user: u\n  password: %%\n"),
    ("SEC215", _PASSWORD, "a.R", 'conn <- connect(connectionString = "jdbc:sqlserver://h:1433;database=omop_v5;user=u;password=%%")'),
    ("SEC215", lambda: samples.bio_letters(14), "a.py", 'uri = "mssql+pyodbc://u:%%@h/OMOP?driver=x"'),
    ("SEC216", _hex(), "a.sh", "export GALAXY_API_KEY=%%"),
    ("SEC216", _hex(), "a.py", 'GalaxyInstance("https://usegalaxy.org", "%%")'),
    ("SEC216", _UUID, "cbioportal.yml", "token: %%"),
    ("SEC216", _UUID, "a.py", 'headers = {"Authorization": "Bearer %%"}\nrequests.get("https://www.oncokb.org/api/v1/x")'),
    ("SEC216", _sixty_four, "a.sh", "curl -H 'SP-API-KEY: %%' https://submit.ncbi.nlm.nih.gov/api/v1/submissions/"),
    ("SEC216", _PASSWORD, "a.sh", 'curl -u ada:%% "https://cancer.sanger.ac.uk/cosmic/file_download/x"'),
    ("SEC216", _PASSWORD, "a.sh", "wget --user=ada --password=%% https://physionet.org/files/mimiciii/1.4/"),
    ("SEC216", _PASSWORD, "a.py", 'conn = BlitzGateway("ada", "x", host="omero.invented.org")\nomero_password = "%%"'),
    ("SEC216", _labkey, "a.R", 'library(Rlabkey)\nlabkey.setDefaults(apiKey="%%")'),
    ("SEC216", _flywheel, "a.py", 'import flywheel\nfw = flywheel.Client("%%")'),
    ("SEC216", _PASSWORD, "a.py", 'import xnat\nsession = xnat.connect("https://x.org", user="ada", password="%%")'),
    ("SEC216", lambda: "sk_" + samples.bio_letters(40), "a.py", 'benchling = Benchling(url="https://x.benchling.com", auth_method=ApiKeyAuth("%%"))'),
]  # fmt: skip
_BY_PATH = {"config/redcap.yml", "cbioportal.yml"}
_WRAPPERS = ["", "gzip", "zip", "bom", "crlf", "utf-16", "notebook-source", "notebook-stream", "notebook", "notebook-markdown", "notebook-html", "escaped"]  # fmt: skip


def _filled(make: Callable[[], str], template: str) -> tuple[str, str]:
    value = make()
    return value, template.replace("%%", value)


@pytest.mark.parametrize("wrapper", _WRAPPERS)
def test_every_place_and_wrapper(wrapper: str) -> None:
    """Each credential is found under its code in each of its places, whatever wraps it, and no message holds its value."""
    missed = []
    book = wrapper.startswith("notebook")
    for code, make, path, template in _PLACES:
        value, text = _filled(make, template)
        if (book and path in _BY_PATH) or (wrapper == "notebook-html" and path.endswith(".xml")):
            continue  # the path tells whose it is; tags are no text of a page
        data = DIRECTIVES[wrapper](text.encode()) if wrapper else text.encode()
        told = _told("a.ipynb" if book else path, data)
        if code not in told:
            missed.append((code, path, template, sorted(told)))
        assert not any(value in message for messages in told.values() for message in messages)
    assert not missed


# What is no credential, in files that speak of every programme
_QUIET = [
    "md5 %%  redcap_export.csv",
    '{"file": "redcap.csv", "md5": "%%", "etag": "%%"}',
    'token = os.environ["REDCAP_TOKEN"]',
    'token <- Sys.getenv("REDCAP_TOKEN")',
    'api_key = os.getenv("NCBI_API_KEY")',
    'password = keyring::key_get("omop_password")',
    "password = getpass.getpass()",
    'REDCAP_TOKEN="YOUR_TOKEN_HERE"',
    "SB_AUTH_TOKEN=<TOKEN_HERE>",
    "SYNAPSE_AUTH_TOKEN=${SYNAPSE_AUTH_TOKEN}",
    "DX_AUTH_TOKEN={{ secrets.DX_AUTH_TOKEN }}",
    "export ENTREZ_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    'token = "0123456789abcdef0123456789abcdef"',
    "pad_token = '%%'",
    "cache_key = '%%'",
    "GSE12345 SRR1234567 phs000178.v11.p8 EGAD00001003338 syn12345678",
    "id\tfilename\tmd5\tsize\tstate\n!!\tx.bam\t%%\t1\treleased",
    'file_id = "!!"',
    "revision = '%%'",
    'synapse login -u user -p "$PASSWORD"',
    "| indel | Pass-through, `variants=()` | omop",
    "docker login --username AWS --password-stdin omop.invented.org/x9",
    "Passing tokens to redcap is explained below; the password is asked for.",
]
_SPOKEN = "redcap synapseclient sevenbridges dnanexus basespace Entrez eutils umls gen3 pyega3 firecloud fhir.epic.com omop galaxy_api oncokb\n"


@pytest.mark.parametrize("line", _QUIET)
def test_look_alikes_are_quiet(line: str) -> None:
    """Sums, ids, accessions, references and placeholders are no credentials, not even where all programmes are named."""
    text = _SPOKEN + line.replace("%%", samples.bio_hex(32)).replace("!!", samples.bio_uuid()) + "\n"
    assert not _told("a.txt", text.encode())
    assert not _told("a.ipynb", DIRECTIVES["notebook-source"](text.encode()))


@given(st.binary(max_size=400), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_hostile_bytes_never_raise(noise: bytes, cut: int) -> None:
    """Whatever stands around the words and values, a scan ends without a gap of a check that raised."""
    code, make, _path, template = _PLACES[len(noise) % len(_PLACES)]
    text = _filled(make, template)[1].encode()
    report = scan({b"a.txt": noise + text[cut:] + noise + text[: len(text) - cut]})
    assert not any(gap.reason == "check-failed" for gap in report.gaps), code


def _repeats(tree: Any) -> Iterator[tuple[Any, int, Any]]:
    """Yield the repeats of a parsed expression: how, least, most."""
    for kind, value in tree:
        if str(kind).endswith("_REPEAT"):
            yield kind, value[0], value[1]
            yield from _repeats(value[2])
        elif str(kind) == "SUBPATTERN":
            yield from _repeats(value[3])
        elif str(kind) == "BRANCH":
            for branch in value[1]:
                yield from _repeats(branch)
        elif str(kind) in {"ASSERT", "ASSERT_NOT"}:
            yield from _repeats(value[1])


def test_every_repeat_is_bounded() -> None:
    """No expression repeats without a bound, so that the work at one place does not grow with the text."""
    parse = importlib.import_module("re._parser").parse
    patterns = [rule.pattern for rule in rules.RULES]
    patterns += [each[0].pattern for each in unnamed._COMMANDS]  # noqa: SLF001 - what is looked at
    for module in (find, formats, named, shapes, unnamed):
        patterns += [each.pattern for each in vars(module).values() if isinstance(each, (re.Pattern, Regex))]
    endless = importlib.import_module("re._constants").MAXREPEAT
    assert not [
        pattern for pattern in patterns if any(most is endless for _kind, _least, most in _repeats(parse(pattern, re.MULTILINE)))
    ]


@pytest.mark.parametrize(
    "unit",
    [
        b"redcap token = ",
        b"token ",
        b"password=",
        b"omop://a:",
        b" " * 800,
        b"eyJ",
        b'{"username": "',
        b"ncbi_gap",
        b"ega-box-1 -u a,",
        b"redcap project(a, ",
    ],
)
def test_work_grows_with_the_text(unit: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text is at most about twice the steps."""
    steps = []
    for times in (1, 2):
        data = b"redcap omop entrez\n" + unit * (times * 40_000 // len(unit))
        count = 0

        def counted(*args: Any, plain: Any = named._AFTER.match) -> Any:  # noqa: SLF001 - what is counted
            nonlocal count
            count += 1
            return plain(*args)

        monkeypatch.setattr(named, "_AFTER", SimpleNamespace(match=counted))
        scan({b"a.txt": data})
        monkeypatch.undo()
        steps.append(count)
    assert steps[1] <= 3 * steps[0] + 100


def test_a_programme_is_told_by_its_own_words() -> None:
    """Every programme has anchors with which its expression begins, and one subject of its own."""
    for programme in PROGRAMMES:
        assert any(re.search(b"(?i)" + programme.marks, anchor + b"api_token") for anchor in programme.anchors), programme.subject
    assert len({programme.subject for programme in PROGRAMMES}) == len(PROGRAMMES)
