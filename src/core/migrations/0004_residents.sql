-- Residents' accounts: links that prove an address, other services that know the person, the proof of living here, and
-- drafts of what is not handed in yet.

ALTER TABLE core_account ADD COLUMN verified_at {{int}};
ALTER TABLE core_account ADD COLUMN verified_by TEXT NOT NULL DEFAULT '';  -- 'code', or the service that says so

-- The list of staff does not walk through the residents.
CREATE INDEX core_account_staff ON core_account (tenant_id, name, id) WHERE role <> 'resident';

-- A mail is wanted; the job that sends it makes the token, of which only the hash stays.
CREATE TABLE core_address_link (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    token_hash TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL,          -- register, sign_in, change
    account_id {{int}} NOT NULL DEFAULT 0,
    email TEXT NOT NULL,
    back TEXT NOT NULL,             -- where the person was
    expires_at {{int}} NOT NULL,
    used_at {{int}}
);
CREATE UNIQUE INDEX core_address_link_by_token ON core_address_link (token_hash) WHERE token_hash <> '';
CREATE INDEX core_address_link_by_tenant ON core_address_link (tenant_id, id);
CREATE INDEX core_address_link_by_account ON core_address_link (account_id) WHERE account_id <> 0;
CREATE INDEX core_address_link_by_age ON core_address_link (expires_at);

-- Who an account is to another sign-in service: nothing else links the two.
CREATE TABLE core_identity (
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id {{int}} NOT NULL REFERENCES core_account (id),
    label TEXT NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject)
);
CREATE INDEX core_identity_by_account ON core_identity (account_id);

-- Codes on paper: who holds one has shown the office that they live here. Of the code only the hash stays.
CREATE TABLE core_proof_code (
    hash TEXT PRIMARY KEY,
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    created_by {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    expires_at {{int}} NOT NULL,
    used_at {{int}}
);
CREATE INDEX core_proof_code_by_time ON core_proof_code (tenant_id, created_at);

-- What somebody has typed into the form at this address and not handed in yet.
CREATE TABLE core_draft (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    participant_id {{int}} NOT NULL REFERENCES core_participant (id),
    path TEXT NOT NULL,
    title TEXT NOT NULL,            -- of the form, for the person's list
    content TEXT NOT NULL,          -- JSON [[field, text], …]
    changed_at {{int}} NOT NULL,
    UNIQUE (participant_id, path)
);
CREATE INDEX core_draft_by_tenant ON core_draft (tenant_id, id);
CREATE INDEX core_draft_by_age ON core_draft (changed_at);
