-- Associations without an account hand in experiences, too: where a report came from, and the mails that wait for the
-- press of their button. What is not confirmed in time is removed with its row here.

ALTER TABLE toolbox_report ADD COLUMN origin TEXT NOT NULL DEFAULT 'department';
CREATE INDEX toolbox_report_by_owner ON toolbox_report (tenant_id, owner_id, changed_at, id);

CREATE TABLE toolbox_confirmation (
    report_id {{int}} PRIMARY KEY REFERENCES toolbox_report (id),
    tenant_id {{int}} NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,          -- the token itself stands in the mail alone
    expires_at {{int}} NOT NULL
);
