-- Who is invited to a track of a procedure. The job that sends the mail makes the token; only its hash stays.
CREATE TABLE invitations_invitation (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    track_id {{int}} NOT NULL REFERENCES core_track (id),
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL DEFAULT '',
    participant_id {{int}} NOT NULL DEFAULT 0,  -- who accepted it
    created_at {{int}} NOT NULL,
    sent_at {{int}},
    accepted_at {{int}},
    UNIQUE (track_id, email)
);
CREATE UNIQUE INDEX invitations_by_token ON invitations_invitation (token_hash) WHERE token_hash <> '';
CREATE INDEX invitations_by_procedure ON invitations_invitation (procedure_id, id);
CREATE INDEX invitations_by_tenant ON invitations_invitation (tenant_id, email);
CREATE INDEX invitations_by_participant ON invitations_invitation (participant_id) WHERE participant_id <> 0;
