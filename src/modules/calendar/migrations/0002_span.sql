-- How long a date lasts, in steps: up to a day (0), 8 days (1), 64 days (2), 512 days (3), longer (4). What is not over
-- yet is found within each step from one length before now on, so a list never walks through all that is past.
ALTER TABLE calendar_event ADD COLUMN span {{int}} NOT NULL DEFAULT 0;
UPDATE calendar_event SET span = CASE
    WHEN over_at - sort_at <= 86400000 THEN 0
    WHEN over_at - sort_at <= 691200000 THEN 1
    WHEN over_at - sort_at <= 5529600000 THEN 2
    WHEN over_at - sort_at <= 44236800000 THEN 3
    ELSE 4 END;
CREATE INDEX calendar_event_by_span ON calendar_event (tenant_id, state, span, sort_at, id);
DROP INDEX calendar_event_by_end;
