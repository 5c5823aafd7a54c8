# One image for pages, live, relay, worker, beat and the one-shot services; compose says which one it is.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=marketplace.settings.production \
    STATIC_ROOT=/srv/static

WORKDIR /srv/zhongyan
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin zhongyan

# Packages change more seldom than code: their layer comes first.
COPY requirements/production.txt requirements/production.txt
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-compile \
        --require-hashes --only-binary :all: --requirement requirements/production.txt \
    && python -m compileall -q -j 0 /usr/local/lib/python3.11/site-packages

COPY . .

RUN install --directory --owner=zhongyan --group=zhongyan /srv/static /srv/vault /srv/draft_keys \
    && setpriv --reuid=zhongyan --regid=zhongyan --clear-groups sh deploy/static.sh

USER zhongyan
EXPOSE 8000
CMD ["gunicorn", "marketplace.wsgi", "--config", "deploy/gunicorn.py"]
