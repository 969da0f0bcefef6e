"""Keys of Azure, Microsoft Entra and Azure DevOps.

Keys that carry a mark are those of microsoft/security-utilities, GeneratedRegexPatterns/PreciselyClassifiedSecurityKeys.json;
read 2026-11-22. Other sources: see the package.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.vendors.form import HEX, Maker

_SHARED = regex(rb"\b(?:sv|st|spr)=[0-9a-z]|%26s[vt]%3D")
_SERVED = regex(rb"githubusercontent\.com|\.hf\.co|huggingface\.co|visualstudio\.com|vscode-cdn|nuget\.org|actions\.")
_FLOW = regex(rb"/triggers/|logic\.azure\.com|powerplatform")
_LINE = 900
_AZURE = "portal.azure.com, the resource, its keys"
_SECURITY = "microsoft/security-utilities, PreciselyClassifiedSecurityKeys.json"


def _shared_access(data: bytes, start: int, end: int) -> bool:
    """Tell whether a signature is in an address of Azure that somebody shared: not one by which a host serves a public file."""
    begin = max(data.rfind(b"\n", max(0, start - _LINE), start) + 1, start - _LINE)
    around = data[begin : end + 400].split(b"\n", 1)[0]
    return _SHARED.search(around) is not None and not _SERVED.search(around) and not _FLOW.search(around)


made = Maker("SEC101")

made.token(
    "azure-sas",
    (b"sig=", b"sig%3D"),
    rb"sig(?:=|%3D)([A-Za-z0-9%/+]{40,100})(?:=|%3D|%253D)?",
    (
        "Azure",
        "a shared access signature of Azure",
        "the storage that it names, until it expires",
        "portal.azure.com, the account, rotate the key that signed it",
    ),
    "microsoft/security-utilities LooseSasSecret; trufflehog azuresastoken.go: the other members",
    end=b"",
    real=_shared_access,
    left="loose",
)
made.token(
    "azure-client",
    (b"7Q~", b"8Q~"),
    rb"(?<=[A-Za-z0-9_~.-]{3})[78]Q~([A-Za-z0-9_~.-]{31,34})",
    (
        "Azure",
        "a client secret of Microsoft Entra",
        "what the application may do in its tenant",
        "entra.microsoft.com, App registrations, Certificates & secrets",
    ),
    _SECURITY + ": AadClientAppIdentifiableCredentials",
    end=rb"(?![A-Za-z0-9_~.-])",
    left="loose",
)
made.token(
    "azure-marked",
    (b"JQQJ9",),
    rb"(?<=[A-Za-z0-9]{52})JQQJ9[9DH]([A-Za-z0-9][A-L][A-Za-z0-9]{16}[A-Za-z][A-Za-z0-9]{7})",
    ("Azure", "a key of an Azure service, of Azure OpenAI or of Azure DevOps", "that service", _AZURE),
    _SECURITY + ": UnclassifiedLegacyCommonAnnotatedSecurityKey",
    end=b"",
    left="loose",
    least=6,
)
made.token(
    "azure-key64",
    (b"+ASt", b"ACDb", b"+ABa", b"+AMC", b"APIM"),
    rb"(?<=[A-Za-z0-9+/]{76})(?:\+ASt|ACDb|\+ABa|\+AMC|APIM)([A-Za-z0-9+/]{5}[AQgw]==)",
    ("Azure", "an account key of Azure Storage, Cosmos DB, Batch or API Management", "all of the account", _AZURE),
    _SECURITY + ": 64-byte keys with a mark",
    end=b"",
    left="loose",
    kinds=1,
    least=3,
    real=lambda data, start, _end: data[max(0, start - 110) : start].rfind(b"Key=") < 0,
)
made.token(
    "azure-key32",
    (b"+ARm", b"+AEh", b"+ASb", b"AIoT", b"AZEG", b"AzCa"),
    rb"(?<=[A-Za-z0-9+/]{33})(?:\+ARm|\+AEh|\+ASb|AIoT|AZEG|AzCa)([A-P][A-Za-z0-9+/]{5}=)",
    ("Azure", "an access key of Azure messaging, IoT or Redis", "the queues, devices or cache", _AZURE),
    _SECURITY + ": 32-byte keys with a mark",
    end=b"",
    left="loose",
    kinds=1,
    least=3,
    real=lambda data, start, _end: data[max(0, start - 70) : start].rfind(b"Key=") < 0,
)
made.token(
    "azure-search",
    (b"AzSe",),
    rb"(?<=[A-Za-z0-9]{42})AzSe([A-D][A-Za-z0-9]{5})",
    ("Azure", "a key of Azure AI Search", "the indexes of the service", _AZURE),
    _SECURITY + ": AzureSearchIdentifiableAdminKey",
    left="loose",
    kinds=1,
    least=3,
)
made.token(
    "azure-function",
    (b"AzFu",),
    rb"(?<=[A-Za-z0-9_-]{44})AzFu([A-Za-z0-9_-]{5}[AQgw]==)",
    ("Azure", "a key of Azure Functions", "calls of the function", _AZURE),
    _SECURITY + ": AzureFunctionIdentifiableKey",
    end=b"",
    left="loose",
    kinds=1,
    least=3,
)
made.token(
    "azure-registry",
    (b"+ACR",),
    rb"(?<=[A-Za-z0-9+/]{42})\+ACR([A-D][A-Za-z0-9+/]{5})",
    ("Azure", "a password of an Azure container registry", "the images in it", _AZURE),
    _SECURITY + ": AzureContainerRegistryIdentifiableKey",
    end=rb"(?![A-Za-z0-9+/=])",
    left="loose",
    kinds=1,
    least=3,
)
made.near(
    "azure-devops",
    (b"azure_devops", b"azuredevops", b"azure-devops", b"ado_", b"vsts_", b"system_accesstoken", b"azdo_"),
    rb"[a-z2-7]{52}",
    (
        "Azure DevOps",
        "a personal access token of Azure DevOps",
        "repositories and pipelines of its owner",
        "dev.azure.com, User settings, Personal access tokens",
    ),
    _SECURITY + ": AdoLegacyPat",
    roles=rb"pat|token|key|secret|passw(?:or)?d",
)
made.near(
    "azure-cognitive",
    (
        b"azure",
        b"cognitive",
        b"speech_",
        b"ocp-apim-subscription",
        b"translator_",
        b"text_analytics",
        b"computer_vision",
        b"form_recognizer",
    ),
    HEX + rb"{32}",
    (
        "Azure",
        "a key of an Azure AI service",
        "the service on its owner's bill",
        "portal.azure.com, the resource, Keys and Endpoint",
    ),
    "trufflehog azure_openai.go: 32 hexadecimal digits; learn.microsoft.com/azure/ai-services/authentication: the header",
    roles=rb"key|secret",
)
made.near(
    "azure-key-named",
    (b"azure", b"storage_account", b"storageaccount", b"cosmos", b"account_key"),
    rb"[A-Za-z0-9+/]{86}==",
    ("Azure", "an account key of Azure Storage or Cosmos DB", "all of the account", _AZURE),
    "microsoft/security-utilities AzureStorageAccountLegacyCredentials; trufflehog azure_cosmosdb.go",
    roles=rb"key|secret|credential",
    end=rb"(?!=)",
    kinds=3,
    real=lambda data, start, _end: not data[max(0, start - 14) : start].endswith(b"AccountKey="),
)

FORMATS = tuple(made.formats)
