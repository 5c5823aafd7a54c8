from django.conf import settings
from django.db import models


class Note(models.Model):
    """One row for one POST. Its table is made in the database of a measurement alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.text
