-- The desk: who has taken a case, what removed texts looked like, originals of pictures that show less now, and proofs
-- of work that were used.

ALTER TABLE core_case ADD COLUMN assigned_to {{int}} NOT NULL DEFAULT 0;
CREATE INDEX core_case_assigned ON core_case (tenant_id, assigned_to, id) WHERE state <> 'decided';
CREATE INDEX core_case_by_time ON core_case (tenant_id, created_at);
CREATE INDEX core_case_by_decision ON core_case (tenant_id, decided_at);
CREATE INDEX core_decision_by_day ON core_decision (tenant_id, at);

-- Sketches of hidden texts: numbers from which no text can be made again. See core/moderation/similar.h.
CREATE TABLE core_removed_print (
    tenant_id {{int}} NOT NULL,
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    print {{int}} NOT NULL,
    PRIMARY KEY (contribution_id, print)
);
CREATE INDEX core_removed_print_by_print ON core_removed_print (tenant_id, print, contribution_id);

-- A picture as it was handed in, when the published one shows less. Only the desk reads it.
CREATE TABLE core_attachment_original (
    attachment_id {{int}} PRIMARY KEY REFERENCES core_attachment (id),
    tenant_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size {{int}} NOT NULL,
    at {{int}} NOT NULL
);

-- Challenges that were solved and used: each counts once.
CREATE TABLE core_spent_proof (
    challenge_hash TEXT PRIMARY KEY,
    at {{int}} NOT NULL
);
CREATE INDEX core_spent_proof_by_time ON core_spent_proof (at);
