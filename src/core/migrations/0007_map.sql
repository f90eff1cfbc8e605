-- The municipality's own list of addresses. A street's keys are what people begin to type: its name from each of its
-- words on, folded ("Am Alten Markt": amaltenmarkt, altenmarkt, markt).
CREATE TABLE core_address_list (
    tenant_id {{int}} PRIMARY KEY REFERENCES core_tenant (id),
    source TEXT NOT NULL,           -- the file's name, or that it is the example
    invented {{int}} NOT NULL DEFAULT 0,
    streets {{int}} NOT NULL,
    addresses {{int}} NOT NULL,
    imported_by {{int}} NOT NULL DEFAULT 0,
    imported_at {{int}} NOT NULL
);
CREATE TABLE core_street (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    name TEXT NOT NULL,
    postcode TEXT NOT NULL,
    place TEXT NOT NULL,            -- town or part of it, as the list says; may be empty
    lon DOUBLE PRECISION NOT NULL,  -- of the address in the middle of it
    lat DOUBLE PRECISION NOT NULL
);
CREATE INDEX core_street_by_tenant ON core_street (tenant_id, id);
CREATE TABLE core_street_key (
    tenant_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    street_id {{int}} NOT NULL REFERENCES core_street (id),
    PRIMARY KEY (tenant_id, key, street_id)
);
CREATE INDEX core_street_key_by_street ON core_street_key (street_id);
-- Ranges of keys are bytes, not words of a language.
-- only postgresql
ALTER TABLE core_street_key ALTER COLUMN key TYPE TEXT COLLATE "C";
-- end
CREATE TABLE core_address (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    street_id {{int}} NOT NULL REFERENCES core_street (id),
    number {{int}} NOT NULL,
    suffix TEXT NOT NULL,           -- "a", "1/2"; may be empty
    lon DOUBLE PRECISION NOT NULL,
    lat DOUBLE PRECISION NOT NULL
);
CREATE INDEX core_address_by_street ON core_address (street_id, number, suffix, id);
CREATE INDEX core_address_by_lon ON core_address (tenant_id, lon, lat);

-- Layers of other map servers that this municipality may show; nothing else is fetched.
CREATE TABLE core_map_layer (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,             -- xyz, wms, wmts
    url TEXT NOT NULL,              -- of the service, as it was typed
    layer TEXT NOT NULL,            -- name in the service; '' for xyz
    pictures TEXT NOT NULL,         -- where the pictures come from, with {z} {x} {y} or a box
    attribution TEXT NOT NULL,
    attribution_url TEXT NOT NULL,
    overlay {{int}} NOT NULL,       -- 1: lies over the background and can be switched on
    shown TEXT NOT NULL,            -- everywhere, procedures, nowhere
    min_zoom {{int}} NOT NULL,
    max_zoom {{int}} NOT NULL,
    position {{int}} NOT NULL
);
CREATE INDEX core_map_layer_by_tenant ON core_map_layer (tenant_id, position, id);

-- Areas of a procedure besides its own one: building plots, variants, noise zones.
CREATE TABLE core_procedure_area (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    title TEXT NOT NULL,
    geometry TEXT NOT NULL,         -- GeoJSON FeatureCollection of polygons, lines and points
    position {{int}} NOT NULL
);
CREATE INDEX core_procedure_area_by_procedure ON core_procedure_area (procedure_id, position, id);
CREATE INDEX core_procedure_area_by_tenant ON core_procedure_area (tenant_id, id);

-- What a map of an activity counts: everything in the order of its position, nothing but the index is read.
CREATE INDEX core_contribution_by_place ON core_contribution (activity_id, kind, state, lon, lat, id, status)
    WHERE lon IS NOT NULL;
