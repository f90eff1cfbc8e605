-- What an office has promised to do in a procedure, with the day it is due; made by people, recipes and assignments.
CREATE TABLE core_task (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    contribution_id {{int}} NOT NULL DEFAULT 0,  -- that is to be answered; 0 = the procedure as a whole
    organisation_id {{int}} NOT NULL DEFAULT 0,  -- the office that is to do it
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    due TEXT NOT NULL,              -- the last day
    created_by {{int}} NOT NULL DEFAULT 0,
    created_at {{int}} NOT NULL,
    done_by {{int}} NOT NULL DEFAULT 0,
    done_at {{int}},
    reminded_at {{int}}
);
CREATE INDEX core_task_by_procedure ON core_task (procedure_id, due, id);
CREATE INDEX core_task_by_contribution ON core_task (contribution_id, id) WHERE contribution_id <> 0;
CREATE INDEX core_task_open ON core_task (tenant_id, organisation_id, due, id) WHERE done_at IS NULL;

-- What evaluation counts of a procedure as a whole.
CREATE INDEX core_interaction_by_procedure ON core_interaction (procedure_id, at, id);
