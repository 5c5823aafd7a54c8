"""Files of a challenge: open ones for whoever sees it, the others once the non-disclosure terms are accepted."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.outbox.models import Fact
from marketplace.vault import policy as files
from marketplace.vault import services as vault
from tasks.adjudication import services as judging
from tasks.challenges import policy, queries, services
from tasks.challenges.models import Challenge, ChallengeRelease, NonDisclosure
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of
from tests.vault import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def bring(challenge: Challenge, actor: User, code: str = queries.OPEN_CODE, name: str = "规格书.pdf") -> Any:
    upload = SimpleUploadedFile(name, made.pdf() if name.endswith("pdf") else made.xlsx())
    return vault.bring(actor=actor, code=code, holder=challenge.public_id, purpose="SPECIFICATION", upload=upload)


def with_files() -> Challenge:
    """A published challenge with an open file and a confidential one."""
    drafted = factories.draft()
    bring(drafted, drafted.author)
    bring(drafted, drafted.author, queries.NDA_CODE, "测试数据.xlsx")
    return factories.published(drafted)


def test_officers_bring_them_while_they_may_edit_and_nobody_else() -> None:
    drafted = factories.draft()
    bring(drafted, drafted.author)
    with pytest.raises(NotFound):
        bring(drafted, factories.person())
    challenge = factories.published(drafted)
    for actor in (challenge.author, factories.person()):
        with pytest.raises(Refusal):
            bring(challenge, actor)


def test_an_open_file_is_read_by_whoever_sees_the_challenge_and_not_by_whom_it_was_brought() -> None:
    challenge = with_files()
    page = text_of(at_browser(factories.person()).get(challenge.get_absolute_url()))
    assert "规格书.pdf" in page
    assert "测试数据.xlsx" not in page
    listed = reverse("vault:at", args=[queries.OPEN_CODE, challenge.public_id])
    assert challenge.author.display_name not in text_of(at_browser(factories.person()).get(listed))
    anonymous = text_of(at_browser(AnonymousUser()).get(challenge.get_absolute_url()))
    assert "规格书.pdf" not in anonymous
    assert "sign in to open them" in anonymous


def test_a_confidential_one_is_shown_once_the_terms_are_accepted_and_that_is_a_dated_fact() -> None:
    challenge, reader = with_files(), factories.person()
    with pytest.raises(NotFound):
        files.rights(reader, queries.NDA_CODE, challenge.public_id)
    browser = at_browser(reader)
    browser.post(reverse("challenges:terms", args=[challenge.public_id]))
    assert files.rights(reader, queries.NDA_CODE, challenge.public_id).read
    assert "测试数据.xlsx" in text_of(browser.get(challenge.get_absolute_url()))
    promise = NonDisclosure.objects.get()
    fact = Fact.objects.get(kind="disclosure.accepted")
    assert (promise.person, promise.edition) == (reader, services.TERMS_EDITION)
    assert (fact.stream, fact.data["challenge"]) == (f"user:{reader.public_id}", challenge.public_id)
    browser.post(reverse("challenges:terms", args=[challenge.public_id]))
    assert Fact.objects.filter(kind="disclosure.accepted").count() == 1


def test_nobody_accepts_without_a_verified_name_or_for_their_own_challenge() -> None:
    challenge = with_files()
    for actor in (factories.person(known=False), challenge.author):
        with pytest.raises(Refusal):
            services.accept_terms(public_id=challenge.public_id, actor=actor)
    with pytest.raises(Refusal):
        services.accept_terms(public_id=factories.draft().public_id, actor=factories.person())
    assert not NonDisclosure.objects.exists()


def test_whoever_has_accepted_learns_a_name_that_is_kept_for_them_and_not_a_hidden_one() -> None:
    for shown, learns in (("AFTER_NDA", True), ("HIDDEN", False)):
        challenge, reader = factories.open_challenge(name_shown=shown), factories.person()
        assert not policy.may_know_sponsor(reader, challenge)
        services.accept_terms(public_id=challenge.public_id, actor=reader)
        assert policy.may_know_sponsor(reader, challenge) == learns


def test_whoever_judges_learns_no_name_that_is_kept_whatever_they_accept() -> None:
    challenge = factories.open_challenge(name_shown="AFTER_NDA")
    for judge in (challenge.adjudicator, challenge.supervisor):
        assert judge
        services.accept_terms(public_id=challenge.public_id, actor=judge)
        assert not policy.may_know_sponsor(judge, challenge)


def test_a_reviewer_who_accepted_before_reads_no_name_while_seated() -> None:
    experts = [factories.expert(fields=(factories.field(),)) for _one in range(3)]
    challenge = factories.open_challenge(name_shown="AFTER_NDA")
    for one in experts:
        services.accept_terms(public_id=challenge.public_id, actor=one)
        assert policy.may_know_sponsor(one, challenge)
    factories.submitted_proposal(challenge)
    opened = factories.opened(factories.closed(challenge))
    assert opened.adjudicator
    judging.admit_proposal(public_id=opened.public_id, code="P01", actor=opened.adjudicator)
    judging.draw_panel(public_id=opened.public_id, actor=opened.adjudicator, size=3)
    assert not any(policy.may_know_sponsor(one, opened) for one in experts)


def test_the_judges_read_what_they_judge_by_unless_they_administer_the_platform_by_now() -> None:
    challenge, separated = with_files(), factories.person()
    assert challenge.adjudicator
    assert files.rights(challenge.adjudicator, queries.NDA_CODE, challenge.public_id).read
    services.accept_terms(public_id=challenge.public_id, actor=separated)
    factories.accounts.grant_role(user=separated, role=Role.SYSTEM_ADMIN, scope="PLATFORM")
    assert not policy.may_read_confidential(separated, challenge)
    challenge.adjudicator = separated
    assert not policy.may_read_confidential(separated, challenge)


def test_a_file_more_is_another_version_than_the_one_an_officer_has_released() -> None:
    drafted = factories.draft()
    ChallengeRelease.objects.create(challenge=drafted, person=drafted.author, of_version=drafted.version)
    bring(drafted, drafted.author)
    drafted.refresh_from_db()
    assert drafted.version == 2
    assert queries.releases_of(drafted) == []
