-- What participation needs: dossiers, procedures with their grid, participants, contributions, interactions, moderation.

CREATE TABLE core_dossier (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    organisation_id {{int}} NOT NULL DEFAULT 0,
    state TEXT NOT NULL,            -- draft, published, archived
    created_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    UNIQUE (tenant_id, key)
);

-- What belongs to a matter besides its procedures: council papers, decisions, links; one line of its time line each.
CREATE TABLE core_dossier_entry (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    dossier_id {{int}} NOT NULL REFERENCES core_dossier (id),
    kind TEXT NOT NULL,             -- council_paper, decision, plan, note
    day TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL
);
CREATE INDEX core_dossier_entry_by_day ON core_dossier_entry (dossier_id, day, id);

-- Templates: a procedure in the exchange format with days counted from its beginning. Every change is a new version.
CREATE TABLE core_procedure_type (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    version {{int}} NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    format_key TEXT NOT NULL,       -- the toolbox format it carries out, '' = none
    content TEXT NOT NULL,
    created_by {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    retired {{int}} NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, key, version)
);
CREATE INDEX core_procedure_type_by_format ON core_procedure_type (tenant_id, format_key);

CREATE TABLE core_procedure (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    dossier_id {{int}} NOT NULL REFERENCES core_dossier (id),
    type_id {{int}} NOT NULL DEFAULT 0,
    organisation_id {{int}} NOT NULL DEFAULT 0,
    key TEXT NOT NULL,
    state TEXT NOT NULL,            -- draft, published, paused
    listed {{int}} NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    influence TEXT NOT NULL,        -- what people can change, and what not
    next_steps TEXT NOT NULL,
    contact TEXT NOT NULL,
    promise_days {{int}} NOT NULL DEFAULT 0,
    area TEXT NOT NULL,             -- GeoJSON geometry, '' = the whole municipality
    extra TEXT NOT NULL,            -- JSON: members of the exchange format that this version does not know
    submitted_by {{int}} NOT NULL DEFAULT 0,
    published_at {{int}},
    created_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE INDEX core_procedure_by_dossier ON core_procedure (dossier_id, id);
CREATE INDEX core_procedure_by_change ON core_procedure (tenant_id, changed_at, id);

CREATE TABLE core_track (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    for_whom TEXT NOT NULL,         -- fits behind "nur für"
    audience TEXT NOT NULL,         -- everyone, invited, staff
    extra TEXT NOT NULL,            -- JSON, as everywhere here: members of the exchange format not known to us
    position {{int}} NOT NULL,
    UNIQUE (procedure_id, key)
);

-- Pure time. Exactly one kind of dates is filled: days (inclusive), local instants, or words.
CREATE TABLE core_step (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    track_id {{int}} NOT NULL REFERENCES core_track (id),
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    roughly TEXT NOT NULL,
    silent {{int}} NOT NULL DEFAULT 0,  -- not drawn on the public time line
    round {{int}} NOT NULL DEFAULT 0,
    legal_code TEXT NOT NULL,
    extra TEXT NOT NULL,
    position {{int}} NOT NULL,
    UNIQUE (track_id, key)
);
CREATE INDEX core_step_by_procedure ON core_step (procedure_id, position);

CREATE TABLE core_activity (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    key TEXT NOT NULL,
    module TEXT NOT NULL,
    title TEXT NOT NULL,
    intro TEXT NOT NULL,
    who TEXT NOT NULL,              -- everyone, email, account, verified, invited, token
    settings TEXT NOT NULL,         -- JSON object, keys of the module's activity settings
    extra TEXT NOT NULL,
    contributions {{int}} NOT NULL DEFAULT 0,  -- published ones
    position {{int}} NOT NULL,
    UNIQUE (procedure_id, key)
);

-- Activity × Step: the only place that says what is open. No row: hidden, nothing open.
CREATE TABLE core_step_setting (
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    activity_id {{int}} NOT NULL REFERENCES core_activity (id),
    step_id {{int}} NOT NULL REFERENCES core_step (id),
    visible {{int}} NOT NULL,
    open TEXT NOT NULL,             -- interactions, space separated
    extra TEXT NOT NULL,
    position {{int}} NOT NULL,      -- place in the exchange file
    PRIMARY KEY (activity_id, step_id)
);
CREATE INDEX core_step_setting_by_procedure ON core_step_setting (procedure_id, position);
CREATE INDEX core_step_setting_by_step ON core_step_setting (step_id);

-- The pseudonym under which somebody acts. token_hash '' = has no browser (paper, phone, hall).
CREATE TABLE core_participant (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    token_hash TEXT NOT NULL,
    account_id {{int}} NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    email TEXT NOT NULL,            -- confirmed, else ''
    trust {{int}} NOT NULL DEFAULT 0,
    created_at {{int}} NOT NULL,
    seen_at {{int}} NOT NULL
);
CREATE UNIQUE INDEX core_participant_by_token ON core_participant (token_hash) WHERE token_hash <> '';
CREATE INDEX core_participant_by_account ON core_participant (account_id) WHERE account_id <> 0;
CREATE INDEX core_participant_by_email ON core_participant (tenant_id, email) WHERE email <> '';

CREATE TABLE core_membership (
    tenant_id {{int}} NOT NULL,
    track_id {{int}} NOT NULL REFERENCES core_track (id),
    participant_id {{int}} NOT NULL REFERENCES core_participant (id),
    at {{int}} NOT NULL,
    PRIMARY KEY (track_id, participant_id)
);
CREATE INDEX core_membership_by_participant ON core_membership (participant_id, track_id);

-- The common head of everything people hand in. A comment has the contribution it belongs to as its target.
CREATE TABLE core_contribution (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL REFERENCES core_procedure (id),
    activity_id {{int}} NOT NULL REFERENCES core_activity (id),
    step_id {{int}} NOT NULL DEFAULT 0,
    module TEXT NOT NULL,
    kind TEXT NOT NULL,             -- idea, comment, topic, answer, statement …
    target_id {{int}} NOT NULL DEFAULT 0,
    parent_id {{int}} NOT NULL DEFAULT 0,
    participant_id {{int}} NOT NULL DEFAULT 0,  -- 0: erased, or an office spoke
    organisation_id {{int}} NOT NULL DEFAULT 0, -- the office that speaks ("official")
    author_name TEXT NOT NULL,      -- as it is shown; '' = anonymous
    channel TEXT NOT NULL,          -- online, live, paper, phone, mail, hearing
    state TEXT NOT NULL,            -- waiting, held, published, hidden, withdrawn
    status TEXT NOT NULL,           -- what the office does with it: '', in_review, planned, done, declined …
    status_reason TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    language TEXT NOT NULL,
    place TEXT NOT NULL,            -- GeoJSON geometry, '' = none
    lon DOUBLE PRECISION,           -- a point inside it, for maps and radius
    lat DOUBLE PRECISION,
    supports {{int}} NOT NULL DEFAULT 0,
    comments {{int}} NOT NULL DEFAULT 0,
    entered_by {{int}} NOT NULL DEFAULT 0,      -- staff who typed it in
    edit_count {{int}} NOT NULL DEFAULT 0,
    merged_into {{int}} NOT NULL DEFAULT 0,     -- a duplicate points at the one that stays
    created_at {{int}} NOT NULL,
    published_at {{int}},
    changed_at {{int}} NOT NULL
);
CREATE INDEX core_contribution_by_time ON core_contribution (activity_id, kind, state, published_at, id);
CREATE INDEX core_contribution_by_support ON core_contribution (activity_id, kind, state, supports, id);
CREATE INDEX core_contribution_by_talk ON core_contribution (activity_id, kind, state, comments, id);
CREATE INDEX core_contribution_by_target ON core_contribution (target_id, state, created_at, id) WHERE target_id <> 0;
CREATE INDEX core_contribution_by_participant ON core_contribution (participant_id, id);
CREATE INDEX core_contribution_by_procedure ON core_contribution (procedure_id, created_at, id);
CREATE INDEX core_contribution_held ON core_contribution (tenant_id, state, created_at, id) WHERE state IN ('held', 'waiting');

-- What was handed in, as it was handed in: never changed. Removed only when the person is erased.
CREATE TABLE core_original (
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    number {{int}} NOT NULL,        -- 1 = first; further ones are the author's own later wordings
    content TEXT NOT NULL,          -- JSON object
    at {{int}} NOT NULL,
    PRIMARY KEY (contribution_id, number)
);

CREATE TABLE core_support (
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    participant_id {{int}} NOT NULL REFERENCES core_participant (id),
    at {{int}} NOT NULL,
    PRIMARY KEY (contribution_id, participant_id)
);
CREATE INDEX core_support_by_participant ON core_support (participant_id, contribution_id);

-- What people did; what evaluation counts. Appended, never changed; erasing a person sets participant_id to 0.
CREATE TABLE core_interaction (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    procedure_id {{int}} NOT NULL,
    activity_id {{int}} NOT NULL,
    step_id {{int}} NOT NULL,
    participant_id {{int}} NOT NULL,
    kind TEXT NOT NULL,             -- add, edit, withdraw, support, unsupport, comment, answer, vote, flag
    contribution_id {{int}} NOT NULL,
    channel TEXT NOT NULL,
    at {{int}} NOT NULL
);
CREATE INDEX core_interaction_by_activity ON core_interaction (activity_id, at, id);
CREATE INDEX core_interaction_by_participant ON core_interaction (participant_id, id);

-- A contribution waits for its author to press the button on the page that the mail leads to.
CREATE TABLE core_confirmation (
    token_hash TEXT PRIMARY KEY,
    tenant_id {{int}} NOT NULL,
    participant_id {{int}} NOT NULL REFERENCES core_participant (id),
    contribution_id {{int}} NOT NULL,
    email TEXT NOT NULL,
    expires_at {{int}} NOT NULL,
    used_at {{int}}
);
CREATE INDEX core_confirmation_by_participant ON core_confirmation (participant_id);

-- The desk: one case for each contribution that somebody has to look at; decisions are appended.
CREATE TABLE core_case (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    contribution_id {{int}} NOT NULL REFERENCES core_contribution (id),
    procedure_id {{int}} NOT NULL,
    reason TEXT NOT NULL,           -- before_publication, flagged, words, similar_to_removed, appeal, links
    state TEXT NOT NULL,            -- open, second_opinion, decided
    created_at {{int}} NOT NULL,
    decided_at {{int}}
);
CREATE INDEX core_case_open ON core_case (tenant_id, id) WHERE state <> 'decided';
CREATE INDEX core_case_decided ON core_case (tenant_id, id) WHERE state = 'decided';
CREATE INDEX core_case_by_contribution ON core_case (contribution_id, id);

CREATE TABLE core_flag (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    case_id {{int}} NOT NULL REFERENCES core_case (id),
    participant_id {{int}} NOT NULL,
    reason TEXT NOT NULL,           -- insult, spam, privacy, off_topic, other
    words TEXT NOT NULL,
    at {{int}} NOT NULL
);
CREATE INDEX core_flag_by_case ON core_flag (case_id, id);
CREATE INDEX core_flag_by_participant ON core_flag (participant_id, id);

CREATE TABLE core_decision (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    case_id {{int}} NOT NULL REFERENCES core_case (id),
    account_id {{int}} NOT NULL,
    decision TEXT NOT NULL,         -- publish, hide, redact, dismiss, propose_hide
    rule TEXT NOT NULL,             -- of the published rules
    words TEXT NOT NULL,            -- what the author is told
    at {{int}} NOT NULL
);
CREATE INDEX core_decision_by_case ON core_decision (case_id, id);
CREATE INDEX core_decision_by_time ON core_decision (tenant_id, id);
