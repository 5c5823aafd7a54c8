"""Profiles of experts and solvers: the directory and pages that everybody reads, and one's own.

`page` is published by somebody who is none of the roles; `hidden_page` and `reference` are the rival's, unpublished.
"""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
profiles:directory
  read -                       all 200
  rest -                       all 405
profiles:person
  read page                    all 200
  read hidden_page             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  rest page                    all 405
profiles:mine
  read -                       else in 200
  POST -                        in   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO   GO  409
  rest -                       all 405
profiles:publish
  POST -                        in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  rest -                       all 405
profiles:withdraw
  POST -                        in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  409
  rest -                       all 405
profiles:references
  read -                       else in 200
  POST -                       else in GO
  rest -                       all 405
profiles:reference_remove
  POST reference                in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  rest reference               all 405
profiles:import
  read -                       else in 200
  POST -                       else in 200
  rest -                       all 405
profiles:template
  read -                       else in 200
  rest -                       all 405
profiles:fetch
  POST -                       else in 422
  rest -                       all 405
profiles:take
  POST -                       else in GO
  rest -                       all 405
"""
