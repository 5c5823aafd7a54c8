"""What a posting offers beside its own pages: terms, copies, posters, batches, and what reads like it."""

TABLE = """
#          anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl apart
challenges:terms
  POST draft  in   404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST open   in   GO   422  422  GO   GO   GO   GO   422  GO   GO   GO   GO   GO   GO   GO   GO   GO   apart 422
  rest draft                   all 405
challenges:copy
  POST draft  in   404  GO   GO   404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST open   in   422  GO   GO   422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest draft                   all 405
challenges:poster
  read draft                   all 404
  read open                    all 200
  rest draft                   all 405
challenges:batches
  read -                       all 200
  rest -                       all 405
challenges:batch_new
  read -                       else in 200
  POST -      in   422  GO   GO   422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest -                       all 405
diagnosis:ask
  read draft  in   404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST draft  in   404  GO   GO   404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open   else in 404
  rest draft                   all 405
diagnosis:comment
  read diagnosis in   404  404  404  404  404  404  404  404  404  404  404  404  200  404  404  404  404
  POST diagnosis in   404  404  404  404  404  404  404  404  404  404  404  404  GO   404  404  404  404
  rest diagnosis               all 405
search:alike
  read draft  404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read open   404  404  200  200  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
"""
