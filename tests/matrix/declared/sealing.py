"""Opening officers' keys: for officers alone, each their own."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
sealing:mine
  read -                       else in 404 officer 200
  rest -                       all 405
sealing:enrol
  POST -                       else in go
  rest -                       all 405
sealing:prove
  POST -                       else in 404 officer GO
  rest -                       all 405
"""
