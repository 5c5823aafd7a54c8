"""Teams: to everybody but their own people they do not exist; and the board of partners, read by all who sign in.

`rivl` sits in the team that `solv` leads, `forn` is invited to it. `forn` has a notice on the board, `solv` replied.
"""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
teams:begin
  POST draft                    in  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST teamed in GO 422 422 422 GO GO GO GO GO 422 422 GO GO GO GO go go apart 422 officer 422
  rest draft                   all 405
teams:team
  read team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  200
  rest team                    all 405
teams:invite
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  422
  rest team                    all 405
teams:shares
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  422
  rest team                    all 405
teams:unit
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422   go
  rest team                    all 405
teams:agree
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422   GO
  rest team                    all 405
teams:leave
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422   GO
  rest team                    all 405
teams:dissolve
  POST team                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  422
  rest team                    all 405
teams:remove
  POST team/seat                in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  422
  rest team/seat               all 405
teams:letters
  read seat                     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  200
  rest seat                    all 405
teams:invitation
  read seat_offered             in  404  404  404  404  404  404  200  404  404  404  404  404  404  404  404  404  404
  rest seat_offered            all 405
teams:accept
  POST seat_offered             in  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404  404
  rest seat_offered            all 405
teams:decline
  POST seat_offered             in  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404  404
  rest seat_offered            all 405
partners:board
  read draft                   else in 404
  read teamed                  else in 200
  read awarded                 else in 200
  POST draft                   else in 404
  POST teamed in GO 422 422 422 GO GO 422 GO GO 422 422 GO GO GO GO GO GO apart 422 officer 422
  rest draft                   all 405
partners:withdraw
  POST call                     in  422  422  422  422  422  422   GO  422  422  422  422  422  422  422  422  422  422
  rest call                    all 405
partners:take_down
  POST call                     in  422   GO   GO  422  422  422  422   GO  422  422  422  422  422  422  422  422  422
  rest call                    all 405
partners:reply
  POST call in GO 422 422 422 GO GO 422 GO GO 422 422 GO GO GO GO 422 GO apart 422 officer 422
  rest call                    all 405
partners:invite
  POST reply                    in  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404   GO  404
  rest reply                   all 405
"""
