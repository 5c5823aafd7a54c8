"""The kinds of providers that may sign people in; django-allauth looks for them in a module of this name."""

from marketplace.accounts.openid import OpenIDConnect
from marketplace.accounts.orcid import Orcid

provider_classes = [OpenIDConnect, Orcid]
