from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self) -> None:
        """Let the outbox know what the index listens to, and the checks run."""
        from search import checks, subscribers  # noqa: F401  # both register by being imported
