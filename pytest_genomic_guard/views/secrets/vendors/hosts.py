"""Keys of further clouds, of what is hosted there, and of stores of secrets.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

made = Maker("SEC101")

made.token(
    "digitalocean",
    (b"dop_v1_", b"doo_v1_", b"dor_v1_"),
    rb"do[por]_v1_([0-9a-f]{64})",
    ("DigitalOcean", "a DigitalOcean token", "machines and volumes of its owner", "cloud.digitalocean.com/account/api/tokens"),
    "trufflehog digitaloceanv2.go; gitleaks digitalocean.go",
)
made.token(
    "alibaba-id",
    (b"LTAI",),
    rb"LTAI([A-Za-z0-9]{12,21})",
    (
        "Alibaba Cloud",
        "an Alibaba Cloud access key id",
        "with its secret, what its user may do",
        "ram.console.aliyun.com/manage/ak",
    ),
    "gitleaks alibaba.go: 20 characters; trufflehog alibaba.go: 17 to 21; fewer: not confirmed",
)
made.near(
    "alibaba-secret",
    (b"alibaba", b"aliyun", b"oss_", b"access_key_secret", b"accesskeysecret", b"access-key-secret"),
    rb"[A-Za-z0-9]{30}",
    ("Alibaba Cloud", "an Alibaba Cloud access key secret", "what its user may do", "ram.console.aliyun.com/manage/ak"),
    "gitleaks alibaba.go: 30 characters",
    roles=rb"secret|key",
    kinds=3,
)
made.token(
    "tencent-id",
    (b"AKID",),
    rb"AKID([A-Za-z0-9]{32})",
    ("Tencent Cloud", "a Tencent Cloud secret id", "with its key, what its user may do", "console.cloud.tencent.com/cam/capi"),
    "tencentcloud.com/document/product/1021/34193: AKID and 32 characters in its sample",
    kinds=3,
)
made.near(
    "tencent-key",
    (b"tencent", b"qcloud", b"cos_secret", b"secretkey", b"secret_key"),
    rb"[A-Za-z0-9]{32}",
    ("Tencent Cloud", "a Tencent Cloud secret key", "what its user may do", "console.cloud.tencent.com/cam/capi"),
    "tencentcloud.com/document/product/1021/34193: 32 characters in its sample",
    roles=rb"secret_?key|key",
    kinds=3,
    real=lambda data, start, _end: any(
        word in data[max(0, start - 400) : start].lower() for word in (b"tencent", b"qcloud", b"akid")
    ),
)
made.near(
    "ibm",
    (b"ibm", b"cloud_iam", b"iam_api", b"iam-api", b"iamapi", b"cloud_api", b"bluemix", b"watson"),
    rb"[A-Za-z0-9_-]{44}",
    ("IBM Cloud", "an IBM Cloud API key", "what its user may do", "cloud.ibm.com/iam/apikeys"),
    "detect-secrets ibm_cloud_iam.py; trufflehog ibmclouduserkey.go: 44 characters",
    roles=rb"key|pwd|passw(?:or)?d|pass|token",
    kinds=3,
)
made.near(
    "ibm-hmac",
    (
        b"cos_hmac",
        b"cos-hmac",
        b"coshmac",
        b"ibm_cos",
        b"secret_access_key",
        b"secret-access-key",
        b"secretaccesskey",
        b"secret_key",
    ),
    HEX + rb"{48}",
    (
        "IBM Cloud",
        "a secret key of IBM Cloud Object Storage",
        "the buckets of the instance",
        "cloud.ibm.com, the instance, Service credentials",
    ),
    "detect-secrets ibm_cos_hmac.py: 48 hexadecimal digits",
)
made.near(
    "cloudant",
    (b"cloudant", b"cl_api", b"cl_key", b"cl_pass", b"cl_pw", b"cl_token", b"cl-api", b"clou_"),
    HEX + rb"{64}|[a-z]{24}",
    (
        "IBM Cloudant",
        "a password or API key of Cloudant",
        "the databases of the account",
        "cloud.ibm.com, the instance, Service credentials",
    ),
    "detect-secrets cloudant.py: 64 hexadecimal digits or 24 letters",
    roles=rb"key|pwd|pw|passw(?:or)?d|pass|token",
    kinds=1,
    least=8,
)
made.near(
    "softlayer",
    (b"softlayer", b"sl_api", b"sl_key", b"sl_pass", b"sl-api", b"slapi", b"sl_token", b"sl_pwd"),
    rb"[a-z0-9]{64}",
    (
        "IBM Cloud",
        "a key of IBM classic infrastructure (SoftLayer)",
        "machines and storage of the account",
        "cloud.ibm.com/iam/users, Classic infrastructure API key",
    ),
    "detect-secrets softlayer.py: 64 characters",
    roles=rb"key|pwd|passw(?:or)?d|pass|token",
)
made.token(
    "softlayer-address",
    (b"api.softlayer.com/soap/v3",),
    rb"api\.softlayer\.com/soap/v3(?:\.1)?/([a-z0-9]{64})",
    (
        "IBM Cloud",
        "a key of IBM classic infrastructure (SoftLayer)",
        "machines and storage of the account",
        "cloud.ibm.com/iam/users, Classic infrastructure API key",
    ),
    "detect-secrets softlayer.py",
    left="loose",
)
made.token(
    "heroku",
    (b"HRKU-",),
    rb"HRKU-([0-9A-Za-z_-]{58,62})",
    ("Heroku", "a Heroku API key", "the applications of its owner", "dashboard.heroku.com/account"),
    "trufflehog heroku v2; gitleaks heroku.go: HRKU-AA and 58 characters",
    end=rb"(?![A-Za-z0-9_-])",
)
made.near(
    "heroku-old",
    (b"heroku",),
    UUID,
    ("Heroku", "a Heroku API key", "the applications of its owner", "dashboard.heroku.com/account"),
    "gitleaks heroku.go",
)
made.token(
    "cloudflare",
    (b"cfut_", b"cfat_", b"cfk_"),
    rb"cf(?:[ua]t|k)_([A-Za-z0-9]{40}[0-9a-f]{8})",
    ("Cloudflare", "a Cloudflare API token", "zones, buckets and workers of its owner", "dash.cloudflare.com/profile/api-tokens"),
    "trufflehog cloudflareapitoken v2, cloudflareglobalapikey v2",
)
made.near(
    "cloudflare-old",
    (b"cloudflare", b"cf_api", b"x-auth-key"),
    rb"[A-Za-z0-9_-]{40}|[0-9a-f]{37}",
    ("Cloudflare", "a Cloudflare API token", "zones, buckets and workers of its owner", "dash.cloudflare.com/profile/api-tokens"),
    "trufflehog cloudflareapitoken v1, cloudflareglobalapikey v1",
)
made.token(
    "cloudflare-origin",
    (b"v1.0-",),
    rb"v1\.0-([0-9a-f]{24}-[0-9a-f]{146})",
    ("Cloudflare", "a Cloudflare origin CA key", "certificates of its owner's zones", "dash.cloudflare.com/profile/api-tokens"),
    "gitleaks cloudflare.go",
)
made.near(
    "fastly",
    (b"fastly",),
    rb"[A-Za-z0-9_-]{32}",
    ("Fastly", "a Fastly API token", "the services of its owner", "manage.fastly.com/account/personal/tokens"),
    "trufflehog fastlypersonaltoken.go; gitleaks fastly.go",
    kinds=3,
)
made.near(
    "hetzner",
    (b"hcloud", b"hetzner"),
    rb"[A-Za-z0-9]{64}",
    ("Hetzner", "a Hetzner Cloud API token", "machines and volumes of its owner", "console.hetzner.cloud, Security, API tokens"),
    "kingfisher hetzner.yml",
)
made.near(
    "scaleway",
    (b"scaleway", b"scw_"),
    UUID,
    ("Scaleway", "a Scaleway secret key", "machines and buckets of its owner", "console.scaleway.com/iam/api-keys"),
    "trufflehog scalewaykey.go; betterleaks scaleway-secret-key",
    roles=rb"secret_?key|secret|token",
)
made.token(
    "vault",
    (b"hvs.", b"hvb.", b"hvr."),
    rb"hv[sbr]\.([A-Za-z0-9_-]{24,300})",
    ("HashiCorp Vault", "a Vault token", "the secrets that its policies allow", "vault token revoke"),
    "credsweeper config.yaml: 80 to 160 characters; gitleaks hashicorp_vault.go; fewer: not confirmed",
    end=rb"(?![A-Za-z0-9_-])",
)
made.token(
    "terraform",
    (b".atlasv1.",),
    rb"(?<=[A-Za-z0-9]{14})\.atlasv1\.([A-Za-z0-9_=-]{60,70})",
    ("HCP Terraform", "an HCP Terraform token", "workspaces and their states", "app.terraform.io/app/settings/tokens"),
    "gitleaks hashicorp.go; trufflehog terraformcloudpersonaltoken.go",
    end=rb"(?![A-Za-z0-9_=-])",
    left="loose",
)
made.token(
    "pulumi",
    (b"pul-",),
    rb"pul-([0-9a-f]{40})",
    ("Pulumi", "a Pulumi access token", "stacks and their secrets", "app.pulumi.com/account/tokens"),
    "trufflehog pulumi.go; gitleaks pulumi.go",
)
made.token(
    "doppler",
    (b"dp.pt.", b"dp.ct.", b"dp.st.", b"dp.sa.", b"dp.scim.", b"dp.audit."),
    rb"dp\.(?:pt|ct|st(?:\.[a-z0-9_-]{2,35})?|sa|scim|audit)\.([A-Za-z0-9]{40,44})",
    ("Doppler", "a Doppler token", "the secrets of its projects", "dashboard.doppler.com, Tokens"),
    "trufflehog doppler.go; kingfisher doppler.yml",
)
made.token(
    "onepassword",
    (b"ops_eyJ",),
    rb"ops_eyJ([A-Za-z0-9+/_-]{150,2000}+)={0,3}",
    (
        "1Password",
        "a 1Password service account token",
        "the vaults that it may read",
        "my.1password.com, Developer, Service accounts",
    ),
    "gitleaks 1password.go",
    end=rb"(?![A-Za-z0-9+/_-])",
)
made.token(
    "onepassword-key",
    (b"A3-",),
    rb"A3-([A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})",
    ("1Password", "a 1Password secret key", "with the account's password, its vaults", "my.1password.com, Manage account"),
    "gitleaks 1password.go",
)
made.token(
    "supabase",
    (b"sbp_", b"sb_secret_"),
    rb"sb(?:p|_secret)_([A-Za-z0-9_-]{31,40})",
    ("Supabase", "a Supabase key", "databases of its owner", "supabase.com/dashboard/account/tokens"),
    "betterleaks supabase-management-token, supabase-project-api-key",
    end=rb"(?![A-Za-z0-9_-])",
)
made.token(
    "tailscale",
    (b"tskey-",),
    rb"tskey-[a-z]{2,12}-([A-Za-z0-9]{8,24}-[A-Za-z0-9]{20,40})",
    ("Tailscale", "a Tailscale key", "the private network of its owner", "login.tailscale.com/admin/settings/keys"),
    "kingfisher tailscale.yml; trufflehog tailscale.go",
)
made.token(
    "mongodb-atlas",
    (b"mdb_sa_sk_",),
    rb"mdb_sa_sk_([A-Za-z0-9_-]{40})",
    ("MongoDB Atlas", "a MongoDB Atlas service account secret", "databases of a project", "cloud.mongodb.com, Access Manager"),
    "betterleaks mongodb-atlas-service-account-secret; kingfisher mongodb.yml",
    end=rb"(?![A-Za-z0-9_-])",
)
made.token(
    "planetscale",
    (b"pscale_tkn_", b"pscale_pw_", b"pscale_oauth_"),
    rb"pscale_(?:tkn|pw|oauth)_([A-Za-z0-9_=.-]{32,64})",
    ("PlanetScale", "a PlanetScale credential", "databases of its owner", "app.planetscale.com, Settings"),
    "gitleaks planetscale.go",
    end=rb"(?![A-Za-z0-9_=-])",
)

FORMATS = tuple(made.formats)
