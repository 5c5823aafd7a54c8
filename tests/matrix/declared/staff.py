"""The back office of the separated administrators: they see each other's offices, and only one of them the trail."""

TABLE = """
#          anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl apart
administration:overview
  read -       in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404 apart 200
  rest -  all 405
administration:queue
  read -       in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404 apart 200
  rest -  all 405
administration:grants
  read -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 200
  rest -  all 405
administration:propose
  read -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 404 200 404
  POST -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 404 GO 404
  rest -  all 405
administration:request
  read request in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 200
  rest request  all 405
administration:confirm
  POST request in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422 GO 422
  rest request  all 405
administration:refuse
  POST request in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422 GO 422
  rest request  all 405
administration:withdraw
  POST request in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 422
  rest request  all 405
administration:trail
  read -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 404 404 200
  rest -  all 405
administration:export
  POST -       in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404 apart 404 404 OK
  rest -  all 405
"""
