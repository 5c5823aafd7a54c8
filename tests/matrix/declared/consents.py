"""Consents of employers: whoever asked, the employer's officers, and the office that reads a letter."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
consents:mine
  read -                       else in 200
  POST -                       else in 422
  rest -                       all 405
consents:consent
  read consent                  in  404  200  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404
  read consent_letter           in  404  404  404  404  404  404  404  200  404  404  404  404  404  404  404  200  404
  rest consent                 all 405
consents:give
  POST consent                  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST consent_letter           in  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  422  404
  rest consent                 all 405
consents:refuse
  POST consent                  in  404   GO   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST consent_letter           in  404  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  422  404
  rest consent                 all 405
consents:revoke
  POST consent                  in  404  422  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST consent_letter           in  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  422  404
  rest consent                 all 405
consents:withdraw
  POST consent                  in  404  422  422   GO  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST consent_letter           in  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404   GO  404
  rest consent                 all 405
"""
