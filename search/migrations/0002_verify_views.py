from django.db import migrations

from marketplace.kernel.views import VerifyView


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        VerifyView(
            "index_document",
            "SELECT kind, public_id AS id, version, digest, indexed_at FROM search_indexdocument",
        ),
    ]
