"""Addresses of teams and of the boards on which partners are looked for."""

from django.urls import include, path

from tasks.web.views import partners, teams

team_urls = [
    path("challenges/<public_id:public_id>/team/", teams.begin, name="begin"),
    path("teams/<public_id:public_id>/", teams.team, name="team"),
    path("teams/<public_id:public_id>/invite/", teams.invite, name="invite"),
    path("teams/<public_id:public_id>/shares/", teams.share, name="shares"),
    path("teams/<public_id:public_id>/unit/", teams.unit, name="unit"),
    path("teams/<public_id:public_id>/agree/", teams.agree, name="agree"),
    path("teams/<public_id:public_id>/leave/", teams.leave, name="leave"),
    path("teams/<public_id:public_id>/dissolve/", teams.dissolve, name="dissolve"),
    path("teams/<public_id:public_id>/members/<public_id:seat>/remove/", teams.remove, name="remove"),
    path("team-letters/<public_id:public_id>/", teams.letters, name="letters"),
    path("team-invitations/<public_id:public_id>/", teams.invitation, name="invitation"),
    path("team-invitations/<public_id:public_id>/accept/", teams.accept, name="accept"),
    path("team-invitations/<public_id:public_id>/decline/", teams.decline, name="decline"),
]

partner_urls = [
    path("challenges/<public_id:public_id>/partners/", partners.board, name="board"),
    path("partners/<public_id:public_id>/withdraw/", partners.withdraw, name="withdraw"),
    path("partners/<public_id:public_id>/take-down/", partners.take_down, name="take_down"),
    path("partners/<public_id:public_id>/reply/", partners.reply, name="reply"),
    path("partners/replies/<public_id:public_id>/invite/", partners.invite, name="invite"),
]

urlpatterns = [
    path("", include((team_urls, "teams"))),
    path("", include((partner_urls, "partners"))),
]
