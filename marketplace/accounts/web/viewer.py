"""Who is looking."""

from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.kernel.errors import NotFound


def signed_in(request: HttpRequest) -> User:
    """The signed-in person. Raises NotFound for anybody else: what is theirs alone does not exist for others."""
    if not isinstance(request.user, User):
        raise NotFound
    return request.user
