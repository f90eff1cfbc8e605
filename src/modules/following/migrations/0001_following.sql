-- Who is told: one row for each address. Its owner has proven it when a follow of theirs is confirmed.
CREATE TABLE following_reader (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    email TEXT NOT NULL,                       -- lower case
    account_id {{int}} NOT NULL DEFAULT 0,     -- whose address counts, also when it changes
    participant_id {{int}} NOT NULL DEFAULT 0, -- the pseudonym of the browser they confirmed with
    language TEXT NOT NULL,
    site TEXT NOT NULL,                        -- "https://host", where the links of mails lead
    salt TEXT NOT NULL,                        -- part of what signs its links
    news {{int}} NOT NULL DEFAULT 1,           -- is told what becomes of procedures they took part in
    paused_until TEXT NOT NULL DEFAULT '',     -- first day with mails again
    asked_at {{int}},                          -- last mail that nobody had to prove anything for
    asked {{int}} NOT NULL DEFAULT 0,          -- how many of them in a row
    mailed_at {{int}},                         -- last mail that did not wait for a digest
    created_at {{int}} NOT NULL,
    UNIQUE (tenant_id, email)
);
CREATE INDEX following_reader_by_account ON following_reader (account_id) WHERE account_id <> 0;
CREATE INDEX following_reader_by_participant ON following_reader (participant_id) WHERE participant_id <> 0;

CREATE TABLE following_follow (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    reader_id {{int}} NOT NULL REFERENCES following_reader (id),
    kind TEXT NOT NULL,             -- procedure, dossier, topic, district, radius, search
    item {{int}} NOT NULL,          -- of a search: the procedure it is limited to, 0 = everywhere
    words TEXT NOT NULL,            -- of a search
    facet TEXT NOT NULL,
    terms TEXT NOT NULL,            -- ids, space separated: all of them
    label TEXT NOT NULL,            -- of a radius: the name of its centre
    lon DOUBLE PRECISION NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    metres {{int}} NOT NULL,
    rhythm TEXT NOT NULL,           -- at_once, daily, weekly
    confirmed_at {{int}},           -- NULL: waits for the button
    created_at {{int}} NOT NULL
);
CREATE INDEX following_follow_by_target ON following_follow (tenant_id, kind, item, id) WHERE confirmed_at IS NOT NULL;
CREATE INDEX following_follow_by_reader ON following_follow (reader_id, id);
CREATE INDEX following_follow_waiting ON following_follow (created_at) WHERE confirmed_at IS NULL;

-- What happened. Texts of contributions are not copied: they are read where they stand when a mail or feed is made.
CREATE TABLE following_event (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    what TEXT NOT NULL,
    mark TEXT NOT NULL,             -- what is told once only: 'contribution:12'; '' = may happen again
    module TEXT NOT NULL,           -- of something that has an entry in the search
    item {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL,
    contribution_id {{int}} NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    word TEXT NOT NULL,             -- begins, ends of a step; the kind of something published
    participant_id {{int}} NOT NULL, -- whose act it was
    everyone {{int}} NOT NULL,      -- tell all who took part
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    state TEXT NOT NULL,            -- fresh, asking, done, dropped
    audience TEXT NOT NULL,         -- whom to ask still: 'procedure:5 topic:12 people'
    after_id {{int}} NOT NULL,      -- of the first of them: how far we are
    at {{int}} NOT NULL
);
CREATE UNIQUE INDEX following_event_mark ON following_event (tenant_id, mark) WHERE mark <> '';
CREATE INDEX following_event_by_procedure ON following_event (procedure_id, id);
CREATE INDEX following_event_by_tenant ON following_event (tenant_id, id);
CREATE INDEX following_event_by_place ON following_event (tenant_id, id) WHERE lat IS NOT NULL;
CREATE INDEX following_event_by_participant ON following_event (participant_id) WHERE participant_id <> 0;

CREATE TABLE following_event_term (
    event_id {{int}} NOT NULL REFERENCES following_event (id),
    term_id {{int}} NOT NULL,
    PRIMARY KEY (term_id, event_id)
);
CREATE INDEX following_event_term_by_event ON following_event_term (event_id);

-- Who gets which happening when: the key keeps anybody from being told twice, however often a job begins anew.
CREATE TABLE following_delivery (
    event_id {{int}} NOT NULL REFERENCES following_event (id),
    reader_id {{int}} NOT NULL REFERENCES following_reader (id),
    tenant_id {{int}} NOT NULL,
    follow_id {{int}} NOT NULL,     -- why; 0 = they took part
    due_at {{int}} NOT NULL,
    sent_at {{int}},
    PRIMARY KEY (event_id, reader_id)
);
CREATE INDEX following_delivery_due ON following_delivery (tenant_id, due_at, reader_id) WHERE sent_at IS NULL;
CREATE INDEX following_delivery_by_reader ON following_delivery (reader_id, due_at) WHERE sent_at IS NULL;
