"""Facts of uploaded lists."""

from typing import TYPE_CHECKING, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.sheets.models import Sheet


class SheetEvent(Event):
    """Something happened to an uploaded list of challenges; its stream is its own."""

    @classmethod
    def of(cls, sheet: "Sheet", **data: Scalar) -> Self:
        stream, version = f"sheet:{sheet.public_id}", sheet.version
        return cls(stream=stream, subject=sheet.public_id, version=version, data=data)


class SheetUploaded(SheetEvent):
    """`data.held` says that the same file was uploaded before and waits for its uploader's word."""

    kind: ClassVar[str] = "sheet.uploaded"


class SheetReleased(SheetEvent):
    """The uploader wants the same file taken over once more."""

    kind: ClassVar[str] = "sheet.released"


class SheetDiscarded(SheetEvent):
    kind: ClassVar[str] = "sheet.discarded"


class SheetRead(SheetEvent):
    """Its rows are known; `data.rows` counts them."""

    kind: ClassVar[str] = "sheet.read"


class SheetUnreadable(SheetEvent):
    """The file as a whole cannot be taken over; `data.why` is the code of the reason."""

    kind: ClassVar[str] = "sheet.unreadable"


class SheetFinished(SheetEvent):
    """Every row is a draft or waits to be mended; `data` counts both."""

    kind: ClassVar[str] = "sheet.finished"


SHEET_EVENTS: tuple[type[SheetEvent], ...] = (
    SheetUploaded,
    SheetReleased,
    SheetDiscarded,
    SheetRead,
    SheetUnreadable,
    SheetFinished,
)
