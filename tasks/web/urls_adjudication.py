"""Addresses of judging: the desk, a case, reviewers' seats, public notices."""

from django.urls import URLPattern, path

from tasks.web.views.adjudication import case, desk, notices, openings, reviews

app_name = "adjudication"
urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/live/", desk.live, name="desk_live"),
    path("desk/<public_id:public_id>/", case.case, name="case"),
    path("desk/<public_id:public_id>/live/", case.live, name="case_live"),
    path("openings/", openings.openings, name="openings"),
    path("openings/<public_id:public_id>/", openings.opening, name="opening"),
    path("openings/<public_id:public_id>/live/", openings.live, name="opening_live"),
    path("openings/<public_id:public_id>/confirm/", openings.confirm, name="confirm"),
    path("desk/<public_id:public_id>/proposals/<slug:code>/", case.proposal, name="case_proposal"),
    path("desk/<public_id:public_id>/admit/<slug:code>/", case.admit, name="admit"),
    path("desk/<public_id:public_id>/reject/<slug:code>/", case.reject, name="reject"),
    path("desk/<public_id:public_id>/draw/", case.draw, name="draw"),
    path("desk/<public_id:public_id>/draw-further/", case.draw_further, name="draw_further"),
    path("desk/<public_id:public_id>/seats/<public_id:seat>/release/", case.release, name="release"),
    path("desk/<public_id:public_id>/review/", case.review_start, name="review_start"),
    path("desk/<public_id:public_id>/decide/", case.decide, name="decide"),
    path("desk/<public_id:public_id>/fail/", case.fail, name="fail"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/live/", reviews.live, name="reviews_live"),
    path("reviews/<public_id:public_id>/", reviews.assignment, name="assignment"),
    path("reviews/<public_id:public_id>/live/", reviews.assignment_live, name="assignment_live"),
    path("reviews/<public_id:public_id>/accept/", reviews.accept, name="accept"),
    path("reviews/<public_id:public_id>/decline/", reviews.decline, name="decline"),
    path("reviews/<public_id:public_id>/recuse/", reviews.recuse, name="recuse"),
    path("reviews/<public_id:public_id>/<slug:code>/", reviews.score, name="score"),
    path("award-notices/", notices.notices, name="notices"),
    path("award-notices/live/", notices.live, name="notices_live"),
    path("award-notices/<public_id:public_id>/", notices.notice, name="notice"),
    path("award-notices/<public_id:public_id>/live/", notices.notice_live, name="notice_live"),
]
