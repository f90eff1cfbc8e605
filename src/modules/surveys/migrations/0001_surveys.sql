-- Questionnaires with their versions, answers in hand and sent, their counts, free texts with tags, invitations.

-- What staff work on; it becomes a version when it is released.
CREATE TABLE surveys_draft (
    activity_id {{int}} PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    content TEXT NOT NULL,          -- the questionnaire as JSON
    edits {{int}} NOT NULL,         -- counts changes, so that two people at once see each other
    changed_at {{int}} NOT NULL
);
-- The contents before each change, for undoing.
CREATE TABLE surveys_undo (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    content TEXT NOT NULL,
    at {{int}} NOT NULL
);
CREATE INDEX surveys_undo_by_activity ON surveys_undo (activity_id, id);

-- What people answer. Never changed: a changed questionnaire is a new version.
CREATE TABLE surveys_version (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    number {{int}} NOT NULL,
    content TEXT NOT NULL,
    published_at {{int}} NOT NULL,
    replaced_at {{int}},
    UNIQUE (activity_id, number)
);

-- Answers in hand: one for each person and survey, until they are sent or thirty days old.
CREATE TABLE surveys_sitting (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    participant_id {{int}} NOT NULL,
    version_id {{int}} NOT NULL,
    changes_id {{int}} NOT NULL DEFAULT 0,     -- the answer that is being changed
    invitation_id {{int}} NOT NULL DEFAULT 0,
    answers TEXT NOT NULL,
    started_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL
);
CREATE INDEX surveys_sitting_by_participant ON surveys_sitting (participant_id, activity_id, id);
CREATE INDEX surveys_sitting_by_invitation ON surveys_sitting (invitation_id) WHERE invitation_id <> 0;
CREATE INDEX surveys_sitting_by_change ON surveys_sitting (changed_at);

-- What was sent; head, person and state: core_contribution.
CREATE TABLE surveys_answer (
    contribution_id {{int}} PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    version_id {{int}} NOT NULL,
    channel TEXT NOT NULL,
    answers TEXT NOT NULL,
    counted {{int}} NOT NULL,       -- 1: is in surveys_count
    sent_at {{int}} NOT NULL
);
CREATE INDEX surveys_answer_by_activity ON surveys_answer (activity_id, contribution_id);
CREATE INDEX surveys_answer_uncounted ON surveys_answer (activity_id) WHERE counted = 0;

-- How often each cell of a question is there; changed with the answer that is counted.
CREATE TABLE surveys_count (
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    version_id {{int}} NOT NULL,
    channel TEXT NOT NULL,
    question TEXT NOT NULL,
    cell TEXT NOT NULL,
    n {{int}} NOT NULL,
    PRIMARY KEY (activity_id, version_id, channel, question, cell)
);

-- Chosen answers, for cross tables.
CREATE TABLE surveys_choice (
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    item TEXT NOT NULL,             -- key of the question, of a matrix "question/row"
    contribution_id {{int}} NOT NULL,
    cell TEXT NOT NULL,
    PRIMARY KEY (activity_id, item, contribution_id, cell)
);
CREATE INDEX surveys_choice_by_answer ON surveys_choice (contribution_id);

-- Free texts and places, for lists and coding.
CREATE TABLE surveys_text (
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    question TEXT NOT NULL,
    contribution_id {{int}} NOT NULL,
    text TEXT NOT NULL,
    released {{int}} NOT NULL DEFAULT 0,       -- shown to the public by staff
    PRIMARY KEY (activity_id, question, contribution_id)
);
CREATE INDEX surveys_text_by_answer ON surveys_text (contribution_id);
CREATE INDEX surveys_text_released ON surveys_text (activity_id, question, contribution_id) WHERE released = 1;

CREATE TABLE surveys_tag (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    question TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (activity_id, question, name)
);
CREATE TABLE surveys_coding (
    tag_id {{int}} NOT NULL,
    contribution_id {{int}} NOT NULL,
    tenant_id {{int}} NOT NULL,
    PRIMARY KEY (tag_id, contribution_id)
);
CREATE INDEX surveys_coding_by_answer ON surveys_coding (contribution_id);

-- Single-use invitations. Nothing links one to the answer it was spent for.
CREATE TABLE surveys_invitation (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    batch {{int}} NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    sealed TEXT NOT NULL,           -- the code, readable with the key of the installation only; '' once it is spent
    spent {{int}} NOT NULL DEFAULT 0
);
CREATE INDEX surveys_invitation_by_batch ON surveys_invitation (activity_id, batch, id);
