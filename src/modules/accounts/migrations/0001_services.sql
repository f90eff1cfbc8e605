-- Other sign-in services of a municipality, and the states that were answered: each once.
CREATE TABLE accounts_service (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    secret_sealed TEXT NOT NULL,    -- with the key of the house; '' = a public client
    scopes TEXT NOT NULL,
    verified_claim TEXT NOT NULL,   -- "name" or "name=value"; '' = says nothing of where somebody lives
    active {{int}} NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE TABLE accounts_answered (
    state_hash TEXT PRIMARY KEY,
    expires_at {{int}} NOT NULL
);
CREATE INDEX accounts_answered_by_age ON accounts_answered (expires_at);
