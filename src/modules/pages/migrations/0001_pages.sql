-- Standing pages (about, imprint …). Whether one is seen is computed from state, publish_at and unpublish_at.

CREATE TABLE pages_page (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',        -- Markdown
    body_en TEXT NOT NULL DEFAULT '',
    publish_at {{int}},
    unpublish_at {{int}},
    changed_at {{int}} NOT NULL,
    UNIQUE (tenant_id, key)
);
