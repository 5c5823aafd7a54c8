"""What is said about a file."""

from typing import Any


class Unacceptable(Exception):
    """The file is not taken in; the code names the sentence in `vault/faults.py`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
