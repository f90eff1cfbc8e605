-- Entries of @name@. created_by 0: the account was erased.

CREATE TABLE @name@_item (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    created_by {{int}} NOT NULL,
    created_at {{int}} NOT NULL
);
CREATE INDEX @name@_item_by_tenant ON @name@_item (tenant_id, id);
CREATE INDEX @name@_item_by_author ON @name@_item (created_by);
