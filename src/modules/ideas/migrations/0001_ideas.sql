-- What is special to an idea: the values of the fields that the editor added. Head, text and place: core_contribution.
CREATE TABLE ideas_idea (
    contribution_id {{int}} PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    fields TEXT NOT NULL        -- JSON object: key of the field -> text
);
CREATE INDEX ideas_idea_by_activity ON ideas_idea (activity_id, contribution_id);
