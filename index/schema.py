"""The tables of a library: what its rows are (SQLite)."""

from __future__ import annotations

VERSION = 3

# A document's number orders it by arrival; its clauses are numbered in one unbroken run, never
# used again, so that the derived indexes take a document out by its range.
TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  pages INTEGER NOT NULL,
  code_key TEXT,
  title_key TEXT,
  metadata TEXT NOT NULL,
  clauses INTEGER NOT NULL,
  tasks INTEGER NOT NULL,
  citations INTEGER NOT NULL,
  first_clause INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  generation INTEGER NOT NULL,
  embedded INTEGER NOT NULL DEFAULT 0,
  replaced_by TEXT,
  original TEXT NOT NULL,
  size INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_code ON documents (code_key);
CREATE INDEX IF NOT EXISTS documents_by_title ON documents (title_key);
CREATE INDEX IF NOT EXISTS documents_by_generation ON documents (generation);
CREATE INDEX IF NOT EXISTS documents_to_embed ON documents (number) WHERE embedded = 0;
CREATE TABLE IF NOT EXISTS source_keys (
  source_key TEXT PRIMARY KEY, document TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_keys_by_document ON source_keys (document);
CREATE TABLE IF NOT EXISTS clauses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  UNIQUE (document, path)
);
CREATE TABLE IF NOT EXISTS tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL,
  clause INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS tasks_by_clause ON tasks (clause);
CREATE INDEX IF NOT EXISTS tasks_by_document ON tasks (document, ordinal);
CREATE TABLE IF NOT EXISTS agencies (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS actors (
  agency INTEGER NOT NULL,
  task INTEGER NOT NULL,
  role TEXT NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (agency, task, role)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS actors_by_document ON actors (document);
CREATE TABLE IF NOT EXISTS citations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL,
  clause INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  code_key TEXT,
  title_key TEXT,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS citations_by_code ON citations (code_key);
CREATE INDEX IF NOT EXISTS citations_by_title ON citations (title_key);
CREATE INDEX IF NOT EXISTS citations_by_clause ON citations (clause);
CREATE INDEX IF NOT EXISTS citations_by_document ON citations (document);
CREATE TABLE IF NOT EXISTS removed (
  generation INTEGER NOT NULL, first INTEGER NOT NULL, stop INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS vectors (
  id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, vector BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS passages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, clause INTEGER NOT NULL, vector INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_clause ON passages (clause);
"""

# Derived, by `index.families`, which drops and makes them anew where they were made otherwise:
# clauses of the same folded words are one wording, of which `words` has a sign for each word;
# wordings that say nearly the same are a family within a component of such pairs.
FAMILIES = """
CREATE TABLE wordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash INTEGER NOT NULL UNIQUE,
  component INTEGER NOT NULL,
  family INTEGER NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX wordings_by_component ON wordings (component);
CREATE INDEX wordings_that_lead ON wordings (component) WHERE family = id;
CREATE INDEX wordings_by_family ON wordings (family);
CREATE TABLE worded (clause INTEGER PRIMARY KEY, wording INTEGER NOT NULL);
CREATE INDEX worded_by_wording ON worded (wording);
"""

# What the version after each has besides; a library of the first version gets it when opened.
# `corrections` is a log that is only added to: data of its own, which nothing derived can restore.
# `reader` says which edition of the program read a document; "" is one before editions were noted.
# Of a citation, `subject` is the key of the document whose relation it is (NULL: the citing one's),
# `object` of the one that it is about: "Luật A được sửa đổi bởi Luật B" mentions B, is about A.
# `facts`, `words` and `due` sketch what the row holds, `known` what is known of each document that
# is no older version, see `index.sketches`: not in `documents`, where a long body lies before it.
UPGRADES = {
    1: """
ALTER TABLE documents ADD COLUMN reader TEXT NOT NULL DEFAULT '';
CREATE TABLE corrections (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX corrections_by_file ON corrections (sha256);
CREATE TABLE unsure (
  document INTEGER NOT NULL,
  noun TEXT NOT NULL,
  confidence REAL NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX unsure_by_document ON unsure (document);
CREATE INDEX unsure_by_confidence ON unsure (confidence);
""",
    2: """
ALTER TABLE citations ADD COLUMN relation TEXT NOT NULL DEFAULT '';
ALTER TABLE citations ADD COLUMN subject TEXT;
ALTER TABLE citations ADD COLUMN object TEXT;
ALTER TABLE citations ADD COLUMN pinpoint TEXT;
ALTER TABLE citations ADD COLUMN doc_type TEXT;
ALTER TABLE citations ADD COLUMN issuer TEXT;
ALTER TABLE citations ADD COLUMN year INTEGER;
UPDATE citations SET
  relation = json_extract(body, '$.relation'),
  subject = subject_key(body),
  object = object_key(body),
  pinpoint = json_extract(body, '$.pinpoint'),
  doc_type = json_extract(body, '$.doc_type'),
  issuer = json_extract(body, '$.issuer'),
  year = CAST(substr(json_extract(body, '$.date'), 1, 4) AS INTEGER);
DROP INDEX citations_by_code;
CREATE INDEX citations_by_code
  ON citations (code_key, relation, doc_type, issuer, year, document, pinpoint, subject);
CREATE INDEX citations_by_object ON citations (object, relation, subject, document, pinpoint);
CREATE INDEX citations_by_subject ON citations (subject, relation) WHERE subject IS NOT NULL;
ALTER TABLE clauses ADD COLUMN facts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clauses ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN facts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN due TEXT;
UPDATE clauses SET facts = clause_facts(text), words = clause_digest(text);
UPDATE tasks SET facts = task_facts(body), words = task_digest(body), due = task_due(body);
CREATE TABLE known (
  document INTEGER PRIMARY KEY,
  words TEXT NOT NULL,
  place TEXT,
  doc_type TEXT,
  level TEXT,
  issued TEXT,
  face INTEGER
);
INSERT INTO known SELECT number, document_words(metadata), document_place(metadata),
  json_extract(metadata, '$.doc_type'), json_extract(metadata, '$.issuer_level'),
  json_extract(metadata, '$.issued_on'),
  (SELECT id FROM clauses WHERE document = documents.number
   ORDER BY kind != 'title', CASE kind WHEN 'title' THEN -length(text) ELSE id END LIMIT 1)
  FROM documents WHERE replaced_by IS NULL;
CREATE INDEX actors_by_task ON actors (task, agency, role);
"""  # noqa: S608 - both our own
    + FAMILIES,
}
