-- The first schema. Times are UTC milliseconds; `pk` is the rowid, `uuid` the id of exchange files.
-- Names of columns: see app/storage/README.md. Later versions are files of their own, run in order.

CREATE TABLE folders (
    pk       INTEGER PRIMARY KEY,
    uuid     TEXT NOT NULL UNIQUE,
    parent   INTEGER REFERENCES folders (pk),
    name     TEXT NOT NULL,
    position INTEGER NOT NULL,
    created  INTEGER
) STRICT;
CREATE INDEX folders_parent ON folders (parent);

-- Model files that are known here or wrote replies. Never deleted while a message names them.
CREATE TABLE variants (
    pk              INTEGER PRIMARY KEY,
    uuid            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    file_size       INTEGER NOT NULL,
    sha256          TEXT,
    parts           TEXT,
    architecture    TEXT,
    quantization    TEXT,
    parameters      INTEGER,
    context_trained INTEGER,
    plan            TEXT
) STRICT;
CREATE INDEX variants_sha256 ON variants (sha256);

CREATE TABLE conversations (
    pk            INTEGER PRIMARY KEY,
    uuid          TEXT NOT NULL UNIQUE,
    seq           INTEGER NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    title_source  TEXT,
    created       INTEGER,
    updated       INTEGER,
    pinned        INTEGER NOT NULL DEFAULT 0,
    pinned_order  INTEGER,
    archived      INTEGER NOT NULL DEFAULT 0,
    deleted       INTEGER,
    folder        INTEGER REFERENCES folders (pk),
    system_prompt TEXT,
    settings      TEXT,
    current       INTEGER REFERENCES messages (pk),
    unread        INTEGER NOT NULL DEFAULT 0,
    origin        TEXT,
    origin_key    TEXT,
    fingerprint   TEXT,
    left_out      TEXT,
    extra         TEXT
) STRICT;
CREATE INDEX conversations_folder ON conversations (folder);
CREATE INDEX conversations_current ON conversations (current);
CREATE INDEX conversations_origin ON conversations (origin_key, fingerprint);
CREATE INDEX conversations_fingerprint ON conversations (fingerprint);
CREATE INDEX conversations_deleted ON conversations (deleted) WHERE deleted IS NOT NULL;

-- The tree: a version is a sibling (by position), a branch a path to `current`.
CREATE TABLE messages (
    pk                INTEGER PRIMARY KEY,
    conversation      INTEGER NOT NULL REFERENCES conversations (pk),
    uuid              TEXT NOT NULL,
    parent            INTEGER REFERENCES messages (pk),
    position          INTEGER NOT NULL,
    role              TEXT NOT NULL,
    state             TEXT NOT NULL,
    created           INTEGER,
    finished          INTEGER,
    edited_from       INTEGER REFERENCES messages (pk),
    answer            TEXT NOT NULL,
    answer_tokens     INTEGER,
    thought           TEXT,
    thought_tokens    INTEGER,
    thought_ms        REAL,
    thought_opened_by TEXT,
    thought_ended_by  TEXT,
    thought_budget    INTEGER,
    thought_omitted   INTEGER NOT NULL DEFAULT 0,
    variant           INTEGER REFERENCES variants (pk),
    model_name        TEXT,
    generation        TEXT,
    statistics        TEXT,
    error_code        TEXT,
    error_text        TEXT,
    origin_id         TEXT,
    repeat_from       INTEGER,
    deleted           INTEGER,
    extra             TEXT,
    UNIQUE (conversation, uuid)
) STRICT;
CREATE INDEX messages_tree ON messages (conversation, parent, position);
CREATE INDEX messages_parent ON messages (parent);
CREATE INDEX messages_edited_from ON messages (edited_from);
CREATE INDEX messages_variant ON messages (variant);
CREATE INDEX messages_deleted ON messages (deleted) WHERE deleted IS NOT NULL;

-- text and bytes both NULL: known by name only.
CREATE TABLE attachments (
    pk       INTEGER PRIMARY KEY,
    message  INTEGER NOT NULL REFERENCES messages (pk),
    position INTEGER NOT NULL,
    uuid     TEXT,
    name     TEXT NOT NULL,
    type     TEXT,
    size     INTEGER,
    sha256   TEXT,
    tokens   INTEGER,
    text     TEXT,
    bytes    BLOB
) STRICT;
CREATE INDEX attachments_message ON attachments (message, position);

-- What the scan of the model folders found; size and time unchanged: not read again.
CREATE TABLE model_files (
    path     TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    variant  INTEGER REFERENCES variants (pk),
    problem  TEXT
) STRICT;
CREATE INDEX model_files_variant ON model_files (variant);

-- 0 is the start page, which is no conversation yet.
CREATE TABLE drafts (
    conversation INTEGER PRIMARY KEY,
    text         TEXT NOT NULL,
    changed      INTEGER NOT NULL
) STRICT;

-- Replies that this program owes. Left-overs at start are what a kill cut off.
CREATE TABLE jobs (
    message  INTEGER PRIMARY KEY REFERENCES messages (pk),
    request  TEXT NOT NULL,
    enqueued INTEGER NOT NULL
) STRICT;

-- A reply while it streams; append only.
CREATE TABLE journal (
    pk      INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (pk),
    kind    TEXT NOT NULL,
    text    TEXT NOT NULL,
    tokens  INTEGER NOT NULL,
    ms      REAL NOT NULL
) STRICT;
CREATE INDEX journal_message ON journal (message, pk);

-- What a search looks through. The index is written by the store in the same transaction: triggers
-- are refused for FTS5 with trusted_schema off.
CREATE VIEW search_source AS
    SELECT pk,
           CASE role WHEN 'user' THEN answer ELSE '' END AS question,
           coalesce(thought, '') AS thought,
           CASE role WHEN 'assistant' THEN answer ELSE '' END AS answer
    FROM messages;
CREATE VIRTUAL TABLE search USING fts5 (
    question, thought, answer,
    content = 'search_source', content_rowid = 'pk', tokenize = 'deepwell'
);
