"""Tables of Django's own that keep nothing of people (`kernel.personal`), and those that no model stands for."""

from marketplace.kernel.personal import ROW, RULED, Table

TABLES = (
    Table("auth.Permission", plain={ROW: "id content_type", RULED: "name codename"}),
    Table("auth.Group", plain={ROW: "id", RULED: "name"}),
    Table("auth.Group_permissions", plain={ROW: "id group permission"}),
    Table("contenttypes.ContentType", plain={ROW: "id", RULED: "app_label model"}),
)

WITHOUT_A_MODEL = {
    "django_migrations": "which changes of the tables were made",
    "cache": "counts of attempts by hashes and network addresses, used codes by the key of a row; hours at most",
    "sqlite_sequence": "SQLite's own count of keys",
}
