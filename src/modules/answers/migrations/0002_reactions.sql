-- First answers are kept in core, where figures read them too.
INSERT INTO core_reaction (contribution_id, at, days)
    SELECT contribution_id, at, days FROM answers_reaction WHERE true ON CONFLICT DO NOTHING;
DROP TABLE answers_reaction;
