"""Why a file is not taken in, in words its owner can act on. The codes come from `inspecting/`, `blinding/`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "empty": _("The file is empty."),
    "kind_unknown": _("Files of this kind are not taken here."),
    "locked_or_old": _(
        "The file is protected by a password, or in a format from before 2007. It cannot be examined like this: "
        "please save it without a password, in today's format."
    ),
    "not_what_it_says": _("The content is not what the name's ending says. Please save the file anew in that format."),
    "damaged": _("The file is damaged or not complete. Please save it anew."),
    "something_behind": _("Something else hangs on to the file. Please save it anew."),
    "web_page_inside": _("There is program code of a web page in the file. Please save it anew without it."),
    "acts_by_itself": _(
        "The file holds macros, scripts or actions that run by themselves. Please save it without them."
    ),
    "holds_other_files": _("Other files or links to data are embedded in it. Please hand them in separately."),
    "reaches_outside": _("The file fetches or writes something outside of itself. Please save it without such links."),
    "too_large_unpacked": _("Unpacked, the file is far larger than it should be."),
    "too_many_pixels": _("The picture has more than 60 million pixels. Please make it smaller."),
    "moving_picture": _("Only still pictures are taken."),
    "too_costly": _("Examining the file takes too long. Please save it more simply, or in parts."),
    "too_large": _("The file is larger than allowed here."),
    "signed": _(
        "The file is signed, and a signature names its signer. Those who read here do not know whose it is: "
        "please hand in an unsigned copy."
    ),
    "picture_uncleanable": _(
        "There is a picture in the file (%(ending)s) that cannot be freed of details of its author. "
        "Please put it in as PNG or JPEG."
    ),
    "picture_unreadable": _("A picture in the file is damaged. Please put it in anew."),
    "part_unknown": _(
        "There is a part in the file (%(part)s) that may name its author and cannot be cleaned. "
        "Please save it without, or hand it in as a PDF."
    ),
}


def sentence(said: Mapping[str, Any]) -> Any:
    """The words to a code, with what it names filled in."""
    words, values = SENTENCES[said["code"]], said.get("values")
    return words % values if values else words
