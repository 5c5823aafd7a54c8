from django.db import migrations

from marketplace.kernel.views import TablesUnderViews


class Migration(migrations.Migration):
    dependencies = [("tasks", "0009_texts_encrypted")]

    operations = [
        TablesUnderViews(begin=True),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_price_in_range',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='approach',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='indicators_answer',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='price_amount',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='schedule',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='team',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='title',
        ),
        TablesUnderViews(begin=False),
    ]
