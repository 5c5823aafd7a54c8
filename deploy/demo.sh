#!/bin/sh
# The one-shot service `demo`: nothing without DEMO=1.
set -eu
if [ "$DEMO" = 1 ]; then
    exec python manage.py seed_demo
fi
