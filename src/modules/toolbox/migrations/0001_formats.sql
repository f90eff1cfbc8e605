-- The toolbox: formats as they are edited, reports on them, and the narrow tables public lists are read from.

CREATE TABLE toolbox_format (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    publish {{int}} NOT NULL,                 -- field 9 of AP1: on the web, or for colleagues only
    owner_id {{int}} NOT NULL DEFAULT 0,      -- organisation
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    title_key TEXT NOT NULL,                  -- hexadecimal sort key of the title, see toolbox.h
    purposes {{int}} NOT NULL,                -- bit masks of the fixed choices, lowest bit = first value of AP1
    forms {{int}} NOT NULL,
    group_sizes {{int}} NOT NULL,
    distance {{int}} NOT NULL,
    lead_days {{int}},
    staff_days {{int}},
    cost TEXT NOT NULL,
    version {{int}} NOT NULL,                 -- number of the newest revision
    created_by {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    published_at {{int}},
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    duration TEXT NOT NULL,
    source TEXT NOT NULL,
    tips TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE INDEX toolbox_format_by_title ON toolbox_format (tenant_id, title_key, id, state, owner_id);
CREATE INDEX toolbox_format_by_state ON toolbox_format (tenant_id, state, title_key, id, owner_id);
CREATE INDEX toolbox_format_by_owner ON toolbox_format (tenant_id, owner_id, title_key, id);

-- Links with titles: material of the tips, and tools.
CREATE TABLE toolbox_link (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    format_id {{int}} NOT NULL REFERENCES toolbox_format (id),
    kind TEXT NOT NULL,
    position {{int}} NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX toolbox_link_by_format ON toolbox_link (format_id, kind, position);

-- By key, not by id: an entry may name one that is imported or published later.
CREATE TABLE toolbox_related (
    tenant_id {{int}} NOT NULL,
    format_id {{int}} NOT NULL REFERENCES toolbox_format (id),
    position {{int}} NOT NULL,
    related_key TEXT NOT NULL,
    PRIMARY KEY (format_id, position)
);

CREATE TABLE toolbox_report (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    format_id {{int}} REFERENCES toolbox_format (id),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    occasion TEXT NOT NULL,
    date_text TEXT NOT NULL,
    participants {{int}},
    went_well TEXT NOT NULL,
    went_badly TEXT NOT NULL,
    advice TEXT NOT NULL,
    organisation TEXT NOT NULL,               -- as it is shown
    owner_id {{int}} NOT NULL DEFAULT 0,      -- organisation of the author, when it is one of the tenant's
    author_id {{int}} NOT NULL DEFAULT 0,     -- account
    contact_name TEXT NOT NULL,               -- of an association that has no account; never public
    contact_email TEXT NOT NULL,
    version {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    published_at {{int}}
);
CREATE INDEX toolbox_report_by_format ON toolbox_report (format_id, state, published_at, id);
CREATE INDEX toolbox_report_by_state ON toolbox_report (tenant_id, state, changed_at, id);
CREATE INDEX toolbox_report_by_time ON toolbox_report (tenant_id, changed_at, id);
CREATE INDEX toolbox_report_by_author ON toolbox_report (author_id, id);

-- What the public may see, and nothing else: one narrow row per published format, written in the transaction that
-- publishes. Every sort value rises in the order of the list ("most first" is stored negative), so that one shape of
-- query pages through all of them; facets stands last in each index, so that a filter reads the index alone.
CREATE TABLE toolbox_listed (
    format_id {{int}} PRIMARY KEY REFERENCES toolbox_format (id),
    tenant_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    facets {{int}} NOT NULL,
    title_key TEXT NOT NULL,
    by_purpose {{int}} NOT NULL,
    by_form {{int}} NOT NULL,
    by_size {{int}} NOT NULL,
    by_distance {{int}} NOT NULL,
    by_description {{int}} NOT NULL,
    by_tips {{int}} NOT NULL,
    by_tools {{int}} NOT NULL,
    by_effort {{int}} NOT NULL,
    by_reports {{int}} NOT NULL,
    by_change {{int}} NOT NULL,
    by_age {{int}} NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    lead_days {{int}},
    staff_days {{int}},
    cost TEXT NOT NULL,
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE INDEX toolbox_listed_title ON toolbox_listed (tenant_id, title_key, format_id, facets);
CREATE INDEX toolbox_listed_purpose ON toolbox_listed (tenant_id, by_purpose, title_key, format_id, facets);
CREATE INDEX toolbox_listed_form ON toolbox_listed (tenant_id, by_form, title_key, format_id, facets);
CREATE INDEX toolbox_listed_size ON toolbox_listed (tenant_id, by_size, title_key, format_id, facets);
CREATE INDEX toolbox_listed_distance ON toolbox_listed (tenant_id, by_distance, title_key, format_id, facets);
CREATE INDEX toolbox_listed_description ON toolbox_listed (tenant_id, by_description, title_key, format_id, facets);
CREATE INDEX toolbox_listed_tips ON toolbox_listed (tenant_id, by_tips, title_key, format_id, facets);
CREATE INDEX toolbox_listed_tools ON toolbox_listed (tenant_id, by_tools, title_key, format_id, facets);
CREATE INDEX toolbox_listed_effort ON toolbox_listed (tenant_id, by_effort, title_key, format_id, facets);
CREATE INDEX toolbox_listed_reports ON toolbox_listed (tenant_id, by_reports, title_key, format_id, facets);
CREATE INDEX toolbox_listed_change ON toolbox_listed (tenant_id, by_change, title_key, format_id, facets);
CREATE INDEX toolbox_listed_age ON toolbox_listed (tenant_id, by_age, title_key, format_id, facets);
-- For filters that leave few.
CREATE INDEX toolbox_listed_facets ON toolbox_listed (tenant_id, facets);

-- How many published formats there are of each combination of facets (at most 4,096 of them), in one row: every count
-- of every filter comes from it, at the same cost for a hundred formats and for a hundred thousand.
CREATE TABLE toolbox_counts (
    tenant_id {{int}} PRIMARY KEY,
    counts {{bytes}} NOT NULL
);
