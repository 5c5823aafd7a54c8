from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BY_PERIODS = """
    ALTER TABLE accounts_rolegrant ADD CONSTRAINT grant_one_administration_at_a_time
    EXCLUDE USING gist (int8range(user_id, user_id, '[]') WITH &&, tstzrange(valid_from, valid_until) WITH &&)
    WHERE (role IN ('AUDIT_ADMIN', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'))
"""
"""Nobody holds two of them in one moment. A person as a range of one number needs no extension of the server."""


def keep_by_periods(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BY_PERIODS)


def no_longer(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE accounts_rolegrant DROP CONSTRAINT grant_one_administration_at_a_time")


def end_doubles(apps: StateApps, _schema_editor: object) -> None:
    """Of grants of one administration that overlap the first stays, until the later end; the others held nothing."""
    grants = apps.get_model("accounts", "RoleGrant").objects.filter(role="SYSTEM_ADMIN")
    first = None
    for grant in grants.order_by("user_id", "valid_from", "pk"):
        alone = first is None or first.user_id != grant.user_id
        if alone or (first.valid_until is not None and first.valid_until <= grant.valid_from):
            first = grant
            continue
        ends = (first.valid_until, grant.valid_until)
        first.valid_until = None if None in ends else max(ends)
        first.save(update_fields=["valid_until"])
        grant.valid_until = grant.valid_from
        grant.save(update_fields=["valid_until"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_release_rule'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('REGION_ADMIN', 'region administrator'), ('ADJUDICATOR', 'adjudicator'), ('SUPERVISOR', 'supervisor'), ('OBSERVER', 'observer'), ('SYSTEM_ADMIN', 'system administrator'), ('SECURITY_ADMIN', 'security administrator'), ('AUDIT_ADMIN', 'audit administrator')], max_length=24),
        ),
        migrations.RunPython(end_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('role__in', ['AUDIT_ADMIN', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']), ('valid_until', None)), fields=('user',), name='grant_one_administration'),
        ),
        migrations.RunPython(keep_by_periods, no_longer),
    ]
