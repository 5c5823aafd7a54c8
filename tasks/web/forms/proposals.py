"""What a solver writes. Any state of it may be kept; what a submission needs is said by the proposal's own rules."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation
from marketplace.identity.web.forms import RealNameForm
from tasks.challenges.choices import CriterionKind
from tasks.challenges.models import ChallengeMode, Criterion
from tasks.challenges.posting import LONGEST_TEXT, LONGEST_TITLE
from tasks.proposals import content as contents
from tasks.proposals.content import AiUse, Answer, Content, Section
from tasks.proposals.models import Proposal
from tasks.web.forms.inputs import AmountField, LineField, VersionForm, needed, version_field


def _text(label: Any, help_text: Any, *, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, required=False, help_text=help_text)


class NamedSubmissionForm(RealNameForm, VersionForm):
    """Submitting for the first time: who one is, in the same form."""


class ProposalForm(forms.Form):
    """A proposal, complete or not. In bounty mode nobody asks for a price or a schedule."""

    organisation = forms.ChoiceField(
        label=_("On behalf of"),
        required=False,
        help_text=_("Reviewers do not see it. Where the call is reserved, a verified organisation of that class."),
    )
    title = needed(LineField(label=_("Title"), max_length=LONGEST_TITLE))
    approach = needed(
        _text(
            _("Technical approach"),
            _("What will be done and why it will work. Leave out names: reviewers read this part blind."),
            rows=14,
        )
    )
    indicators_answer = needed(
        _text(_("How the indicators are met"), _("One by one, with the evidence there is."), rows=8)
    )
    schedule = _text(_("Schedule and milestones"), _("Steps with dates counted from the contract."), rows=6)
    ai_use = needed(
        forms.ChoiceField(
            label=_("Generative AI"),
            choices=[("", "–"), *AiUse.choices],
            required=False,
            help_text=_("Whoever judges reads it. Using it is no fault; not saying so is."),
        )
    )
    ai_note = _text(
        _("For what it was used, and how that was checked"), _("Only where it had a part in the content."), rows=3
    )
    team = _text(
        _("Team and previous work"),
        _("Reviewers see neither this part nor any name; the adjudicator reads it after the opening."),
        rows=6,
    )
    price = AmountField(label=_("Price, in 10,000 CNY (万元)"), required=False)
    version = version_field()

    def __init__(self, data: QueryDict | None = None, *, proposal: Proposal) -> None:
        super().__init__(data, initial=_initial(proposal))
        mine = people.verified_organisations_of(proposal.author).order_by("name")
        self.organisations = {one.public_id: one for one in mine}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        named = [(public_id, str(one)) for public_id, one in self.organisations.items()]
        field.choices = [one for one in [("", _("myself")), *named] if self._can_be(proposal, one[0])]
        self._fit(proposal.challenge.mode)
        self._ask(contents.sections(proposal.content, proposal.challenge.criteria.all()))

    @staticmethod
    def _can_be(proposal: Proposal, chosen: str) -> bool:
        """What was handed in is replaced in the same name."""
        own = proposal.organisation.public_id if proposal.organisation else ""
        return chosen == own or not proposal.is_sealed

    def _fit(self, mode: str) -> None:
        if mode == ChallengeMode.TASK:
            needed(self.fields["schedule"])
            needed(self.fields["price"])
        else:
            del self.fields["price"]

    def _ask(self, sections: list[Section]) -> None:
        """A section for each criterion, with the number or the yes or no it asks for."""
        self._sections = sections
        for one in sections:
            if one.asks_claim:
                self.fields[f"claim_{one.place}"] = _claim_field(one)
            self.fields[f"answer_{one.place}"] = _text(_("What you offer, and the evidence there is"), "", rows=6)
            self.initial[f"claim_{one.place}"] = one.answer.claim
            self.initial[f"answer_{one.place}"] = one.answer.text

    @property
    def sections(self) -> list[tuple[Criterion, forms.BoundField | None, forms.BoundField]]:
        """Each criterion with its fields."""
        return [
            (one.criterion, self[f"claim_{one.place}"] if one.asks_claim else None, self[f"answer_{one.place}"])
            for one in self._sections
        ]

    @property
    def content(self) -> Content:
        """What was typed, as the services take it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in Content.__dataclass_fields__}
        said = self.cleaned_data
        answers = tuple(
            Answer(said.get(f"claim_{one.place}", ""), said.get(f"answer_{one.place}", "")) for one in self._sections
        )
        return Content(**typed, answers=answers, price_amount=said.get("price"))

    @property
    def in_the_name_of(self) -> Organisation | None:
        """The organisation chosen, one of the author's own."""
        return self.organisations.get(self.cleaned_data["organisation"])


def _claim_field(section: Section) -> forms.Field:
    criterion = section.criterion
    if criterion.kind == CriterionKind.YES_NO:
        answers = [("", "–"), *contents.YesNo.choices]
        return needed(forms.ChoiceField(label=_("Does your solution do it?"), choices=answers, required=False))
    attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
    label: Any = _("What your solution reaches")
    if criterion.unit:
        label = format_lazy(_("What your solution reaches, in {unit}"), unit=criterion.unit)
    return needed(LineField(label=label, max_length=contents.LONGEST_CLAIM, widget=forms.TextInput(attrs=attrs)))


def _initial(proposal: Proposal) -> dict[str, Any]:
    said = vars(proposal.content)
    asked = {"price_amount", "answers"}
    return {
        **{name: value for name, value in said.items() if name not in asked},
        "version": proposal.version,
        "price": said["price_amount"],
        "organisation": proposal.organisation.public_id if proposal.organisation else "",
    }
