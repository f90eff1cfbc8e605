-- Reports of barriers. Name and address are voluntary; everything is deleted some months after the answer.
-- answered_by 0: not answered yet, or the account was erased.

CREATE TABLE barriers_report (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    state TEXT NOT NULL,                -- open, answered
    page TEXT NOT NULL DEFAULT '',      -- as typed: an address or words
    body TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,             -- in which the answer is written
    answer TEXT NOT NULL DEFAULT '',
    created_at {{int}} NOT NULL,
    answered_at {{int}},
    answered_by {{int}} NOT NULL DEFAULT 0
);
CREATE INDEX barriers_report_by_state ON barriers_report (tenant_id, state, id);
CREATE INDEX barriers_report_by_age ON barriers_report (tenant_id, created_at);
CREATE INDEX barriers_report_by_email ON barriers_report (tenant_id, email);
CREATE INDEX barriers_report_by_editor ON barriers_report (answered_by);
