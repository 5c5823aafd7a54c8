"""People and organisations: signing in and up, one's profile, verification, notifications, one's own work."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
account_login
  read -                       else 200 go
  PATCH,DELETE -               else 405 go
  rest -                       else 200 go
account_logout
  read -                       else go 200
  POST -                       all go
  OPTIONS -                    all 200
  rest -                       all 405
account_inactive
  read -                       all 200
  OPTIONS -                    all 200
  rest -                       all 405
account_signup
  read -                       else 200 go
  PATCH,DELETE -               else 405 go
  rest -                       else 200 go
account_reauthenticate
  read -                       else in 200
  PATCH,DELETE -               else in 405
  rest -                       else in 200
account_email
  read -                       else in 200
  PATCH,DELETE -               else in 405
  OPTIONS -                    else in 200
  rest -                       else in go
account_email_verification_sent
  read -                       all 200
  OPTIONS -                    all 200
  rest -                       all 405
account_change_password
  read -                       else in 200
  PATCH,DELETE -               else in 405
  rest -                       else in 200
account_set_password
  read -                       else in go
  rest -                       else in go
account_reset_password
  read -                       all 200
  PATCH,DELETE -               all 405
  rest -                       all 200
account_confirm_login_code
  read -                       else in go
  rest -                       else in go
account_confirm_email
  read nonsense                all 200
  POST nonsense                all 404
  OPTIONS nonsense             all 200
  rest nonsense                all 405
account_reset_password_from_key_done
  read -                       all 200
  OPTIONS -                    all 200
  rest -                       all 405
account_reset_password_from_key
  read 1/nonsense              all 200
  rest 1/nonsense              all 200
account_reset_password_done
  read -                       all 200
  OPTIONS -                    all 200
  rest -                       all 405
accounts:profile
  read -                       else in 200
  POST -                       else in GO
  rest -                       all 405
accounts:devices
  read -                       else in 200
  rest -                       all 405
accounts:devices_end_others
  POST -                       else in GO
  rest -                       all 405
accounts:device_end
  POST device                   in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  rest device                  all 405
accounts:organisations
  read -                       else in 200
  rest -                       all 405
accounts:organisation_new
  read -                       else in 200
  POST -                       else in GO
  rest -                       all 405
accounts:organisation
  read sponsor                 all 200
  read pending                 404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404  404
  read refused                 404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
accounts:organisation_verify
  read sponsor                 else in go
  read pending                  in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  read refused                  in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  POST sponsor                  in  422  422  422  422  422  422  422  409  422  422  422  422  422  422  422  422  422
  POST pending                  in  404  404  404  404  404  404  422   GO  404  404  404  404  404  404  404  404  404
  POST refused                  in  404  404  404  404  404  404  422  409  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
accounts:organisation_return
  read sponsor                 else in go
  read pending                  in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  read refused                  in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  POST sponsor                  in  422  422  422  422  422  422  422  409  422  422  422  422  422  422  422  422  422
  POST pending                  in  404  404  404  404  404  404  422   GO  404  404  404  404  404  404  404  404  404
  POST refused                  in  404  404  404  404  404  404  422  409  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
accounts:organisation_resubmit
  read sponsor                 else in 422
  read pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  read refused                  in  404  404  404  404  404  404  200  422  404  404  404  404  404  404  404  404  404
  POST sponsor                 else in 422
  POST pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  POST refused                  in  404  404  404  404  404  404   GO  422  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
notices:list
  read -                       else in 200
  rest -                       all 405
notices:count
  read -                       all 200
  rest -                       all 405
notices:read
  POST -                        in   go   GO   GO   go   go   go   GO   GO   go   GO   GO   GO   GO   GO   GO   GO   GO
  rest -                       all 405
work:mine
  read -                       else in 200
  rest -                       all 405
work:live
  read -                       else 404 200
  rest -                       all 405
"""
