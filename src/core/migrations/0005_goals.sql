-- What a procedure is measured by, and what people keep asking about it. extra: JSON, members of the exchange format
-- that are not known to us.
CREATE TABLE core_goal (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    text TEXT NOT NULL,
    indicator TEXT NOT NULL,        -- participants, contributions, comments, supports; 'own' = counted by hand
    target {{int}} NOT NULL,
    reached {{int}},                -- of a goal that is counted by hand
    extra TEXT NOT NULL,
    position {{int}} NOT NULL
);
CREATE INDEX core_goal_by_procedure ON core_goal (procedure_id, position, id);

CREATE TABLE core_faq (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    extra TEXT NOT NULL,
    position {{int}} NOT NULL
);
CREATE INDEX core_faq_by_procedure ON core_faq (procedure_id, position, id);

-- A task is reminded of twice: before it is due and when it is late.
ALTER TABLE core_task ADD COLUMN late_reminded_at {{int}};
ALTER TABLE core_task ADD COLUMN extra TEXT NOT NULL DEFAULT '';

-- An entry that was deleted can come back.
ALTER TABLE core_dossier_entry ADD COLUMN removed_at {{int}};
