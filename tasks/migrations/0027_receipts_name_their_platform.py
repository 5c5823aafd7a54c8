from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A receipt stays what was signed when the platform moves to another address."""

    dependencies = [("tasks", "0026_bound")]

    operations = [
        migrations.AddField(
            model_name="submissionreceipt",
            name="platform",
            field=models.CharField(default=settings.SITE_URL, max_length=200),
            preserve_default=False,
        ),
    ]
