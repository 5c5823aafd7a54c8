"""The Celery application: jobs are found in each app's `jobs.py` (`tasks` is an app of ours, not Celery's default)."""

import os

from celery import Celery
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.embedded")

app = Celery("zhongyan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(lambda: [config.name for config in apps.get_app_configs()], related_name="jobs")
