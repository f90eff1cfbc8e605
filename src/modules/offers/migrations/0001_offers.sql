-- Ways to take part. Whether an offer runs, is planned or past is computed from starts_at and ends_at, whether it is seen
-- from state, publish_at and unpublish_at; 0 and 253402300799000 stand for "no beginning" and "no end".
-- changed_by 0: the account was erased, or another module announced the offer.

CREATE TABLE offers_offer (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,                       -- draft, handed_in, published, archived
    organisation_id {{int}} NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',             -- Markdown
    results TEXT NOT NULL DEFAULT '',          -- Markdown
    permanent {{int}} NOT NULL DEFAULT 0,
    starts_at {{int}} NOT NULL,
    ends_at {{int}} NOT NULL,
    when_text TEXT NOT NULL DEFAULT '',        -- said instead of the dates: "August 2020"
    how {{int}} NOT NULL DEFAULT 0,            -- bits: 1 online, 2 on site, 4 paper, 8 phone
    external_url TEXT NOT NULL DEFAULT '',
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    place TEXT NOT NULL DEFAULT '',
    contact_office TEXT NOT NULL DEFAULT '',
    contact_email TEXT NOT NULL DEFAULT '',
    contact_phone TEXT NOT NULL DEFAULT '',
    links TEXT NOT NULL DEFAULT '[]',          -- JSON [[kind, title, url], …]
    image TEXT NOT NULL DEFAULT '',            -- address of an attachment
    image_alt TEXT NOT NULL DEFAULT '',
    credit TEXT NOT NULL DEFAULT '',           -- where the text comes from
    publish_at {{int}} NOT NULL,
    unpublish_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0,
    source_module TEXT NOT NULL DEFAULT '',
    source_item {{int}} NOT NULL DEFAULT 0,
    withdrawn {{int}} NOT NULL DEFAULT 0,      -- 1: archived because its source withdrew it
    sort_title TEXT NOT NULL,                  -- sort key of the German title, as hexadecimal digits
    UNIQUE (tenant_id, key)
);
CREATE INDEX offers_offer_by_end ON offers_offer (tenant_id, state, ends_at, id);
CREATE INDEX offers_offer_by_publication ON offers_offer (tenant_id, state, publish_at, id);
CREATE INDEX offers_offer_by_title ON offers_offer (tenant_id, state, sort_title, id);
CREATE INDEX offers_offer_by_change ON offers_offer (tenant_id, changed_at, id);
CREATE INDEX offers_offer_by_state ON offers_offer (tenant_id, state, changed_at, id);
CREATE INDEX offers_offer_by_organisation ON offers_offer (tenant_id, organisation_id, changed_at, id);
CREATE INDEX offers_offer_by_editor ON offers_offer (changed_by);
CREATE UNIQUE INDEX offers_offer_by_source ON offers_offer (tenant_id, source_module, source_item)
    WHERE source_module <> '';
