from django.db import migrations

from marketplace.kernel.views import VerifyView


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        VerifyView(
            "fact",
            "SELECT id, stream, sequence, kind, subject, version, actor, role, reason, request_id, occurred_at,"
            " previous_digest, digest, digest_version FROM outbox_fact",
        ),
        VerifyView(
            "delivery",
            "SELECT id, fact_id, listener, state, attempts, due_at, leased_until, done_at FROM outbox_delivery",
        ),
    ]
