-- A mail that could not be sent keeps no recipient and no text either: what it was for, and why it failed, is left.
ALTER TABLE core_mail ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE core_mail ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE core_mail ADD COLUMN given_up_at {{int}};

-- The audit log by person, by what was done and by time.
CREATE INDEX core_audit_by_account ON core_audit (tenant_id, account_id, number);
CREATE INDEX core_audit_by_action ON core_audit (tenant_id, action, number);
CREATE INDEX core_audit_by_time ON core_audit (tenant_id, at, number);
