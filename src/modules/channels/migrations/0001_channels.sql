-- What staff entered for others: when it was typed, when it came in, and the office's own number of it.
CREATE TABLE channels_entry (
    contribution_id {{int}} PRIMARY KEY REFERENCES core_contribution (id),
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    procedure_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    own_number TEXT NOT NULL,       -- of the office's own list; '' = none
    received TEXT NOT NULL,         -- the day it came in
    imported {{int}} NOT NULL,      -- 1: from a file
    entered_by {{int}} NOT NULL DEFAULT 0,
    entered_at {{int}} NOT NULL
);
CREATE UNIQUE INDEX channels_entry_by_number ON channels_entry (activity_id, own_number) WHERE own_number <> '';
CREATE INDEX channels_entry_by_person ON channels_entry (entered_by, activity_id, entered_at, contribution_id)
    WHERE entered_by <> 0;
