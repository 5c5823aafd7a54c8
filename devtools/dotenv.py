"""`env`: write the file `.env` that docker compose reads, with secrets nobody has seen before."""

import os
import secrets

from devtools.terminal import ROOT, Stop, say

TEMPLATE = """\
# Read by `docker compose`; every value is explained in docs/operations.md. Keep this file to yourself.

# Secrets, made at random by `make env`.
SECRET_KEY={secret}
DATA_KEYS={secret}
SIGNING_KEYS={secret}
SIGNING_KEYS_LOST=
POSTGRES_PASSWORD={secret}
DATABASE_PASSWORD={secret}
REDIS_PASSWORD={secret}
ELASTIC_PASSWORD={secret}

# Where people reach the site. Behind your own TLS proxy: https://your.host, and 2 for TRUSTED_PROXY_COUNT.
SITE_URL=http://127.0.0.1:8080
ALLOWED_HOSTS=127.0.0.1,localhost
HTTP_ADDRESS=127.0.0.1
HTTP_PORT=8080
TRUSTED_PROXY_COUNT=1

# Who runs this installation, and its record numbers, if it is in mainland China: shown on every page.
OPERATOR_NAME=
OPERATOR_CONTACT=
ICP_RECORD=
POLICE_RECORD=
POLICE_RECORD_URL=

# The mail server letters are handed to, and the sender they carry.
EMAIL_URL=smtp://localhost:25
DEFAULT_FROM_EMAIL=no-reply@localhost

# Where files lie that people hand in: empty for a volume of this machine, or a bucket of an S3-compatible store.
VAULT_BUCKET=
VAULT_ENDPOINT=
VAULT_REGION=
VAULT_KEY=
VAULT_SECRET=

# Who else may sign people in: a list as docs/operations.md shows it, on one line, and the keys ORCID has given you.
OIDC_PROVIDERS=
ORCID_CLIENT_ID=
ORCID_CLIENT_SECRET=
ORCID_SITE=https://orcid.org

# A service that knows organisations by their credit code, see docs/operations.md.
REGISTER_URL=
REGISTER_TOKEN=

# An authority that stamps receipts (RFC 3161), its certificates as a file, and its policy, see docs/operations.md.
TIMESTAMP_URL=
TIMESTAMP_CA=
TIMESTAMP_POLICY=

# A gateway for text messages, see docs/operations.md; with it people can sign in with a mobile number.
SMS_URL=
SMS_TOKEN=

# 1 turns the demonstration on: demo accounts without passwords. Refused unless every allowed host is loopback.
DEMO=0
"""


def write(_rest: list[str]) -> int:
    """Write .env, readable by its owner only. Raises Stop rather than replace one that is there."""
    path = ROOT / ".env"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Stop(".env is there already; move it away first. Its passwords are those of your data.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(filled())
    say("Wrote .env with fresh secrets. Next: docker compose up --build --detach")
    return 0


def filled() -> str:
    """Return the template with another random secret in each place. No character needs quoting in an address."""
    head, *tails = TEMPLATE.split("{secret}")
    return head + "".join(secrets.token_hex(32) + tail for tail in tails)
