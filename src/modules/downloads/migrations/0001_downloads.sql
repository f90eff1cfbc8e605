-- Materials to download. Whether one is seen is computed from state, publish_at and unpublish_at at every request.
-- changed_by 0: the account was erased, or the material came with the example.

CREATE TABLE downloads_item (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,                      -- draft, handed_in, agreed, published, archived
    organisation_id {{int}} NOT NULL DEFAULT 0,
    category TEXT NOT NULL,                   -- the group's name, as people read it
    category_key TEXT NOT NULL,               -- the same for addresses
    title TEXT NOT NULL,
    title_en TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',            -- Markdown
    source TEXT NOT NULL DEFAULT '',          -- where the material comes from
    day TEXT,                                 -- as of
    links TEXT NOT NULL DEFAULT '[]',         -- JSON [{"title", "url"}, …]
    accessible TEXT NOT NULL DEFAULT '[]',    -- JSON: ids of the files that are accessible
    order_group TEXT NOT NULL,                -- sort keys of category and title
    order_title TEXT NOT NULL,
    publish_at {{int}},
    unpublish_at {{int}},
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, key)
);
CREATE INDEX downloads_item_by_title ON downloads_item (tenant_id, state, order_group, order_title, id);
CREATE INDEX downloads_item_by_group ON downloads_item (tenant_id, state, category_key, order_title, id);
CREATE INDEX downloads_item_by_publication ON downloads_item (tenant_id, state, publish_at);
CREATE INDEX downloads_item_by_end ON downloads_item (tenant_id, state, unpublish_at);
CREATE INDEX downloads_item_by_number ON downloads_item (tenant_id, id);
CREATE INDEX downloads_item_by_editor ON downloads_item (changed_by);
