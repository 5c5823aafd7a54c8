"""Putting a team together, and looking for partners."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from tasks.teams.models import TeamMember
from tasks.teams.partners import LONGEST, LONGEST_REPLY, SHORTEST
from tasks.teams.services import Shares
from tasks.web.forms.inputs import LinesField, version_field

HUNDREDTHS = 2


class InvitationForm(forms.Form):
    """Whom to invite: one person, or somebody with the team they lead."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    whole_team = forms.BooleanField(
        label=_("With the team they lead (merge)"),
        required=False,
        help_text=_("Their members come over to your team, and their draft is set aside."),
    )


class UnitForm(forms.Form):
    """For whom one sits in the team: an organisation one acts for, or oneself."""

    organisation = forms.ChoiceField(label=_("On behalf of"), required=False)

    def __init__(self, data: QueryDict | None = None, *, person: User, seat: TeamMember | None = None) -> None:
        chosen = seat.organisation.public_id if seat and seat.organisation else ""
        super().__init__(data, initial={"organisation": chosen})
        mine = people.verified_organisations_of(person).order_by("name")
        self.organisations = {one.public_id: one for one in mine}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [("", _("myself")), *((key, str(one)) for key, one in self.organisations.items())]

    @property
    def in_the_name_of(self) -> Organisation | None:
        """The organisation chosen, one of the person's own."""
        return self.organisations.get(self.cleaned_data["organisation"])


class SharesForm(forms.Form):
    """Two shares for each member, in percent."""

    version = version_field()

    def __init__(self, data: QueryDict | None = None, *, members: Iterable[TeamMember], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.members = list(members)
        for member in self.members:
            of = {"name": str(member.person)}
            work = _("Share of the work of %(name)s, in percent") % of
            reward = _("Share of the reward of %(name)s, in percent") % of
            self.fields[f"work_{member.public_id}"] = _share(work, member.work_share)
            self.fields[f"reward_{member.public_id}"] = _share(reward, member.reward_share)

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each member, to stand beside each other."""
        return [(self[f"work_{one.public_id}"], self[f"reward_{one.public_id}"]) for one in self.members]

    @property
    def said(self) -> dict[str, Shares]:
        """The shares by seat, as the service takes them."""
        typed = self.cleaned_data
        keys = [one.public_id for one in self.members]
        return {key: (typed[f"work_{key}"], typed[f"reward_{key}"]) for key in keys}


class CallForm(UnitForm):
    """A notice on the board of partners."""

    offers = LinesField(
        label=_("What you offer"),
        rows=3,
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("Every signed-in person reads it. Write nothing of what you would propose."),
    )
    seeks = LinesField(label=_("Whom you look for"), rows=3, min_length=SHORTEST, max_length=LONGEST)
    field_order = ("offers", "seeks", "organisation")


class ReplyForm(forms.Form):
    """What one writes to the author of a notice."""

    text = LinesField(
        label=_("Your message"),
        rows=3,
        min_length=SHORTEST,
        max_length=LONGEST_REPLY,
        help_text=_("Only the author of the notice reads it, with your name."),
    )


class TakeDownForm(forms.Form):
    """Why a notice is taken down."""

    reason = LinesField(label=_("Reason"), rows=2, max_length=600, help_text=_("Its author reads it."))


def _share(label: Any, share: Decimal) -> forms.DecimalField:
    attrs = {"inputmode": "decimal", "class": "short", "min": "0", "max": "100", "step": "0.01"}
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=HUNDREDTHS,
        initial=share.normalize() + 0,
        widget=forms.NumberInput(attrs=attrs),
    )
