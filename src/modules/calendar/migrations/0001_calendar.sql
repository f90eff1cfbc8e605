-- Dates people can come to. sort_at and over_at are made from starts_at and ends_at when a date is saved, so that lists
-- need one column: sort_at is the beginning (or the end, or far away), over_at the instant from which it is past.
-- Whole days: starts_at is the first midnight, ends_at the midnight after the last day. changed_by 0: nobody known.

CREATE TABLE calendar_event (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,                        -- draft, handed_in, agreed, published, archived
    organisation_id {{int}} NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',              -- Markdown
    starts_at {{int}},
    ends_at {{int}},
    all_day {{int}} NOT NULL DEFAULT 0,
    approximate TEXT NOT NULL DEFAULT '',       -- said instead of a day: "August 2020"
    place TEXT NOT NULL DEFAULT '',
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    online {{int}} NOT NULL DEFAULT 0,
    registration TEXT NOT NULL DEFAULT '',
    accessibility TEXT NOT NULL DEFAULT '',
    organiser TEXT NOT NULL DEFAULT '',
    cancelled {{int}} NOT NULL DEFAULT 0,
    cancelled_reason TEXT NOT NULL DEFAULT '',
    credit TEXT NOT NULL DEFAULT '',            -- where the text comes from
    publish_at {{int}},
    unpublish_at {{int}},
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0,
    sequence {{int}} NOT NULL DEFAULT 0,        -- rises with every change, for calendar programs
    sort_at {{int}} NOT NULL,
    over_at {{int}} NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE INDEX calendar_event_by_beginning ON calendar_event (tenant_id, state, sort_at, id);
CREATE INDEX calendar_event_by_end ON calendar_event (tenant_id, state, over_at, id);
CREATE INDEX calendar_event_by_change ON calendar_event (tenant_id, changed_at, id);
CREATE INDEX calendar_event_by_editor ON calendar_event (changed_by);
