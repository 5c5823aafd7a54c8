"""The product's addresses with the demo's among them, as DEMO=1 has them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from marketplace import urls
from marketplace.urls import handler400, handler403, handler404, handler500

urlpatterns = [
    *i18n_patterns(path("demo/", include("marketplace.demo.web.urls")), prefix_default_language=False),
    *urls.urlpatterns,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
