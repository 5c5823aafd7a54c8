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
mfa_index
  read -                       else in 200
  OPTIONS -                    else in 200
  rest -                       else in 405
mfa_authenticate
  read -                       else in go
  rest -                       else in go
mfa_reauthenticate
  read -                       else in go
  rest -                       else in go
mfa_reauthenticate_webauthn
  read -                       else in go
  rest -                       else in go
mfa_activate_totp
  read -                       else in go
  rest -                       else in go
mfa_deactivate_totp
  read -                       else in 404
  rest -                       else in 404
mfa_view_recovery_codes
  read -                       else in 404
  OPTIONS -                    else in 200
  rest -                       else in 405
mfa_generate_recovery_codes
  read -                       else in go
  rest -                       else in go
mfa_download_recovery_codes
  read -                       else in 404
  rest -                       else in 404
mfa_list_webauthn
  read -                       else in 200
  OPTIONS -                    else in 200
  rest -                       else in 405
mfa_add_webauthn
  read -                       else in go
  rest -                       else in go
mfa_edit_webauthn
  read 1                       else in go
  rest 1                       else in go
mfa_remove_webauthn
  read 1                       else in go
  rest 1                       else in go
mfa_login_webauthn
  read -                       else in go
  PATCH,DELETE -               else 405 go
  OPTIONS -                    else 200 go
  rest -                       else in go
socialaccount_connections
  read -                       else in 200
  POST -                       else in 422
  rest -                       all 405
socialaccount_signup
  read -                       all in
  rest -                       all in
socialaccount_login_cancelled
  read -                       all 200
  OPTIONS -                    all 200
  rest -                       all 405
openid_connect_login
  GET nonsense                 all 404
  POST nonsense                all 404
  rest nonsense                all 405
openid_connect_callback
  GET nonsense                 all 404
  rest nonsense                all 405
orcid_login
  GET -                        all 404
  POST -                       all 404
  rest -                       all 405
orcid_callback
  GET -                        all 404
  rest -                       all 405
accounts:profile
  read -                       else in 200
  POST -                       else in GO
  rest -                       all 405
accounts:phone
  read -                       else in 200
  POST -                       else in go
  rest -                       all 405
accounts:phone_code
  read -                       else in go
  POST -                       else in go
  rest -                       all 405
accounts:phone_remove
  POST -                       else in go
  rest -                       all 405
accounts:devices
  read -                       else in 200
  rest -                       all 405
accounts:devices_end_others
  POST -                       else in GO
  rest -                       all 405
accounts:device_end
  POST device                   in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go
  rest device                  all 405
privacy:table
  read -                       all 200
  rest -                       all 405
privacy:mine
  read -                       else in 200
  rest -                       all 405
privacy:download
  read -                       else in go
  rest -                       all 405
privacy:erase
  read -                       else in go
  POST -                       else in go
  rest -                       all 405
identity:mine
  read -                       else in 200
  POST -                       else in 422
  rest -                       all 405
identity:state
  read -                       else 404 200
  rest -                       all 405
identity:waiting
  read -                        in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404
  rest -                       all 405
identity:compare
  read real_name                in  404  404  404  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  POST real_name                in  404  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404
  rest real_name               all 405
identity:return
  POST real_name                in  404  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404
  rest real_name               all 405
accounts:terms
  read privacy                 all 200
  read nonsense                all 404
  rest privacy                 all 405
accounts:terms_version
  read rules/2026-11-22        all 200
  read rules/2020-01-01        all 404
  rest rules/2026-11-22        all 405
accounts:organisations
  read -                       else in 200
  rest -                       all 405
accounts:organisation_new
  read -                       else in 200
  POST -                       else in GO apart 422
  rest -                       all 405
accounts:organisation
  read sponsor                 all 200
  read pending                 404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404  404
  read refused                 404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
accounts:invite
  POST sponsor                  in  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  POST pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  rest sponsor                 all 405
accounts:leave
  POST sponsor                  in  422  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest sponsor                 all 405
accounts:invitation_withdraw
  POST sponsor/invitation       in  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest sponsor/invitation      all 405
accounts:member_place
  POST sponsor/officer         else in go
  rest sponsor/officer         all 405
accounts:member_remove
  POST sponsor/officer          in  422   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest sponsor/officer         all 405
accounts:member_hand_over
  POST sponsor/officer         else in go
  rest sponsor/officer         all 405
accounts:invitation
  read invitation               in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  rest invitation              all 405
accounts:invitation_accept
  POST invitation               in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  rest invitation              all 405
accounts:invitation_decline
  POST invitation               in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  rest invitation              all 405
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
accounts:release_rule
  POST sponsor                 else in go
  rest sponsor                 all 405
accounts:directory
  read -                       all 200
  read -?q=%27;--              all 200
  rest -                       all 405
accounts:organisation_renew
  read sponsor                 else in go
  POST sponsor                 else in 422
  POST pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  POST expired                  in  422  422  422  422  422  422  422   GO  422  422  422  422  422  422  422  422  422
  POST suspended               else in 422
  rest sponsor                 all 405
accounts:organisation_suspend
  read sponsor                 else in go
  POST sponsor                  in  422  422  422  422  422  422  422  422  422  422   GO  422  422  422  422  422  422
  POST pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  POST expired                 else in 422
  POST suspended               else in 422
  rest sponsor                 all 405
accounts:organisation_restore
  read sponsor                 else in go
  POST sponsor                 else in 422
  POST pending                  in  404  404  404  404  404  404  422  422  404  404  404  404  404  404  404  404  404
  POST expired                 else in 422
  POST suspended                in  422  422  422  422  422  422  422  422  422  422   GO  422  422  422  422  422  422
  rest sponsor                 all 405
vault:at
  read organisation/sponsor     in  404  200  200  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  read organisation/pending     in  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404  404
  POST organisation/sponsor     in  404   GO   GO  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST organisation/pending     in  404  404  404  404  404  404   GO  422  404  404  404  404  404  404  404  404  404
  read real-name/real_name      in  404  404  404  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  POST real-name/real_name      in  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  rest organisation/sponsor    all 405
vault:open
  read paper                    in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  rest paper                   all 405
vault:content
  read paper/nonsense           in  404  404  404  404  404  404   go   go  404  404  404  404  404  404  404  404  404
  rest paper/nonsense          all 405
vault:remove
  POST paper                    in  404  404  404  404  404  404   GO  422  404  404  404  404  404  404  404  404  404
  rest paper                   all 405
notices:list
  read -                       else in 200
  rest -                       all 405
notices:count
  read -                       all 200
  rest -                       all 405
notices:read
  POST - in  go GO GO go go go GO GO GO GO GO GO GO GO GO GO GO apart GO officer GO
  rest -                       all 405
work:mine
  read -                       else in 200
  rest -                       all 405
work:live
  read -                       else 404 200
  rest -                       all 405
"""
