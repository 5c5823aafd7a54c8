"""A lost second factor: its person's pages, the owner's word, and the two administrators'."""

TABLE = """
#          anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl apart
lost:ask
  read -       else in 200
  POST -       else in 422
  rest -       all 405
lost:disown
  POST lost_own in 404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  GO
  rest lost_own all 405
lost:withdraw
  POST lost_own in 404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  GO
  rest lost_own all 405
lost:not_me
  read lost_token all 200
  POST lost_token all GO
  rest lost_token all 405
administration:resets
  read -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 200 200 404
  rest -       all 405
administration:reset
  read lost    in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 200 200 404
  rest lost    all 405
administration:reset_vouch
  POST lost    in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422 GO 404
  rest lost    all 405
administration:reset_confirm
  POST lost    in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422 422 404
  rest lost    all 405
administration:reset_refuse
  POST lost    in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422 GO 404
  rest lost    all 405
"""
