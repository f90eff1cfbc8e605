-- What an office says in return: answers, outcomes, measures, the text above the outcomes, text blocks. They share one
-- table because they are written, released, versioned and linked the same way.
CREATE TABLE answers_item (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    procedure_id {{int}} NOT NULL DEFAULT 0,    -- 0: a text block
    kind TEXT NOT NULL,             -- answer, outcome, measure, summary, block
    state TEXT NOT NULL,            -- draft, handed_in, agreed, published, archived
    organisation_id {{int}} NOT NULL DEFAULT 0, -- the department that speaks or acts
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    word TEXT NOT NULL,             -- outcome: taken_up, partly, not; measure: planned, begun, done, stopped
    budget TEXT NOT NULL,
    links TEXT NOT NULL,            -- JSON array of [title, address]
    published_at {{int}},           -- the first time
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0
);
CREATE INDEX answers_item_by_tenant ON answers_item (tenant_id, kind, state, id);
CREATE INDEX answers_item_by_procedure ON answers_item (procedure_id, kind, id) WHERE procedure_id <> 0;
CREATE INDEX answers_item_by_person ON answers_item (changed_by) WHERE changed_by <> 0;

-- Which contributions an item is about; read from both ends.
CREATE TABLE answers_link (
    item_id {{int}} NOT NULL REFERENCES answers_item (id),
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    PRIMARY KEY (item_id, contribution_id)
);
CREATE INDEX answers_link_by_contribution ON answers_link (contribution_id, item_id);

-- Which outcomes a measure carries out.
CREATE TABLE answers_relation (
    measure_id {{int}} NOT NULL REFERENCES answers_item (id),
    outcome_id {{int}} NOT NULL REFERENCES answers_item (id),
    PRIMARY KEY (measure_id, outcome_id)
);
CREATE INDEX answers_relation_by_outcome ON answers_relation (outcome_id, measure_id);

CREATE TABLE answers_milestone (
    item_id {{int}} NOT NULL REFERENCES answers_item (id),
    number {{int}} NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,              -- planned for
    done_on TEXT NOT NULL,          -- '' = not yet
    PRIMARY KEY (item_id, number)
);

-- One act of somebody at the desk on one or many contributions: what can be taken back as a whole.
CREATE TABLE answers_batch (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL,
    status TEXT NOT NULL,
    many {{int}} NOT NULL,          -- how many contributions
    at {{int}} NOT NULL,
    set_by {{int}} NOT NULL,
    undone_at {{int}}
);
CREATE INDEX answers_batch_by_procedure ON answers_batch (procedure_id, id);
CREATE INDEX answers_batch_by_person ON answers_batch (set_by) WHERE set_by <> 0;

-- The history of a status, as the public sees it. What was taken back stays, but is not shown.
CREATE TABLE answers_status (
    id {{id}},
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    batch_id {{int}} NOT NULL REFERENCES answers_batch (id),
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    status_before TEXT NOT NULL,
    reason_before TEXT NOT NULL,
    at {{int}} NOT NULL,
    undone_at {{int}}
);
CREATE INDEX answers_status_by_contribution ON answers_status (contribution_id, id);
CREATE INDEX answers_status_by_batch ON answers_status (batch_id, id);

CREATE TABLE answers_merge (
    duplicate_id {{int}} PRIMARY KEY REFERENCES core_contribution (id),
    tenant_id {{int}} NOT NULL,
    stays_id {{int}} NOT NULL REFERENCES core_contribution (id),
    status_before TEXT NOT NULL,
    reason_before TEXT NOT NULL,
    at {{int}} NOT NULL,
    merged_by {{int}} NOT NULL
);
CREATE INDEX answers_merge_by_stays ON answers_merge (stays_id, duplicate_id);
CREATE INDEX answers_merge_by_person ON answers_merge (merged_by) WHERE merged_by <> 0;

-- The first time an office has answered a contribution, and after how many days (of Berlin): what the promise counts.
CREATE TABLE answers_reaction (
    contribution_id {{int}} PRIMARY KEY REFERENCES core_contribution (id),
    at {{int}} NOT NULL,
    days {{int}} NOT NULL
);

-- What a promise is about: everything public that has a page of its own. The literals are those of the query.
CREATE INDEX answers_promised ON core_contribution (procedure_id, published_at, id)
    WHERE target_id = 0 AND state = 'published' AND title <> '';
