"""What people have to trust: said to everybody, of every published challenge."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
trust:sees
  read draft                   all 404
  read submitted               all 404
  read open                    all 200
  read unanswered              all 200
  read sealed                  all 200
  read awarded                 all 200
  rest open                    all 405
trust:model
  read -                       all 200
  rest -                       all 405
"""
