-- The procedure a date belongs to; 0: none.
ALTER TABLE calendar_event ADD COLUMN procedure_id {{int}} NOT NULL DEFAULT 0;
CREATE INDEX calendar_event_by_procedure ON calendar_event (procedure_id, sort_at, id) WHERE procedure_id <> 0;
