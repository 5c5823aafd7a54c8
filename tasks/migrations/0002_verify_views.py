from django.db import migrations

from marketplace.kernel.views import VerifyView


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        VerifyView(
            "proposal",
            "SELECT p.public_id AS id, c.public_id AS challenge, p.state, p.version, p.code, p.submitted_at,"
            " c.deadline AS deadline, c.proposals_opened_at AS opened_at"
            " FROM tasks_proposal p JOIN tasks_challenge c ON c.id = p.challenge_id",
        ),
        VerifyView(
            "assignment",
            "SELECT a.public_id AS id, c.public_id AS challenge, u.public_id AS reviewer, a.state, a.version,"
            " a.answered_at FROM tasks_assignment a JOIN tasks_reviewpanel r ON r.id = a.panel_id"
            " JOIN tasks_challenge c ON c.id = r.challenge_id JOIN accounts_user u ON u.id = a.reviewer_id",
        ),
        VerifyView(
            "score",
            "SELECT s.id, a.public_id AS assignment, p.public_id AS proposal, r.state AS review_state,"
            " k.name AS criterion, k.weight, s.points FROM tasks_criterionscore s"
            " JOIN tasks_review r ON r.id = s.review_id JOIN tasks_assignment a ON a.id = r.assignment_id"
            " JOIN tasks_proposal p ON p.id = r.proposal_id JOIN tasks_criterion k ON k.id = s.criterion_id",
        ),
        VerifyView(
            "award",
            "SELECT w.id, c.public_id AS challenge, p.public_id AS proposal, w.place, w.amount, w.proposed_at,"
            " w.final_at, c.state AS challenge_state FROM tasks_challengeaward w"
            " JOIN tasks_challenge c ON c.id = w.challenge_id JOIN tasks_proposal p ON p.id = w.proposal_id",
        ),
    ]
