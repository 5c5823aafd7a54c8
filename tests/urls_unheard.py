"""No pages: the services alone."""

urlpatterns: list[object] = []
