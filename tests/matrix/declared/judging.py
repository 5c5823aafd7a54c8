"""The desk: a case exists for its adjudicator and its supervisor alone."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
adjudication:desk
  read -                       else in 200
  rest -                       all 405
adjudication:desk_live
  read -                       else 404 200
  rest -                       all 405
adjudication:case
  read draft                   else in 404
  read open                     in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read sealed                   in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read opened                   in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read reviewing                in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read notice                   in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read elsewhere                in  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404
  rest draft                   all 405
adjudication:case_live
  read open                    404  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read opened                  404  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read elsewhere               404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404
  rest open                    all 405
adjudication:case_proposal
  read open/P01                else in 404
  read sealed/P01              else in 404
  read fresh/P01                in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read reviewing/P01            in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404
  read reviewing/P09           else in 404
  read elsewhere/P01            in  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404
  rest open/P01                all 405
adjudication:openings
  read -                       else in 404 officer 200
  rest -                       all 405
adjudication:opening
  read open         in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read sealed       in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read opened       in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read notice       in  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read elsewhere    in  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404 officer 200
  read draft                   else in 404
  rest sealed                  all 405
adjudication:opening_live
  read sealed      404  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read opened      404  404  404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404 officer 200
  read elsewhere   404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404  404 officer 200
  rest sealed                  all 405
adjudication:confirm
  POST open         in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404 officer 422
  POST sealed       in  404  404  404  404  404  404  404  404  404  422   GO  404  404  404  404  404  404 officer GO
  POST opened       in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404 officer 422
  POST elsewhere    in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404 officer 422
  rest sealed                  all 405
adjudication:admit
  read fresh/P01                in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST sealed/P01               in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST fresh/P01                in  404  404  404  404  404  404  404  404  404   GO  422  404  404  404  404  404  404
  POST reviewing/P01            in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST elsewhere/P01            in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest fresh/P01               all 405
adjudication:reject
  read fresh/P01                in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST sealed/P01               in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST fresh/P01                in  404  404  404  404  404  404  404  404  404   GO  422  404  404  404  404  404  404
  POST reviewing/P01            in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST elsewhere/P01            in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest fresh/P01               all 405
adjudication:draw
  read fresh                    in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST open                     in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST fresh                    in  404  404  404  404  404  404  404  404  404   GO  422  404  404  404  404  404  404
  POST opened                   in  404  404  404  404  404  404  404  404  404  409  422  404  404  404  404  404  404
  POST elsewhere                in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest fresh                   all 405
adjudication:draw_further
  read opened                   in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST open                     in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST opened                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST elsewhere                in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest opened                  all 405
adjudication:release
  read opened/revw_seat_opened  in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST opened/revw_seat_opened  in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST opened/seat_elsewhere   else in 404
  POST elsewhere/seat_elsewhere  in  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404  404
  rest opened/revw_seat_opened all 405
adjudication:review_start
  read opened                   in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST open                     in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST opened                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST reviewing                in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  rest opened                  all 405
adjudication:decide
  read scored                   in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST open                     in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST reviewing                in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST scored                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST notice                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST elsewhere                in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest scored                  all 405
adjudication:fail
  read scored                   in  404  404  404  404  404  404  404  404  404   go   go  404  404  404  404  404  404
  POST open                     in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST sealed                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST scored                   in  404  404  404  404  404  404  404  404  404   GO  422  404  404  404  404  404  404
  POST notice                   in  404  404  404  404  404  404  404  404  404  422  422  404  404  404  404  404  404
  POST elsewhere                in  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404  404  404
  rest scored                  all 405
"""
