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
            "tests/sealing/test_keys.py::test_any_two_holders_join_the_key_and_no_other_boxes_do",
            "tests/sealing/test_officers.py::test_nothing_stored_is_the_key_or_a_half",
            "tests/sealing/test_officers.py::test_the_phrase_is_kept_nowhere",
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
        _("Nobody, the platform neither, puts something else in the place of what was submitted unnoticed."),
        _("The receipt: digest, commitment and place in the chained trail, signed by the platform."),
        (
            "tests/tasks/test_sealing.py::test_what_was_put_in_the_place_of_the_sealed_bytes_is_found_and_not_opened",
            "tests/tasks/test_sealing.py::test_a_receipt_holds_and_nothing_in_it_can_be_changed",
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
