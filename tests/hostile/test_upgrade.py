"""Grants of before that `grant_role` took from a shell (`appoint` did not): one administrator, two open rows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone


@pytest.mark.django_db(transaction=True)
def test_grants_of_before_do_not_stop_the_upgrade() -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([("accounts", "0007_release_rule")])
    apps = executor.loader.project_state([("accounts", "0007_release_rule")]).apps
    person = apps.get_model("accounts", "User").objects.create(
        email="a@example.org", display_name="a", public_id="aaaaaaaaaaaaaaaa", date_joined=timezone.now()
    )
    try:
        for code in ("420000", "330000"):
            apps.get_model("accounts", "RoleGrant").objects.create(
                user=person, role="SYSTEM_ADMIN", scope="REGION", scope_id=code, valid_from=timezone.now()
            )
        again = MigrationExecutor(connection)
        again.migrate(leaves)
    finally:
        apps.get_model("accounts", "RoleGrant").objects.filter(user=person).delete()
        apps.get_model("accounts", "User").objects.filter(pk=person.pk).delete()
        MigrationExecutor(connection).migrate(leaves)
