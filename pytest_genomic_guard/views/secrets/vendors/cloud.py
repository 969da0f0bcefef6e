"""Keys of AWS and Google Cloud.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.vendors.accounts import service_account
from pytest_genomic_guard.views.secrets.vendors.form import Maker

_PEPTIDE = regex(rb"[ACDEFGHIKLMNPQRSTVWY]*\Z")
_SIGNED = regex(rb"(?:X-Amz-Credential|AWSAccessKeyId|GoogleAccessId)(?:=|%3D)\Z", re.IGNORECASE)


def _access_key(data: bytes, start: int, end: int) -> bool:
    """Tell whether an id stands for itself: no peptide, and not in an address that was signed with it and has its time."""
    return not _PEPTIDE.match(data[start + 4 : end]) and not _SIGNED.search(data[max(0, start - 24) : start])


made = Maker("SEC101")

made.token(
    "aws-id",
    (b"AKIA", b"ASIA", b"ABIA", b"ACCA", *(b"A3T%c" % each for each in b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    rb"A(?:KIA|SIA|BIA|CCA|3T[A-Z0-9])([A-Z0-9]{16})",
    (
        "AWS",
        "an AWS access key id",
        "with its secret, what its user may do in an AWS account",
        "console.aws.amazon.com/iam, Security credentials",
    ),
    "docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers: prefixes; detect-secrets aws.py: 16 characters",
    real=_access_key,
    kinds=1,
    least=7,
)
made.near(
    "aws-secret",
    (b"aws", b"amazon", b"s3_secret", b"s3.secret", b"secret_access_key", b"secretaccesskey", b"secret-access-key", b"bedrock"),
    rb"[A-Za-z0-9+/]{40}",
    (
        "AWS",
        "an AWS secret access key",
        "what its user may do in an AWS account",
        "console.aws.amazon.com/iam, Security credentials",
    ),
    "trufflehog aws/common.go: 40 characters; detect-secrets aws.py",
    roles=rb"key|token|secret|passw(?:or)?d|pwd|pw|credential",
    kinds=3,
)
made.near(
    "aws-secret-key",
    (b"secret_access", b"secretaccess", b"secret-access", b"secret access", b"s3_sec", b"aws_sec"),
    rb"[A-Za-z0-9+/]{40}",
    (
        "AWS",
        "an AWS secret access key",
        "what its user may do in an AWS account",
        "console.aws.amazon.com/iam, Security credentials",
    ),
    "the same, where its name does not begin with AWS",
    kinds=3,
)
made.near(
    "aws-session",
    (b"aws_session", b"aws-session", b"awssession", b"aws_security", b"session_token", b"sessiontoken", b"x-amz-security"),
    rb"(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{80,2000}",
    (
        "AWS",
        "an AWS session token",
        "what its role may do, for some hours",
        "console.aws.amazon.com/iam, the role, Revoke sessions",
    ),
    "trufflehog aws/session_keys/sessionkey.go: 100 characters or more; the beginnings: not confirmed; general knowledge",
    roles=rb"token",
)
made.token(
    "aws-bedrock",
    (b"ABSK",),
    rb"ABSK([A-Za-z0-9+/]{109,269})={0,2}",
    ("AWS", "an Amazon Bedrock API key", "models that run on its owner's bill", "console.aws.amazon.com/bedrock, API keys"),
    "gitleaks aws.go, aws-amazon-bedrock-api-key-long-lived",
    end=rb"(?![A-Za-z0-9+/=])",
)
made.token(
    "aws-bedrock-short",
    (b"bedrock-api-key-",),
    rb"bedrock-api-key-([A-Za-z0-9+/=_-]{60,4000})",
    (
        "AWS",
        "a short-term Amazon Bedrock API key",
        "models that run on its owner's bill, for some hours",
        "console.aws.amazon.com/bedrock, API keys",
    ),
    "gitleaks aws.go, aws-amazon-bedrock-api-key-short-lived",
    end=rb"(?![A-Za-z0-9+/=_-])",
)
made.token(
    "google-api",
    (b"AIza",),
    rb"AIza([A-Za-z0-9_-]{35})",
    ("Google", "a Google API key", "Google Cloud and Gemini on its owner's bill", "console.cloud.google.com/apis/credentials"),
    "gitleaks gcp.go: 35 characters; credsweeper config.yaml",
    end=rb"(?![A-Za-z0-9_-])",
    kinds=3,
)
made.token(
    "google-access",
    (b"ya29.",),
    rb"ya29\.((?:[a-z]\.)?[A-Za-z0-9_-]{20,1024})",
    ("Google", "a Google OAuth access token", "what its owner granted, for an hour", "myaccount.google.com/connections"),
    "kingfisher google.yml; trufflehog googleoauth2_access_token.go",
    end=rb"(?![A-Za-z0-9_-])",
    kinds=3,
)
made.token(
    "google-secret",
    (b"GOCSPX-",),
    rb"GOCSPX-([A-Za-z0-9_-]{28})",
    ("Google", "a Google OAuth client secret", "the sign-in of an application", "console.cloud.google.com/apis/credentials"),
    "kingfisher google.yml; credsweeper config.yaml",
    end=rb"(?![A-Za-z0-9_-])",
)
made.token(
    "google-refresh",
    (b"1//0",),
    rb"1//0([A-Za-z0-9_-]{40,200})",
    ("Google", "a Google OAuth refresh token", "what its owner granted, until it is revoked", "myaccount.google.com/connections"),
    "credsweeper config.yaml: 80 characters or more; fewer: not confirmed",
    end=rb"(?![A-Za-z0-9_-])",
    kinds=3,
)
made.token(
    "google-account",
    (b"-----BEGIN PRIVATE KEY-----", b"-----BEGIN RSA PRIVATE KEY-----"),
    rb"-----BEGIN (?:RSA )?PRIVATE KEY-----(?:\\{1,3}[rn]|\s){1,8}([A-Za-z0-9+/]{20,80})",
    (
        "Google",
        "the key file of a Google service account",
        "what the account may do in its project, buckets and tables among it",
        "console.cloud.google.com/iam-admin/serviceaccounts",
    ),
    "betterleaks gcp-service-account; trufflehog gcp.go: the fields of a key file",
    end=b"",
    real=lambda data, start, _end: service_account(data, start),
    left="loose",
)

FORMATS = tuple(made.formats)
