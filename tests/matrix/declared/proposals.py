"""Proposals: to everybody but their author they do not exist."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
proposals:start
  POST draft                   404  404  422  422  404  404  404  404  404  404  404  404  404  404  404  404  404  404
  POST submitted               404  404  422  422  404  404  404  404  422  404  404  404  404  404  404  404  404  404
  POST open       in  GO 422 422 422  GO  GO  GO  GO  GO 422 422  GO  GO  GO  GO  go  go apart 422 officer 422
  POST unanswered in  GO 422 422 422  GO  GO  GO  GO  GO 422 422  GO  GO  GO  GO  GO  GO apart 422 officer 422
  POST sealed                  else in 422
  POST awarded                 else in 422
  rest draft                   all 405
proposals:detail
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_awarded            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read won_awarded             all 404
  rest solv_draft              all 405
proposals:standing
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  rest solv_draft              all 405
proposals:edit
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  read solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  read solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  rest solv_draft              all 405
proposals:autosave
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   OK  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  rest solv_draft              all 405
proposals:submit
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go
  read solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404
  read solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  rest solv_draft              all 405
proposals:withdraw
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_awarded            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST won_awarded             all 404
  rest solv_draft              all 405
proposals:replace
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST won_awarded             all 404
  rest solv_draft              all 405
proposals:reread
  read solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go  404
  read rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   go
  POST solv_draft              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST rivl_open               404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   OK
  POST solv_sealed             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   OK  404
  POST solv_opened             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST won_awarded             all 404
  rest solv_draft              all 405
proposals:versions
  read solv_draft             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  read solv_sealed            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  read solv_opened            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  rest solv_draft              all 405
proposals:compare
  read solv_draft/1           404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read rivl_open/1            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  read solv_sealed/1          404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  read solv_opened/1          404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  read solv_draft/9            all 404
  rest solv_draft/1            all 405
proposals:take_back
  POST solv_draft/1           404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404
  POST rivl_open/1            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  POST solv_sealed/1          404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened/1          404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_draft/9            all 404
  rest solv_draft/1            all 405
proposals:discard
  POST solv_draft             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404   GO  404
  POST rivl_open              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422
  POST solv_sealed            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST solv_opened            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  422  404
  POST won_awarded             all 404
  rest solv_draft              all 405
proposals:waiting
  read solv_draft             404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  204  404
  read rivl_open              404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  204
  read solv_sealed            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  204  404
  read solv_opened            404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  204  404
  read won_awarded             all 404
  rest solv_draft              all 405
proposals:receipt
  read rivl_open/1              in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_draft/1            else in 404
  read rivl_open/2             else in 404
  rest rivl_open/1             all 405
proposals:receipt_json
  read rivl_open/1              in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_draft/1            else in 404
  read rivl_open/2             else in 404
  rest rivl_open/1             all 405
proposals:receipt_pdf
  read rivl_open/1              in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_draft/1            else in 404
  read rivl_open/2             else in 404
  rest rivl_open/1             all 405
proposals:receipt_qr
  read rivl_open/1              in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200
  read solv_sealed/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_opened/1            in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  200  404
  read solv_draft/1            else in 404
  read rivl_open/2             else in 404
  rest rivl_open/1             all 405
proposals:receipt_tsr
  read rivl_open/1              else in 404
  rest rivl_open/1             all 405
proposals:check
  read -                       all 200
  POST -                       all 200
  rest -                       all 405
proposals:keys
  read -                       all 200
  rest -                       all 405
"""
