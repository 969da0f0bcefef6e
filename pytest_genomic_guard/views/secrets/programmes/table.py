"""The programmes: words that tell of them, forms of their credentials, what these open, and where they are revoked.

Sources are the clients, read in November 2026: redcap-tools/PyCap `methods/base.py` and OuhscBbmc/REDCapR `sanitize_token` (32
hexadecimal digits), Sage-Bionetworks/synapsePythonClient `core/credentials/credential_provider.py` (`authtoken`,
`SYNAPSE_AUTH_TOKEN`), sbg/sevenbridges-python `config.py` (`auth_token`, `SB_AUTH_TOKEN`) and its documentation's requests (32
hexadecimal digits), dnanexus/dx-toolkit `dxpy/__init__.py`, `environment` and `scripts/dx.py` (`DX_SECURITY_CONTEXT`,
`DX_AUTH_TOKEN`, `login --token`), NCI-GDC/gdc-client `auth/auth.py` (`X-Auth-Token`), EGA-archive/ega-download-client
`libs/credentials.py`, ropensci/rentrez `api_keys.r` (`ENTREZ_KEY`), OHDSI/DatabaseConnector `R/Connect.R`.
Lengths that no client checks are not asked of a value whose own name names the programme.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record


class Programme(Record):
    """One programme, and how its credentials are told."""

    code: str
    subject: str  # what a finding is about, from this table alone
    opens: str
    revoke: str
    marks: bytes  # a regular expression of the words that tell of it, in small letters
    anchors: tuple[bytes, ...]
    values: frozenset[str] = frozenset()  # forms of a value that a word such as `token` names and a mark stands near
    kinds: frozenset[str] = frozenset({"token"})  # which such words
    loose: bytes = b""  # what a statement holds in which such a value needs no name
    secret: bool = False  # whether passwords count, too
    near: int = 16384  # bytes between a mark and a named value
    free: int = 0  # bytes between a mark and a named value that may have any form, as long as it was drawn


def row(  # noqa: PLR0913 - a table
    code: str,
    subject: str,
    opens: str,
    revoke: str,
    words: str,
    *,
    marks: bytes = b"",
    values: str = "",
    kinds: str = "token",
    loose: bytes = b"",
    secret: bool = False,
    near: int = 16384,
    free: int = 0,
) -> Programme:
    """Return a programme; `words` are its anchors, in which ~ stands for a blank."""
    anchors = tuple(word.replace("~", " ").encode() for word in words.split())
    if not marks:
        import re  # noqa: PLC0415 - imported by then

        marks = b"(?:" + b"|".join(re.escape(anchor) for anchor in anchors) + b")"
    return Programme(
        code=code,
        subject=subject,
        opens=opens,
        revoke=revoke,
        marks=marks,
        anchors=anchors,
        values=frozenset(values.split()),
        kinds=frozenset(kinds.split()),
        loose=loose,
        secret=secret,
        near=near,
        free=free,
    )


DBGAP = row(
    "SEC201",
    "dbGaP credential",
    "controlled-access genotypes, reads and phenotypes of dbGaP",
    "it in the dbGaP authorized access page (My Projects), and ask the NIH data access committee",
    "era_commons eracommons era_pass dbgap_pass dbgap_token dbgap_key ras_token ras_passport sts.nih.gov",
    values="jwt",
    secret=True,
    near=600,
)
GDC = row(
    "SEC203",
    "GDC token",
    "controlled-access genotypes, reads and phenotypes of TCGA, TARGET and other cancer programmes",
    "it at portal.gdc.cancer.gov by downloading a new token",
    "gdc-user-token gdc_user_token gdc_token gdc-token gdctoken gdc_auth gdc_api api.gdc.cancer.gov gdc-api.nci "
    "gdc-client portal.gdc gdc_client gdcdata( genomicdatacommons",
    values="base64 jwt long",
    loose=rb"(?i)gdcdata\(|x-auth-token",
)
GEN3 = row(
    "SEC204",
    "Gen3 credential",
    "controlled-access genotypes, reads and phenotypes of its Gen3 data commons (BioData Catalyst, CRDC, AnVIL)",
    "it on the profile page of the data commons",
    "gen3 biodatacatalyst fence_ datacommons",
    values="jwt",
    kinds="key token",
)
EGA = row(
    "SEC205",
    "EGA account",
    "controlled-access genotypes, reads and phenotypes of the European Genome-phenome Archive",
    "it by a new password at ega-archive.org, and tell the helpdesk",
    "pyega ega-archive ega.ebi.ac.uk ega_pass ega_user ega_cred ega_config egapass egauser ega_token ega-box- "
    "ega_login egacredential ega.crg.eu ega-cred egademoclient ega-cryptor ega_download_client",
    values="jwt",
    secret=True,
    near=1200,
)
REDCAP = row(
    "SEC206",
    "REDCap API token",
    "the records of participants of a REDCap project",
    "it in the project under API, and by the administrators of that REDCap",
    "redcap pycap",
    values="hex32 hex64",
    kinds="key token",
    loose=(
        rb"(?i)redcap[\w.-]{0,80}(?:/[\w.-]{0,40}){0,6}/api|/redcap[\w./-]{0,60}|project\(|redcapconnection\(|"
        rb"redcap[a-z_.]{0,40}\("
    ),
    near=32768,
)
SYNAPSE = row(
    "SEC207",
    "Synapse token",
    "controlled-access data of Synapse that its owner may see",
    "it at synapse.org under Account Settings, Personal Access Tokens",
    "synapseclient synapser synapseconfig synapse.login synapse_auth synapse_token synapse_pat synapse_api "
    "synapse_pass synapse_user synapse.org synlogin syn.login synapse_key sagebase synapse~login synapse_access",
    values="base64 jwt",
    kinds="key token",
    secret=True,
    near=4096,
)
SBG = row(
    "SEC208",
    "Seven Bridges token",
    "the projects of its owner on Seven Bridges, CAVATICA or the Cancer Genomics Cloud, with controlled-access data",
    "it on the platform under Developer, Authentication token",
    "sbgenomics sevenbridges seven~bridges seven_bridges cavatica sb_auth sb_token x-sbg-auth cgc_auth cgc_token "
    "cgc-api cgc_api sbg_auth sbg_token sbg.api sb.biodatacatalyst sbfs sbpla",
    values="hex32",
    loose=(rb"(?i)\bapi\(|auth\(|sbgenomics\.com|x-sbg-auth"),
)
DNANEXUS = row(
    "SEC209",
    "DNAnexus token",
    "the projects of its owner on DNAnexus, such as the UK Biobank Research Analysis Platform",
    "it at platform.dnanexus.com under Profile, API Tokens",
    "dnanexus dxpy dx_security_context dx~login dx_auth_token dx-toolkit auth_token_type dx_apiserver dx_token "
    "dx_api_token dxapi ukbrap",
    values="alnum32 base64 hex32",
    loose=(rb"(?i)dx login|dxpy\.\w{1,40}\("),
    free=300,
)
BASESPACE = row(
    "SEC210",
    "BaseSpace or ICA token",
    "sequencing runs and samples of an Illumina account",
    "it in the Illumina account (developer.basespace.illumina.com, My Apps; ICA: API keys)",
    "basespace bs_access illumina.com ica_api ica_access icav2 ica.illumina ica_token illumina_api illumina_token "
    "basemount bs_token",
    values="alnum32 alnum40 alnum64 hex32 jwt",
    kinds="key secret token",
    free=200,
)
NCBI = row(
    "SEC211",
    "NCBI API key",
    "the request quota of an NCBI account, and shows whose it is",
    "it at ncbi.nlm.nih.gov/account/settings, API Key Management",
    "eutils entrez ncbi_api ncbi-api ncbi_key ncbi-key ncbiapikey ncbikey ncbi_token rentrez edirect "
    "datasets~download esearch~- efetch~- elink~- ncbi_datasets nih_api_key ncbi.nlm.nih.gov ncbi.api pubmed_api api.ncbi",
    values="hex36",
    kinds="key token",
    loose=(rb"(?i)set_entrez_key\(|api_key"),
)
OPENFDA = row(
    "SEC211",
    "openFDA API key",
    "the request quota of an openFDA account",
    "it by asking for a new key at open.fda.gov",
    "openfda api.fda.gov open_fda fda_api fda_key",
    values="alnum40",
    kinds="key",
)
BIOGRID = row(
    "SEC211",
    "BioGRID access key",
    "the request quota of a BioGRID account",
    "it at webservice.thebiogrid.org",
    "biogrid",
    values="hex32",
    kinds="key token",
)
UMLS = row(
    "SEC212",
    "UMLS API key",
    "the licensed vocabularies of an UMLS account",
    "it at uts.nlm.nih.gov/uts under My Profile",
    "umls uts-ws.nlm utslogin uts_api uts_key vsac cts.nlm.nih.gov uts.nlm.nih utsapi",
    values="uuid",
    kinds="key token",
)
TERRA = row(
    "SEC213",
    "Terra or FireCloud credential",
    "the workspaces of its owner on Terra, AnVIL or FireCloud, with controlled-access data",
    "it by signing out at app.terra.bio, or at the Google account under third-party access",
    "firecloud terra.bio terra_token terra_access terra_auth fiss anvilproject anvil.terra rawls leonardo.dsde "
    "terra_api dsde-prod terra_bearer",
    marks=(
        rb"(?:firecloud|terra\.bio|terra_(?:token|access|auth|api|bearer)|fiss(?:fc|\b)|anvilproject|"
        rb"anvil\.terra|rawls|leonardo\.dsde|dsde-prod)"
    ),
    values="jwt ya29",
    kinds="key token",
)
FHIR = row(
    "SEC214",
    "Epic or SMART on FHIR credential",
    "patient records of a FHIR server",
    "it by taking its key or secret off the client's registration (Epic: fhir.epic.com, Build Apps)",
    "fhirclient epic.com epic_ epicclient cerner smart_client smarthealthit smart-health fhir_ smart_launch "
    "client_assertion fhir. fhir/ medplum aidbox smart-on-fhir oracle~health",
    marks=(
        rb"(?:fhirclient|(?:fhir[\w.-]{0,20}\.)?epic\.com|epic_(?:client|private|secret|jwk|pass|prod|sandbox|"
        rb"fhir|oauth|token|app|api)|epicclient|cerner[._]|smart_(?:client|launch|on)|smarthealthit|"
        rb"smart-health|client_assertion|fhir_(?:client|secret|token|pass|api|auth|private|access|bearer|user|"
        rb"server|base)|fhir\.[a-z]|fhir/(?:r4|r5|stu3|dstu2|token|api)|medplum|aidbox|smart-on-fhir|"
        rb"oracle health)"
    ),
    values="alnum32 alnum40 alnum64 base64 hex32 hex64 jwt uuid",
    kinds="secret",
    secret=True,
    near=3000,
)
OMOP = row(
    "SEC215",
    "OMOP database login",
    "patient-level records of an OMOP database",
    "it by a new password of that database user",
    "omop ohdsi createconnectiondetails databaseconnector cdm_pass cdm_pwd cdm_user cdm_db cdmdatabase "
    "cdm_connection cdm_url cdm_conn cdmv5",
    secret=True,
    near=1500,
)
MAIN = (DBGAP, GDC, GEN3, EGA, REDCAP, SYNAPSE, SBG, DNANEXUS, BASESPACE, NCBI, OPENFDA, BIOGRID, UMLS, TERRA, FHIR, OMOP)
