"""How an organisation is made up: for its own people; officers arrange, the owner binds."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
structure:structure
  read sponsor  in  404  200  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor  all 405
structure:department_open
  POST sponsor  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor  all 405
structure:department_rename
  POST sponsor/department  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/department  all 405
structure:department_close
  POST sponsor/department  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/department  all 405
structure:member_place
  POST sponsor/officer  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/officer  all 405
structure:parent
  POST sponsor  in  404  422  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor  all 405
structure:affiliation_confirm
  POST sponsor/affiliation  in  404   GO  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/affiliation  all 405
structure:affiliation_decline
  POST sponsor/affiliation  in  404   GO  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/affiliation  all 405
structure:affiliation_end
  POST sponsor/affiliation  in  404   GO  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/affiliation  all 405
structure:domain_claim
  POST sponsor  in  404   GO  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor  all 405
structure:domain_prove
  POST sponsor/domain  in  404   GO  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/domain  all 405
structure:domain_give_up
  POST sponsor/domain  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest sponsor/domain  all 405
structure:join
  POST sponsor  else in 422
  POST pending  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  rest sponsor  all 405
"""
