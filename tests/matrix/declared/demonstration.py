"""The demonstration's own pages, there only with DEMO=1 and then for everybody."""

TABLE = """
demo:become
  POST -                       all go
  rest -                       all 405
demo:clock
  POST -                       all 404
  rest -                       all 405
demo:loading
  read -                       all 200
  rest -                       all 405
demo:mails
  read -                       all 200
  rest -                       all 405
demo:mail
  read 999                     all 404
  rest 999                     all 405
"""
