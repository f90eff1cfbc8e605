-- What is special to a topic: when something last happened in it. Head and text: core_contribution.
CREATE TABLE discussion_topic (
    contribution_id {{int}} PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    last_at {{int}} NOT NULL        -- the newest public comment, else the topic itself
);
CREATE INDEX discussion_topic_by_activity ON discussion_topic (activity_id, last_at, contribution_id);
