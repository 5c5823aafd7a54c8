"""What a posting offers beside its own pages: the non-disclosure terms."""

TABLE = """
#          anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl apart
challenges:terms
  POST draft  in   404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST open   in   GO   422  422  GO   GO   GO   GO   422  GO   GO   GO   GO   GO   GO   GO   GO   GO   apart 422
  rest draft                   all 405
"""
