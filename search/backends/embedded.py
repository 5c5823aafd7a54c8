"""SQLite's FTS5 in a file of its own: no service, any number of threads and processes, found again after a restart.

Per kind one generation of tables in use, and one more while a rebuild runs. A connection lives for one operation:
that costs a fraction of a millisecond and is safe across threads and forks.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.backends import fts_query
from search.backends.base import Counts, EngineUnavailable, Hits, Indexed, IndexMissing, Put, SearchIndex
from search.projection import Document, Kind
from search.queries import Request, counting

BUSY = 10
"""Seconds to wait for another process that writes."""
SETUP = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "CREATE TABLE IF NOT EXISTS generation (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, live INTEGER)",
)
COLUMNS = (
    "public_id", "version", "digest", "gone", "fields", "regions", "mode", "state", "sponsor", "bounty", "deadline",
    "opened_at", "language", "is_sample",
)  # fmt: skip
TEXTS = ("title", "keywords", "body", "pinyin")
LISTS = ("fields", "regions")
TOKENS = "unicode61 remove_diacritics 0 tokenchars '-./+#&'"
"""Terms stay as analysis made them: the marks inside part numbers are letters here."""
TABLES = (
    """CREATE TABLE doc_{n} (
        id INTEGER PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, digest TEXT,
        gone INTEGER NOT NULL, fields TEXT, regions TEXT, mode TEXT, state TEXT, sponsor TEXT, bounty INTEGER,
        deadline TEXT, opened_at TEXT, language TEXT, is_sample INTEGER
    )""",
    "CREATE INDEX doc_{n}_newest ON doc_{n} (state, gone, opened_at DESC, public_id)",
    f'CREATE VIRTUAL TABLE text_{{n}} USING fts5({", ".join(TEXTS)}, tokenize = "{TOKENS}")',
    "CREATE VIRTUAL TABLE words_{n} USING fts5vocab(text_{n}, 'row')",
)
MOST_NEAR = 8
LONG = 8
"""From this length on two slips are forgiven, as the other engine does."""


class EmbeddedIndex(SearchIndex):
    """In the file SEARCH_DATABASE."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.SEARCH_DATABASE)

    def put(self, documents: Iterable[Document], *, at_once: bool = False) -> None:
        with self._transaction() as db:
            for document in documents:
                for number in _writing(db, Kind(document["kind"])):
                    _write(db, number, document)

    def search(self, request: Request) -> Hits:
        with self._connection() as db:
            db.execute("BEGIN")  # one snapshot: a rebuild may switch between two statements
            table = str(_reading(db, request.kind))
            near = _NearWords(db, table)
            rows = db.execute(*fts_query.page(request, table, near)).fetchall()
            if not rows and request.offset:
                beyond = db.execute(*fts_query.count(request, table, near)).fetchone()
                return Hits([], beyond[1] if beyond else 0)
        return Hits([row[0] for row in rows], rows[0][1] if rows else 0)

    def counts(self, request: Request, fields: Iterable[str]) -> Counts:
        with self._connection() as db:
            db.execute("BEGIN")
            table = str(_reading(db, request.kind))
            near = _NearWords(db, table)
            return {
                field: _values(db, fts_query.counts(counting(request, field), field, table, near)) for field in fields
            }

    @contextmanager
    def beside(self, kind: Kind) -> Iterator[Put]:
        number = self._begin(kind)
        try:
            yield lambda documents: self._fill(number, documents)
            self._switch(kind, number)
        except BaseException:  # also an interrupted command leaves nothing behind
            with self._transaction() as db:
                _drop(db, [number])
            raise

    def held(self, kind: Kind) -> Iterator[tuple[str, Indexed]]:
        with self._connection() as db:
            table = _reading(db, kind)
            rows = db.execute(f"SELECT public_id, version, digest FROM doc_{table} WHERE NOT gone").fetchall()  # noqa: S608  # a number
        yield from ((public_id, Indexed(version, digest)) for public_id, version, digest in rows)

    def missing(self) -> list[Kind]:
        with self._connection() as db:
            live = {kind for (kind,) in db.execute("SELECT kind FROM generation WHERE live")}
        return [kind for kind in Kind if kind not in live]

    def drop(self) -> None:
        with self._transaction() as db:
            _drop(db, [number for (number,) in db.execute("SELECT number FROM generation").fetchall()])

    def wipe(self) -> None:
        with self._connection() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def describe(self) -> str:
        with self._connection():
            return f"SQLite FTS5 {sqlite3.sqlite_version}"

    def _begin(self, kind: Kind) -> int:
        """Drop what an interrupted rebuild left and make new tables that writes reach from now on."""
        with self._transaction() as db:
            left = db.execute("SELECT number FROM generation WHERE kind = ? AND NOT live", [kind]).fetchall()
            _drop(db, [number for (number,) in left])
            made = db.execute("INSERT INTO generation (kind, live) VALUES (?, 0) RETURNING number", [kind])
            number = int(made.fetchall()[0][0])
            for table in TABLES:
                db.execute(table.format(n=number))
        return number

    def _fill(self, number: int, documents: Iterable[Document]) -> None:
        with self._transaction() as db:
            for document in documents:
                _write(db, number, document)

    def _switch(self, kind: Kind, number: int) -> None:
        """Let searches find the new tables and drop the old ones, in one step."""
        with self._transaction() as db:
            old = db.execute("SELECT number FROM generation WHERE kind = ? AND live", [kind]).fetchall()
            if not db.execute("UPDATE generation SET live = 1 WHERE number = ?", [number]).rowcount:
                raise EngineUnavailable("A later rebuild has taken over.")
            _drop(db, [one for (one,) in old])

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one operation; every failure of the engine in the words of the contract."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None)
            try:
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'generation'").fetchone():
                    for statement in SETUP:
                        db.execute(statement)
                yield db
            finally:
                db.close()
        except (sqlite3.Error, OSError) as failure:
            raise EngineUnavailable(str(failure)) from failure

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")


class _NearWords:
    """Indexed words a slip or two from one that is not; the first letter is taken to be right."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self.db = db
        self.table = table

    def __call__(self, word: str) -> list[str]:
        if self._among("term = ?", word):
            return []
        slips = 2 if len(word) >= LONG else 1
        beginning = self._among("term >= ? AND term < ?", word[0], chr(ord(word[0]) + 1))
        return [one for one in beginning if one.isalpha() and slips_between(word, one, slips) <= slips][:MOST_NEAR]

    def _among(self, condition: str, *values: str) -> list[str]:
        found = self.db.execute(f"SELECT term FROM words_{self.table} WHERE {condition}", values)  # noqa: S608  # ours
        return [term for (term,) in found]


def slips_between(one: str, other: str, most: int) -> int:
    """How many letters to add, drop or change on the way from one word to the other; more than `most` if many."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, target in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != target)))
        before = now
    return before[-1]


def _values(db: sqlite3.Connection, statement: tuple[str, list[object]]) -> dict[str, int]:
    return {value: number for value, number in db.execute(*statement).fetchall() if value}


def _reading(db: sqlite3.Connection, kind: Kind) -> int:
    live = db.execute("SELECT number FROM generation WHERE kind = ? AND live", [kind]).fetchone()
    if live is None:
        raise IndexMissing(kind)
    return int(live[0])


def _writing(db: sqlite3.Connection, kind: Kind) -> list[int]:
    """The generations that writes must reach; the one in use among them, or there is nothing to keep up."""
    _reading(db, kind)
    return [number for (number,) in db.execute("SELECT number FROM generation WHERE kind = ?", [kind]).fetchall()]


def _write(db: sqlite3.Connection, number: int, document: Document) -> None:
    """Write the row unless a newer one stands there, and its texts with it."""
    values = [_stored(document.get(column), column) for column in COLUMNS]
    places, kept = ", ".join("?" * len(COLUMNS)), ", ".join(f"{column} = excluded.{column}" for column in COLUMNS)
    written = db.execute(
        f"INSERT INTO doc_{number} ({', '.join(COLUMNS)}) VALUES ({places})"  # noqa: S608  # column names of ours
        f" ON CONFLICT (public_id) DO UPDATE SET {kept} WHERE excluded.version >= version RETURNING id",
        values,
    ).fetchall()
    for (row,) in written:
        db.execute(f"DELETE FROM text_{number} WHERE rowid = ?", [row])  # noqa: S608  # a number
        if not document["gone"]:
            texts = [document[name] for name in TEXTS]
            db.execute(f"INSERT INTO text_{number} (rowid, {', '.join(TEXTS)}) VALUES (?, ?, ?, ?, ?)", [row, *texts])  # noqa: S608  # ours


def _stored(value: object, column: str) -> object:
    """Lists as |a|b|, so that one value can be looked for."""
    if column in LISTS:
        return f"|{'|'.join(value)}|" if isinstance(value, tuple | list) else ""
    return value


def _drop(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    for number in numbers:
        for table in (f"words_{number}", f"text_{number}", f"doc_{number}"):
            db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute("DELETE FROM generation WHERE number = ?", [number])
