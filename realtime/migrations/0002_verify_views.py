from django.db import migrations

from marketplace.kernel.views import VerifyView


class Migration(migrations.Migration):
    dependencies = [("realtime", "0001_initial")]

    operations = [
        VerifyView(
            "event",
            "SELECT id, topic, seq, kind, subject, version, fact_id, created_at FROM realtime_livemessage",
        ),
    ]
