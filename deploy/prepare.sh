#!/bin/sh
# The one-shot service `migrate`: what must be in place before any other process of this version starts.
set -eu
python manage.py migrate --noinput
python manage.py createcachetable
python manage.py load_registry
python manage.py collectstatic --noinput --verbosity 0
