from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self) -> None:
        """Let the outbox know what the index listens to."""
        from search import subscribers  # noqa: F401  # subscribes by being imported
