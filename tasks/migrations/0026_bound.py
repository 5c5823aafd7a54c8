from django.db import migrations, models

from marketplace.kernel.views import TablesUnderViews


def name_the_sealed(apps, schema_editor):
    """Whoever sits in a team that has handed in. Who left between a replacement and now is known to nobody."""
    seats = apps.get_model("tasks", "TeamMember").objects
    handed_in = models.Q(team__state="HANDED_IN") | models.Q(team__proposals__state="SUBMITTED")
    found = list(seats.filter(handed_in, state="JOINED").values_list("pk", flat=True))
    seats.filter(pk__in=found).update(sealed=True)


def whoever_answered_has_read(apps, schema_editor):
    rows = apps.get_model("tasks", "Diagnosis").objects.exclude(answered_at=None)
    rows.update(read_at=models.F("answered_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0025_unopened"),
    ]

    operations = [
        TablesUnderViews(begin=True),
        migrations.AddField(
            model_name="teammember",
            name="sealed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="diagnosis",
            name="read_at",
            field=models.DateTimeField(null=True),
        ),
        TablesUnderViews(begin=False),
        migrations.RunPython(name_the_sealed, migrations.RunPython.noop),
        migrations.RunPython(whoever_answered_has_read, migrations.RunPython.noop),
    ]
