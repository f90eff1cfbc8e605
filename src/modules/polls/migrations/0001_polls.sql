-- Quick polls: questions with their answers to choose from, votes, and how often each answer was chosen.

-- One row for each activity that has questions. turn rises with everything that changes what listeners see, so that of
-- two states at once the later one stays.
CREATE TABLE polls_poll (
    activity_id {{int}} PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    turn {{int}} NOT NULL
);
CREATE TABLE polls_question (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    key TEXT NOT NULL,
    position {{int}} NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,             -- a sentence below it, may be empty
    options TEXT NOT NULL,          -- JSON: [{"key", "label"}]
    most {{int}} NOT NULL,          -- how many may be chosen
    closed {{int}} NOT NULL,        -- 1: staff have ended it, whatever the grid says
    edits {{int}} NOT NULL,         -- counts changes of the words: a vote on others is not taken
    votes {{int}} NOT NULL,         -- persons
    UNIQUE (activity_id, key)
);
CREATE INDEX polls_question_by_position ON polls_question (activity_id, position, id);

-- One row for each person and question. participant_id is emptied when the person is erased; the vote stays counted.
CREATE TABLE polls_vote (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    question_id {{int}} NOT NULL REFERENCES polls_question (id),
    participant_id {{int}},
    chosen TEXT NOT NULL,           -- JSON: keys of answers
    voted_at {{int}} NOT NULL,
    UNIQUE (question_id, participant_id)
);
CREATE INDEX polls_vote_by_participant ON polls_vote (participant_id, activity_id, id);

-- How often each answer was chosen; changed in the transaction of the vote.
CREATE TABLE polls_count (
    question_id {{int}} NOT NULL REFERENCES polls_question (id),
    option_key TEXT NOT NULL,
    tenant_id {{int}} NOT NULL,
    n {{int}} NOT NULL,
    PRIMARY KEY (question_id, option_key)
);
