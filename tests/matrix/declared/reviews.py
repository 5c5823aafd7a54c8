"""Reviewers' seats: each exists for its reviewer alone."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
adjudication:reviews
  read -                       else in 200
  rest -                       all 405
adjudication:reviews_live
  read -                       else 404 200
  rest -                       all 405
adjudication:assignment
  read revw_seat_reviewing      in  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  read revw_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  read invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404
  read seat_elsewhere           in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404
  rest revw_seat_reviewing     all 405
adjudication:assignment_live
  read revw_seat_reviewing     404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  read revw_seat_opened        404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  read invt_seat_opened        404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404
  rest revw_seat_reviewing     all 405
adjudication:accept
  read invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404  404  404
  POST revw_seat_reviewing      in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST revw_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404
  POST seat_elsewhere           in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404
  rest invt_seat_opened        all 405
adjudication:decline
  read invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404  404  404
  POST revw_seat_reviewing      in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST revw_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404
  POST seat_elsewhere           in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404
  rest invt_seat_opened        all 405
adjudication:recuse
  read invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404
  read revw_seat_reviewing      in  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  POST revw_seat_reviewing      in  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404
  POST revw_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404
  POST invt_seat_opened         in  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404  404  404
  POST seat_elsewhere           in  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404
  rest invt_seat_opened        all 405
adjudication:score
  read revw_seat_reviewing/P01  in  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  read revw_seat_reviewing/P09 else in 404
  read revw_seat_opened/P01    else in 404
  read invt_seat_opened/P01    else in 404
  read seat_elsewhere/P01       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404  404
  POST revw_seat_reviewing/P01  in  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404  404  404
  POST revw_seat_opened/P01     in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST revw_seat_scored/P01     in  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404  404
  POST invt_seat_opened/P01     in  404  404  404  404  404  404  404  404  404  404  404  404  404  409  404  404  404
  POST seat_elsewhere/P01       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404  404
  rest revw_seat_reviewing/P01 all 405
"""
