"""What each role may listen to: as its pages, from the first state to the last."""

TABLE = """
#                             anon strn auth offc memb frmr left forn regn regx judg supv judx revw invt revx solv rivl
challenges
  JOIN -                       all yes
notices
  JOIN -                       all yes
challenge
  JOIN draft                    no   no  yes  yes   no   no   no   no   no   no   no   no   no   no   no   no   no   no
  JOIN draft_left               no   no  yes  yes   no   no   no   no   no   no   no   no   no   no   no   no   no   no
  JOIN submitted                no   no  yes  yes   no   no   no   no  yes   no   no   no   no   no   no   no   no   no
  JOIN returned                 no   no  yes  yes   no   no   no   no  yes   no   no   no   no   no   no   no   no   no
  JOIN open                    all yes
  JOIN sealed                  all yes
  JOIN reviewing               all yes
  JOIN awarded                 all yes
  JOIN 0000000000000000        all no
case
  JOIN draft                   all no
  JOIN open                     no   no   no   no   no   no   no   no   no   no  yes  yes   no   no   no   no   no   no
  JOIN opened                   no   no   no   no   no   no   no   no   no   no  yes  yes   no   no   no   no   no   no
  JOIN awarded                  no   no   no   no   no   no   no   no   no   no  yes  yes   no   no   no   no   no   no
  JOIN elsewhere                no   no   no   no   no   no   no   no   no   no   no   no  yes   no   no   no   no   no
person
  JOIN offc                     no   no   no  yes   no   no   no   no   no   no   no   no   no   no   no   no   no   no
  JOIN solv                     no   no   no   no   no   no   no   no   no   no   no   no   no   no   no   no  yes   no
"""
