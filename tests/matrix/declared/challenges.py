"""Challenges until they are open: drafts, approval, lists taken over from a spreadsheet."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
challenges:new
  read -                       else in 200
  read -?batch=batch_hidden     in  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read -?parent=draft          else in 404
  read -?parent=open            in  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST -                        in  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  POST -?batch=batch            in  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  POST -?batch=batch_hidden     in  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST -?parent=draft          else in 404
  rest -                       all 405
challenges:detail
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read draft_left              404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read returned                404  404  200  200  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  read submitted               404  404  200  200  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  read open                    all 200
  read unanswered              all 200
  read sealed                  all 200
  read reviewing               all 200
  read notice                  all 200
  read awarded                 all 200
  read failed                  all 200
  rest draft                   all 405
challenges:state
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read submitted               404  404  200  200  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  read open                    all 200
  read open?part=trail         all 200
  read open?part=actions       all 200
  read open?part=nothing       all 404
  read awarded                 all 200
  rest draft                   all 405
challenges:edit
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read draft_left              404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read returned                404  404  200  200  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  read submitted               404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  read open                    404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST draft                   404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST draft_left              404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST returned                404  404   GO   GO  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST submitted               404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST open                    404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:preview
  read draft                   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read draft_left              404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read returned                404  404  200  200  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  read submitted               404  404   go   go  404  404  404  404   go  404  404  404  404  404  404  404  404  404
  read open                    404  404   go   go  404  404  404  404   go  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:submit
  POST draft                   404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST draft_left              404  404   GO   GO  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST returned                404  404   GO   GO  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST submitted               404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST open                    404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:approvals
  read -                       404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404
  rest -                       all 405
challenges:approvals_live
  read -                       404  404  404  404  404  404  404  404  200  200  404  404  404  404  404  404  404  404
  rest -                       all 405
challenges:approval
  read draft                   all 404
  read returned                404  404  404  404  404  404  404  404   go  404  404  404  404  404  404  404  404  404
  read submitted               404  404  404  404  404  404  404  404  200  404  404  404  404  404  404  404  404  404
  read open                    404  404  404  404  404  404  404  404   go  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:approve
  POST draft                   all 404
  POST returned                404  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST submitted               404  404  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404
  POST open                    404  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:return
  POST draft                   all 404
  POST returned                404  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST submitted               404  404  404  404  404  404  404  404   GO  404  404  404  404  404  404  404  404  404
  POST open                    404  404  404  404  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  rest draft                   all 405
challenges:import
  read -                       else in 200
  POST -                        in  422   GO   GO  422  422  422  422  422  422  422  422  422  422  422  422  422  422
  rest -                       all 405
challenges:import_workbook
  read -                       all 200
  rest -                       all 405
challenges:import_csv
  read -                       all 200
  rest -                       all 405
challenges:import_run
  read list                     in  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read list_held                in  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest list                    all 405
challenges:import_progress
  read list                    404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest list                    all 405
challenges:import_faulty
  read list                    404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  read list_held               all 404
  rest list                    all 405
challenges:import_go_on
  POST list                    404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST list_held               404  404   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest list                    all 405
challenges:import_discard
  POST list                    404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST list_held               404  404   GO  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest list                    all 405
"""
