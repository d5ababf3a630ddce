"""The tables of the notice store, as SQL.

A notice row is one version of a text; a changed text is a new row and the old one stays, with its units. The index holds one token for each
character, punctuation included, so that a phrase query finds exactly the words asked for, also of one and two characters. Apart from the store so
that the schema can be read, and compared with a file, as a whole.
"""

from corpus.database import Layout

TABLES = (
    """CREATE TABLE notice (
    version INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    added TEXT NOT NULL
) STRICT""",
    "CREATE INDEX notice_by_key ON notice (key, version)",
    """CREATE TABLE unit (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES notice (version),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (version, id)
) STRICT""",
    """CREATE VIRTUAL TABLE unit_words USING fts5 (
    words, content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* P* S*'"
)""",
    "CREATE VIEW current_notice AS SELECT * FROM notice WHERE version IN (SELECT max(version) FROM notice GROUP BY key)",
)

LAYOUT = Layout("文件库", 0x796A636F, 1, TABLES)
"""The mark is 「yjco」."""
