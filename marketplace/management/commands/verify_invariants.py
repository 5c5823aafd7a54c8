import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.invariants import judging, running, secrecy, separation, steps
from marketplace.invariants.finding import Checker, Finding

CHECKERS: tuple[Checker, ...] = (
    judging.one_award_set,
    steps.challenges_moved_legally,
    steps.proposals_moved_legally,
    judging.ranking_is_a_function,
    secrecy.closed_until_opened,
    secrecy.no_proposal_in_the_challenges_stream,
    secrecy.opened_by_three,
    secrecy.submitted_in_time,
    judging.no_conflicted_review,
    judging.judged_by_two,
    judging.notices_ran,
    separation.administrators_are_separate,
    separation.offices_were_given_by_two,
    separation.administrators_take_no_part,
    running.trail_holds,
    running.nothing_parked,
)


class Command(BaseCommand):
    help = "Check on the data itself what must always hold; exit status 1 when something does not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list instead of lines for people")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [check() for check in CHECKERS]
        if options["json"]:
            said = [finding.as_json() for finding in findings]
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self._tell(finding)
        if any(finding.violations for finding in findings):
            sys.exit(1)

    def _tell(self, finding: Finding) -> None:
        verdict = f"{len(finding.violations)} VIOLATIONS" if finding.violations else "holds"
        self.stdout.write(f"{finding.invariant}: {verdict} ({finding.checked} checked)")
        for violation in finding.violations:
            self.stdout.write(f"    {violation}")
