-- Documentations of dialogues: what was asked, what people said in which group, and what they found most important.
-- The parts of a document are replaced together when it is saved; positions count from 1.
-- changed_by 0: the account was erased, or it came with the example.

CREATE TABLE documentation_document (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    publish_at {{int}},
    unpublish_at {{int}},
    organisation_id {{int}} NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    lead TEXT NOT NULL DEFAULT '',
    day TEXT,                                   -- NULL when only when_text is known
    when_text TEXT NOT NULL DEFAULT '',         -- "August 2020"
    why TEXT NOT NULL DEFAULT '',               -- Markdown
    partners TEXT NOT NULL DEFAULT '',          -- one a line
    agenda TEXT NOT NULL DEFAULT '',            -- one a line
    moods TEXT NOT NULL DEFAULT '',
    points_intro TEXT NOT NULL DEFAULT '',
    closing TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    credits TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',              -- how the text came about
    links TEXT NOT NULL DEFAULT '[]',           -- JSON [[title, path or address], …]
    sort_at {{int}} NOT NULL,                   -- the day, or when it was made
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, key)
);
CREATE INDEX documentation_document_by_day ON documentation_document (tenant_id, state, sort_at, id);
CREATE INDEX documentation_document_by_publication ON documentation_document (tenant_id, state, publish_at);
CREATE INDEX documentation_document_by_change ON documentation_document (tenant_id, changed_at, id);
CREATE INDEX documentation_document_by_editor ON documentation_document (changed_by);

CREATE TABLE documentation_question (
    id {{id}},
    document_id {{int}} NOT NULL REFERENCES documentation_document (id),
    position {{int}} NOT NULL,
    text TEXT NOT NULL,
    choose {{int}} NOT NULL,
    options TEXT NOT NULL                       -- JSON [[text, votes or null], …]
);
CREATE INDEX documentation_question_by_document ON documentation_question (document_id, position);

CREATE TABLE documentation_session (
    id {{id}},
    document_id {{int}} NOT NULL REFERENCES documentation_document (id),
    position {{int}} NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    input TEXT NOT NULL                         -- Markdown: what was said to everybody
);
CREATE INDEX documentation_session_by_document ON documentation_session (document_id, position);

CREATE TABLE documentation_group (
    id {{id}},
    document_id {{int}} NOT NULL REFERENCES documentation_document (id),
    session {{int}} NOT NULL,                   -- position of the session
    position {{int}} NOT NULL,
    title TEXT NOT NULL,
    quintessence TEXT NOT NULL,
    key_point TEXT NOT NULL
);
CREATE INDEX documentation_group_by_document ON documentation_group (document_id, session, position);

CREATE TABLE documentation_note (
    id {{id}},
    document_id {{int}} NOT NULL REFERENCES documentation_document (id),
    session {{int}} NOT NULL,
    group_position {{int}} NOT NULL,
    board TEXT NOT NULL,                        -- quote, helpful, improve, new
    position {{int}} NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documentation_note_by_document ON documentation_note (document_id, session, group_position, board, position);
