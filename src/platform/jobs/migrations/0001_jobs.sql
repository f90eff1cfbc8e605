-- Work to be done later. due_at is when a waiting job may start, and when the lease of a running one ends.
-- A job that was done is deleted; the table holds only what is still to do, and what gave up.
CREATE TABLE platform_job (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    attempts {{int}} NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    due_at {{int}} NOT NULL,
    created_at {{int}} NOT NULL
);
CREATE INDEX platform_job_due ON platform_job (due_at, id) WHERE state <> 'dead';
CREATE INDEX platform_job_by_state ON platform_job (state, id);
CREATE UNIQUE INDEX platform_job_unique ON platform_job (tenant_id, kind, unique_key)
    WHERE state = 'waiting' AND unique_key IS NOT NULL;
