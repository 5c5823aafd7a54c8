"""What the security model says is protected, by what, and which tests hold it: the page is written from this list.

A test that is named here and is no more fails `tests/tasks/test_trust.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Claim:
    """One thing that is protected, the means, and the tests by file and name."""

    said: Any
    means: Any
    tests: tuple[str, ...]


CLAIMS = (
    Claim(
        _("Until the opening nobody but its author learns from the platform whether there is a proposal, or how many."),
        _("Every page, search, count, export, letter and live message asks one rule; hidden answers like missing."),
        (
            "tests/tasks/test_trust.py::test_other_people_see_the_same_bytes_whether_there_are_proposals_or_not",
            "tests/sealed/test_twins.py::test_while_calls_take_proposals_every_answer_is_the_same",
            "tests/sealed/test_twins.py::test_after_the_deadline_too_until_the_opening",
            "tests/sealed/test_twins.py::test_sockets_tell_the_same",
            "tests/realtime/test_reach.py::test_two_worlds_one_with_proposals_and_one_without_sound_alike",
            "tests/matrix/test_routes.py::test_each_role_is_answered_as_declared",
            "tests/administration/test_trail.py::test_nothing_of_a_sealed_proposal_shows_anywhere",
        ),
    ),
    Claim(
        _("What was submitted cannot be read before the opening, also not from the database, its backups or its log."),
        _("A key for each text, encrypted to the key of the challenge, whose private half is parted among officers."),
        (
            "tests/tasks/test_sealing.py::test_neither_a_draft_nor_a_submission_shows_in_any_table",
            "tests/sealed/test_canaries.py::test_before_the_opening_no_canary_is_found_anywhere",
            "tests/journeys/test_sealed.py::test_once_they_are_sealed_nothing_is_found",
            "tests/sealing/test_keys.py::test_any_two_holders_join_the_key_and_no_other_boxes_do",
            "tests/sealing/test_officers.py::test_nothing_stored_is_the_key_or_a_half",
            "tests/sealing/test_officers.py::test_the_phrase_is_kept_nowhere",
        ),
    ),
    Claim(
        _("Until the opening nobody but its author learns what a file is called, of what kind it is or what it says."),
        _("They are concealed with the draft, as the file's own key is, and sealed with the text."),
        (
            "tests/tasks/test_proposal_files.py::test_no_row_and_no_fact_tells_what_a_file_is_not_even_of_a_draft",
            "tests/tasks/test_proposal_files.py::test_once_it_is_sealed_nobody_can_tell_or_open_it_its_owner_neither",
            "tests/tasks/test_proposal_files.py::test_before_the_opening_it_does_not_exist_for_anybody_else",
        ),
    ),
    Claim(
        _("Until the opening a team is known to its own people alone; whoever is invited knows of the invitation."),
        _("Pages and facts of a team are its own, and who is in it is sealed with the text."),
        (
            "tests/tasks/teams/test_hidden.py::test_to_others_no_page_of_it_exists",
            "tests/tasks/teams/test_hidden.py::test_its_facts_reach_its_own_people_alone",
            "tests/tasks/teams/test_hidden.py::test_an_invitation_is_for_whoever_was_invited_alone",
            "tests/tasks/teams/test_opening.py::test_before_the_opening_nothing_of_it_is_written_down_for_others",
        ),
    ),
    Claim(
        _("The draft is gone once it is submitted."),
        _("Its key is a file outside the database, deleted with the submission."),
        ("tests/tasks/test_sealing.py::test_with_the_submission_the_key_of_the_draft_is_gone",),
    ),
    Claim(
        _("Before the deadline the platform opens nothing, and without supervisor and two officers neither."),
        _("The rules of the opening, and for the officers the encryption itself."),
        (
            "tests/tasks/test_judging.py::test_nothing_is_opened_before_the_deadline",
            "tests/tasks/test_judging.py::test_two_confirmations_open_nothing_and_three_open_everything_submitted",
        ),
    ),
    Claim(
        _("Of three opening officers one may be lost: the other two open. Of two, what was sealed stays closed."),
        _("The private key is parted once for each two officers, and the platform keeps no other copy."),
        (
            "tests/sealing/test_lost_officer.py::test_two_of_three_open_when_the_third_has_lost_the_card",
            "tests/sealing/test_lost_officer.py::test_with_two_holders_and_one_lost_it_stays_closed",
        ),
    ),
    Claim(
        _("Nobody, the platform neither, puts something else in the place of what was submitted unnoticed."),
        _("The receipt: digest, commitment and place in the chained trail, signed by the platform."),
        (
            "tests/tasks/test_sealing.py::test_what_was_put_in_the_place_of_the_sealed_bytes_is_found_and_not_opened",
            "tests/tasks/test_sealing.py::test_a_receipt_holds_and_nothing_in_it_can_be_changed",
            "tests/tasks/test_receipts_alone.py::test_a_receipt_is_checked_without_the_platform_and_its_code",
            "tests/tasks/test_receipts_on_paper.py::test_the_receipt_itself_is_inside",
        ),
    ),
    Claim(
        _("In time is what came before the deadline by the clock of the database; once accepted it stays accepted."),
        _("A ticket, written by itself before anything else is done, decides."),
        (
            "tests/tasks/test_sealing.py::test_the_ticket_decides_and_not_the_moment_of_sealing",
            "tests/tasks/test_sealing.py::test_a_late_ticket_is_settled_as_late_and_holds_nothing_up",
        ),
    ),
    Claim(
        _("After the opening each role sees what the table says and no more."),
        _("One policy for each verb, and one table that pages are held to."),
        ("tests/tasks/test_trust.py::test_each_reader_sees_what_the_table_says",),
    ),
    Claim(
        _("Whoever is shown your text after the opening is on record, and you see as what they read it."),
        _("A row for each reader and day, written by the page that shows it; reviewers stay numbers."),
        (
            "tests/tasks/test_reads.py::test_no_page_shows_it_to_anybody_without_a_row",
            "tests/tasks/test_reads.py::test_its_owner_reads_who_came_by_role_and_number",
        ),
    ),
    Claim(
        _("An authority of time learns nothing but a digest."),
        _("The request is a SHA-256 and a number used once (RFC 3161); what it answers is checked before it counts."),
        (
            "tests/tasks/test_stamping.py::test_nothing_of_the_proposal_or_its_owner_goes_out",
            "tests/kernel/test_timestamps.py::test_what_is_no_stamp_of_this_by_whom_we_trust_is_refused",
        ),
    ),
    Claim(
        _("Whoever holds an office of administration reads no proposal and decides on none."),
        _("System, security and audit administrators exclude each other and every other office (三员分立)."),
        ("tests/invariants/test_checkers.py", "tests/administration/test_trail.py"),
    ),
    Claim(
        _("A file that somebody hands in cannot run, take the server's memory, or hide another file."),
        _("It is judged in a process of its own within limits, scanned, and kept encrypted under a name of ours."),
        ("tests/vault/test_examining.py::test_no_hostile_file_is_accepted",),
    ),
    Claim(
        _("Pages run no code of others and tell no other host that you read them."),
        _("A strict content security policy; scripts, styles and fonts come from here."),
        ("tests/faces/test_frame.py::test_no_template_carries_inline_code_or_another_host",),
    ),
)
