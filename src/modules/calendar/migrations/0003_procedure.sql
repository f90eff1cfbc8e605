-- The key of the procedure a date belongs to, "" = none; it then stands on the procedure's page. Keys never change.
ALTER TABLE calendar_event ADD COLUMN procedure_key TEXT NOT NULL DEFAULT '';
CREATE INDEX calendar_event_by_procedure ON calendar_event (tenant_id, procedure_key, sort_at, id);
