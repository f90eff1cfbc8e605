-- Documents of a procedure: what is shown is the newest version; the files are attachments of the procedure.
CREATE TABLE procedures_document (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    title TEXT NOT NULL,
    position {{int}} NOT NULL,
    removed_at {{int}}              -- taken off the page; its versions stay for those who edit
);
CREATE INDEX procedures_document_by_procedure ON procedures_document (procedure_id, position, id);

CREATE TABLE procedures_document_version (
    document_id {{int}} NOT NULL REFERENCES procedures_document (id),
    number {{int}} NOT NULL,        -- 1 = the first
    attachment_id {{int}} NOT NULL,
    note TEXT NOT NULL,             -- what is new, for people
    at {{int}} NOT NULL,
    PRIMARY KEY (document_id, number)
);
