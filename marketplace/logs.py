"""How a log line looks: one JSON object, request id included, never a form field or a proposal's text."""

import logging

import structlog


class JsonLines(structlog.stdlib.ProcessorFormatter):
    """Formatter for `settings.LOGGING`: our own and foreign records come out alike."""

    def __init__(self) -> None:
        super().__init__(
            processors=[self.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
            foreign_pre_chain=shared_processors(),
        )


def shared_processors() -> list[structlog.typing.Processor]:
    """What every record passes through before it is rendered."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def configure() -> None:
    """Route structlog through the standard library, once, from the app's ready()."""
    structlog.configure(
        processors=[*shared_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
