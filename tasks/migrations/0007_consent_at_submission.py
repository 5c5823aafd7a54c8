from django.db import migrations, models

from marketplace.kernel.views import TablesUnderViews


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0006_release_rule'),
    ]

    operations = [
        TablesUnderViews(begin=True),
        migrations.AddField(
            model_name='challenge',
            name='consent_at_submission',
            field=models.BooleanField(default=False),
        ),
        TablesUnderViews(begin=False),
    ]
