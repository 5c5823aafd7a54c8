"""Celery jobs that keep the index true to the database, whatever happened to either."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from search import indexing
from search.backends.base import EngineUnavailable
from search.projection import Kind

log = structlog.get_logger(__name__)

LATELY = timedelta(days=7)
"""An engine that was away longer than this is built anew by hand."""


@shared_task(name="search.catch_up")
def catch_up() -> int:
    """Build what is missing and index what is owed; returns how many were owed. Quiet while there is no engine."""
    try:
        for kind in indexing.build_missing():
            log.info("index built", kind=kind)
        return indexing.pay_debts()
    except EngineUnavailable as failure:
        log.info("index must wait", why=str(failure)[:200])
        return 0


@shared_task(name="search.forget")
def forget() -> bool:
    """Build anew what still holds words of people who are gone; returns whether there was anything to do."""
    try:
        if not indexing.remembers_removed(timezone.now() - LATELY):
            return False
        indexing.forget_removed()
    except EngineUnavailable as failure:
        log.warning("index not built anew", why=str(failure)[:200])
    return True


@shared_task(name="search.verify_index")
def verify_index() -> int:
    """Compare the index with the database and put it right (I23); returns how many differences there were."""
    total = 0
    try:
        for kind in Kind:
            found = indexing.compare(kind)
            indexing.repair(kind, found)
            total += found.count
    except EngineUnavailable as failure:
        log.warning("index not verified", why=str(failure)[:200])
    if total:
        log.warning("index repaired", differences=total)
    return total
