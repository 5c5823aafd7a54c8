"""What everybody may read: the front page, lists, figures, the archive, notices; and the health of the process."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
/healthz
  read -                       all 200
  rest -                       all 405
/readyz
  read -                       all 200
  rest -                       all 405
clock
  read -                       all 200
  rest -                       all 405
landing
  read -                       all 200
  rest -                       all 405
status
  read -                       all 404 apart 200 404 404
  rest -                       all 405
about:about
  read -                       all 200
  rest -                       all 405
about:provisions
  read -                       all 200
  rest -                       all 405
figures:overview
  read -                       all 200
  rest -                       all 405
figures:region
  read 420000                  all 200
  read nowhere                 all 404
  rest 420000                  all 405
figures:list
  read open                    all 404
  read nothing                 all 404
  rest open                    all 405
figures:csv
  read -                       all 200
  rest -                       all 405
figures:xlsx
  read -                       all 200
  rest -                       all 405
search:challenges
  read -                       all 200
  read -?q=矩阵                  all 200
  read -?page=9                all 200
  rest -                       all 405
search:challenge_counts
  read -                       all 200
  rest -                       all 405
search:experts
  read -                       all 200
  rest -                       all 405
search:expert_counts
  read -                       all 200
  rest -                       all 405
search:expert
  read expert                  all 200
  rest expert                  all 405
archive:list
  read -                       all 200
  rest -                       all 405
archive:detail
  read archived                all 200
  rest archived                all 405
challenges:newest
  read -                       all 200
  rest -                       all 405
challenges:batch
  read batch                   all 200
  read batch_hidden            404  404  200  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  rest batch                   all 405
adjudication:notices
  read -                       all 200
  rest -                       all 405
adjudication:notices_live
  read -                       all 200
  rest -                       all 405
adjudication:notice
  read notice_board            all 200
  read awarded_board           all 200
  rest notice_board            all 405
adjudication:notice_live
  read notice_board            all 200
  rest notice_board            all 405
"""
