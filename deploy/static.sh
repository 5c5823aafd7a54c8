#!/bin/sh
# Run while the image is built: gathers the static files and proves that every file another one names is there.
# The values are placeholders that nothing connects to.
set -eu
export SECRET_KEY=build DATA_KEYS=build SIGNING_KEYS=build ALLOWED_HOSTS=127.0.0.1
export DATABASE_URL=postgres://build/build REDIS_URL=redis://build ELASTICSEARCH_URL=http://build CLAMD=build
exec python manage.py collectstatic --noinput
