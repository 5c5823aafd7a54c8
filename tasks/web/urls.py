"""Addresses of challenges, proposals, judging and one's own work (one namespace a room)."""

from django.urls import include, path

from tasks.web.views import (
    amendments,
    approvals,
    batches,
    cancelling,
    challenges,
    diagnosis,
    drafts,
    holding,
    landing,
    posters,
    proposals,
    questions,
    receipts,
    sharing,
    sheets,
    trust,
    work,
)

challenge_urls = [
    path("challenges/new/", challenges.new, name="new"),
    path("challenges/import/", sheets.upload, name="import"),
    path("challenges/import/template.xlsx", sheets.template, {"kind": "xlsx"}, name="import_workbook"),
    path("challenges/import/template.csv", sheets.template, {"kind": "csv"}, name="import_csv"),
    path("challenges/import/<public_id:public_id>/", sheets.run, name="import_run"),
    path("challenges/import/<public_id:public_id>/progress/", sheets.progress, name="import_progress"),
    path("challenges/import/<public_id:public_id>/to-mend.csv", sheets.faulty, name="import_faulty"),
    path("challenges/import/<public_id:public_id>/go-on/", sheets.go_on, name="import_go_on"),
    path("challenges/import/<public_id:public_id>/discard/", sheets.discard, name="import_discard"),
    path("challenges/newest/", landing.newest, name="newest"),
    path("challenges/<public_id:public_id>/", challenges.detail, name="detail"),
    path("challenges/<public_id:public_id>/edit/", challenges.edit, name="edit"),
    path("challenges/<public_id:public_id>/preview/", challenges.preview, name="preview"),
    path("challenges/<public_id:public_id>/submit/", challenges.submit, name="submit"),
    path("challenges/<public_id:public_id>/terms/", challenges.terms, name="terms"),
    path("challenges/<public_id:public_id>/state/", challenges.state, name="state"),
    path("challenges/<public_id:public_id>/amend/", amendments.amend, name="amend"),
    path("challenges/<public_id:public_id>/amend/release/", amendments.release, name="amend_release"),
    path("challenges/<public_id:public_id>/amend/drop/", amendments.drop, name="amend_drop"),
    path("challenges/<public_id:public_id>/follow/", sharing.follow, name="follow"),
    path("challenges/<public_id:public_id>/unfollow/", sharing.unfollow, name="unfollow"),
    path("challenges/<public_id:public_id>/qr.svg", sharing.qr, name="qr"),
    path("challenges/<public_id:public_id>/calendar.ics", sharing.calendar, name="calendar"),
    path("c/<public_id:public_id>/", sharing.short, name="short"),
    path("challenges/<public_id:public_id>/cancellation/", cancelling.cancellation, name="cancellation"),
    path("challenges/<public_id:public_id>/cancellation/decide/", cancelling.decide, name="cancellation_decide"),
    path("challenges/<public_id:public_id>/suspension/", holding.suspension, name="suspension"),
    path("challenges/<public_id:public_id>/copy/", challenges.copy, name="copy"),
    path("challenges/<public_id:public_id>/poster/", posters.poster, name="poster"),
    path("batches/", batches.calendar, name="batches"),
    path("batches/new/", batches.begin, name="batch_new"),
    path("batches/<public_id:public_id>/", batches.batch, name="batch"),
    path("approvals/", approvals.queue, name="approvals"),
    path("approvals/live/", approvals.live, name="approvals_live"),
    path("approvals/<public_id:public_id>/", approvals.approval, name="approval"),
    path("approvals/<public_id:public_id>/approve/", approvals.approve, name="approve"),
    path("approvals/<public_id:public_id>/return/", approvals.send_back, name="return"),
]

proposal_urls = [
    path("challenges/<public_id:public_id>/propose/", proposals.start, name="start"),
    path("proposals/<public_id:public_id>/", proposals.detail, name="detail"),
    path("proposals/<public_id:public_id>/standing/", proposals.standing, name="standing"),
    path("proposals/<public_id:public_id>/edit/", proposals.edit, name="edit"),
    path("proposals/<public_id:public_id>/autosave/", proposals.autosave, name="autosave"),
    path("proposals/<public_id:public_id>/versions/", drafts.history, name="versions"),
    path("proposals/<public_id:public_id>/versions/<int:number>/", drafts.compare, name="compare"),
    path("proposals/<public_id:public_id>/versions/<int:number>/take-back/", drafts.take_back, name="take_back"),
    path("proposals/<public_id:public_id>/discard/", drafts.discard, name="discard"),
    path("proposals/<public_id:public_id>/submit/", proposals.submit, name="submit"),
    path("proposals/<public_id:public_id>/waiting/", proposals.waiting, name="waiting"),
    path("proposals/<public_id:public_id>/withdraw/", proposals.withdraw, name="withdraw"),
    path("proposals/<public_id:public_id>/replace/", proposals.replace, name="replace"),
    path("proposals/<public_id:public_id>/reread/", proposals.reread, name="reread"),
    path("proposals/<public_id:public_id>/receipts/<int:number>/", receipts.receipt, name="receipt"),
    path("proposals/<public_id:public_id>/receipts/<int:number>/json/", receipts.as_json, name="receipt_json"),
    path("proposals/<public_id:public_id>/receipts/<int:number>/pdf/", receipts.as_pdf, name="receipt_pdf"),
    path("proposals/<public_id:public_id>/receipts/<int:number>/time-stamp/", receipts.as_tsr, name="receipt_tsr"),
    path("proposals/<public_id:public_id>/receipts/<int:number>/qr.svg", receipts.qr, name="receipt_qr"),
    path("receipts/check/", receipts.check, name="check"),
    path("receipts/keys/", receipts.public_keys, name="keys"),
]

question_urls = [
    path("challenges/<public_id:public_id>/questions/ask/", questions.ask, name="ask"),
    path("questions/<public_id:public_id>/", questions.question, name="question"),
    path("questions/<public_id:public_id>/answer/", questions.answer, name="answer"),
    path("questions/<public_id:public_id>/refuse/", questions.refuse, name="refuse"),
]

diagnosis_urls = [
    path("challenges/<public_id:public_id>/diagnosis/", diagnosis.ask, name="ask"),
    path("diagnoses/<public_id:public_id>/", diagnosis.comment, name="comment"),
]

trust_urls = [
    path("challenges/<public_id:public_id>/what-the-platform-sees/", trust.sees, name="sees"),
    path("security-model/", trust.model, name="model"),
]

work_urls = [
    path("my-work/", work.mine, name="mine"),
    path("my-work/live/", work.live, name="live"),
]

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("", include((challenge_urls, "challenges"))),
    path("", include((proposal_urls, "proposals"))),
    path("", include((question_urls, "questions"))),
    path("", include((diagnosis_urls, "diagnosis"))),
    path("", include((trust_urls, "trust"))),
    path("", include((work_urls, "work"))),
    path("", include("tasks.web.urls_adjudication")),
    path("", include("tasks.web.urls_teams")),
]
