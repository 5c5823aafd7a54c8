from django.db import migrations

from marketplace.profiles.references import folded


def put_names_in(apps, schema_editor):
    """Listings of before hold no name: it was searched where it stands."""
    listings = apps.get_model("profiles", "Listing").objects.select_related("profile__user")
    for row in listings.iterator():
        row.text = folded(f"{row.profile.user.display_name}\n{row.text}")
        row.save(update_fields=["text"])


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial")]

    operations = [migrations.RunPython(put_names_in, migrations.RunPython.noop)]
