-- The shared rooms: tenants, people, terms, attachments, revisions, audit, idempotency, mail.

CREATE TABLE core_tenant (
    id {{id}},
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    site_name TEXT NOT NULL,
    hosts TEXT NOT NULL,            -- space separated, lower case
    languages TEXT NOT NULL,        -- space separated, the first is the default
    theme TEXT NOT NULL,            -- JSON, see core::Theme
    embedding_sites TEXT NOT NULL,  -- space separated origins
    logo {{int}} NOT NULL DEFAULT 0,
    version {{int}} NOT NULL DEFAULT 1,
    created_at {{int}} NOT NULL
);

CREATE TABLE core_setting (
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

CREATE TABLE core_organisation (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (tenant_id, key)
);

-- tenant_id 0: operators of the installation, who belong to no municipality.
CREATE TABLE core_account (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation_id {{int}} NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    password_hash TEXT NOT NULL DEFAULT '',
    totp_sealed TEXT NOT NULL DEFAULT '',
    totp_last_step {{int}} NOT NULL DEFAULT 0,
    language TEXT NOT NULL DEFAULT '',
    created_at {{int}} NOT NULL,
    last_sign_in {{int}},
    UNIQUE (tenant_id, email)
);
CREATE INDEX core_account_by_name ON core_account (tenant_id, name, id);

CREATE TABLE core_recovery_code (
    account_id {{int}} NOT NULL REFERENCES core_account (id),
    hash TEXT NOT NULL,
    used_at {{int}},
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE core_session (
    id {{id}},
    token_hash TEXT NOT NULL UNIQUE,
    account_id {{int}} NOT NULL REFERENCES core_account (id),
    created_at {{int}} NOT NULL,
    seen_at {{int}} NOT NULL,
    expires_at {{int}} NOT NULL,
    device TEXT NOT NULL,
    notice TEXT NOT NULL DEFAULT '',
    second_factor_pending {{int}} NOT NULL DEFAULT 0
);
CREATE INDEX core_session_by_account ON core_session (account_id, seen_at);

CREATE TABLE core_link (
    token_hash TEXT PRIMARY KEY,
    account_id {{int}} NOT NULL REFERENCES core_account (id),
    purpose TEXT NOT NULL,
    expires_at {{int}} NOT NULL,
    used_at {{int}}
);
CREATE INDEX core_link_by_account ON core_link (account_id, purpose);

CREATE TABLE core_term (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    tree TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    icon TEXT NOT NULL DEFAULT '',
    colour TEXT NOT NULL DEFAULT '',
    position {{int}} NOT NULL DEFAULT 0,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    outline TEXT NOT NULL DEFAULT '',
    retired {{int}} NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, tree, key)
);

CREATE TABLE core_classification (
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    module TEXT NOT NULL,
    item {{int}} NOT NULL,
    term_id {{int}} NOT NULL REFERENCES core_term (id),
    PRIMARY KEY (module, item, term_id)
);
CREATE INDEX core_classification_by_term ON core_classification (tenant_id, module, term_id, item);

CREATE TABLE core_attachment (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    module TEXT NOT NULL,
    item {{int}} NOT NULL,
    role TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    alt TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL,
    extension TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size {{int}} NOT NULL,
    width {{int}} NOT NULL DEFAULT 0,
    height {{int}} NOT NULL DEFAULT 0,
    position {{int}} NOT NULL DEFAULT 0,
    created_by {{int}} NOT NULL,
    created_at {{int}} NOT NULL
);
CREATE INDEX core_attachment_by_item ON core_attachment (tenant_id, module, item, position, id);

CREATE TABLE core_revision (
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    module TEXT NOT NULL,
    item {{int}} NOT NULL,
    number {{int}} NOT NULL,
    account_id {{int}} NOT NULL,
    at {{int}} NOT NULL,
    comment TEXT NOT NULL,
    content TEXT NOT NULL,          -- JSON [[field, text], …]
    PRIMARY KEY (module, item, number)
);

CREATE TABLE core_audit (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    number {{int}} NOT NULL,
    at {{int}} NOT NULL,
    account_id {{int}} NOT NULL,
    action TEXT NOT NULL,
    module TEXT NOT NULL,
    item {{int}} NOT NULL,
    details TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (tenant_id, number)
);
-- The end of each chain; taking this row is what makes writers of one chain wait for each other.
CREATE TABLE core_audit_head (
    tenant_id {{int}} PRIMARY KEY,
    number {{int}} NOT NULL,
    hash TEXT NOT NULL
);
-- only sqlite
CREATE TRIGGER core_audit_no_update BEFORE UPDATE ON core_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER core_audit_no_delete BEFORE DELETE ON core_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- end
-- only postgresql
CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER core_audit_append_only BEFORE UPDATE OR DELETE ON core_audit FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
-- end

-- A form sent twice is done once: the key stands in the form, the answer of the first time is given again.
CREATE TABLE core_idempotency (
    tenant_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    location TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX core_idempotency_by_age ON core_idempotency (created_at);

-- Mails wait here until the job has sent them; the text is then emptied.
CREATE TABLE core_mail (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    sent_at {{int}}
);

-- Small facts of the installation ("example loaded").
CREATE TABLE core_fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
