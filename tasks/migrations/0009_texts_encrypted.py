"""What proposals said stood in columns of its own; from here on it is encrypted, each draft under a key of its own."""

import json
from typing import Any

from django.db import migrations

from marketplace.kernel.concealing import conceal, reveal
from marketplace.sealing import draft_keys
from marketplace.sealing.envelopes import new_code

TEXTS = ("title", "approach", "indicators_answer", "schedule", "team", "price_amount")
PURPOSE = "opened proposal"
WRITTEN = ("DRAFT", "SUBMITTED", "WITHDRAWN")


def encrypt(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("tasks", "Proposal").objects.filter(kept="").iterator():
        said = {name: getattr(row, name) for name in TEXTS}
        if row.state in WRITTEN:
            row.kept = draft_keys.concealed(json.dumps({"code": new_code(), "content": said}), of=row.public_id)
        else:
            row.kept = conceal(json.dumps(said), purpose=PURPOSE)
        row.save(update_fields=["kept"])


def decrypt(apps: Any, schema_editor: Any) -> None:
    """As far as it can be: what was sealed since stays in its envelope."""
    for row in apps.get_model("tasks", "Proposal").objects.exclude(kept="").iterator():
        if row.state in WRITTEN:
            said = json.loads(draft_keys.revealed(row.kept, of=row.public_id))["content"]
        else:
            said = json.loads(reveal(row.kept, purpose=PURPOSE))
        for name in TEXTS:
            setattr(row, name, said.get(name))
        row.save(update_fields=list(TEXTS))


class Migration(migrations.Migration):
    dependencies = [("tasks", "0008_sealing")]

    operations = [migrations.RunPython(encrypt, decrypt)]
