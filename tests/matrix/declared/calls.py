"""The life of an open challenge: amendments, questions, following, cancellation, suspension."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
challenges:amend
  read draft                   404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open                    404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read unanswered              404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read sealed                  404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST draft                   404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST open                    404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST unanswered              404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST sealed                  404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:amend_release
  POST open                    all 404
  POST unanswered              404  404  422   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest open                    all 405
challenges:amend_drop
  POST open                    all 404
  POST unanswered              404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest open                    all 405
challenges:follow
  POST draft                   404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST sealed 404 GO GO GO GO GO GO GO GO GO GO GO GO GO GO GO go GO apart 422
  rest draft                   all 405
challenges:unfollow
  POST draft                   404  404   go   go  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST sealed                  404   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   GO   go
  rest draft                   all 405
challenges:short
  read draft                   404  404   go   go  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open                    all go
  rest draft                   all 405
challenges:qr
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open                    all 200
  rest draft                   all 405
challenges:calendar
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open                    all 200
  read awarded                 all 200
  rest draft                   all 405
challenges:cancellation
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open                    404  404  200  200  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read unanswered              404  404  200  200  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read cancelled               404  404  200  200  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  POST open                    404  404   GO   GO  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST unanswered              404  404  422  422  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST sealed                  404  404  422  422  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  rest draft                   all 405
challenges:cancellation_decide
  POST open                    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST unanswered              404  404  422  422  404  404  404  404  404  404   GO  422  404  404  404  404  404  404
  rest draft                   all 405
challenges:suspension
  read draft                   all 404
  read open                    404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404  404
  read sealed                  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404  404
  read held                    404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404  404
  POST open                    404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404  404  404
  POST sealed                  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404  404
  POST held                    404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404  404  404
  rest draft                   all 405
questions:ask
  read draft                    in  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open in 200 422 422 422 200 200 200 200 200 422 422 200 200 200 200 200 200 apart 422
  read cancelled                in  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  read sealed                   in  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  POST draft                    in  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST open in GO 422 422 422 GO GO GO GO GO 422 422 GO GO GO GO GO GO apart 422
  POST sealed                   in  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest draft                   all 405
questions:question
  read question                404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read question_answered       404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest question                all 405
questions:answer
  POST question                404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST question_answered       404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest question                all 405
questions:refuse
  POST question                404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST question_answered       404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest question                all 405
"""
