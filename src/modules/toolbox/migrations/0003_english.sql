-- The texts of a format in English, the administration's list by change, and brochures that are made one by one.

ALTER TABLE toolbox_format ADD COLUMN description_en TEXT NOT NULL DEFAULT '';
ALTER TABLE toolbox_format ADD COLUMN tips_en TEXT NOT NULL DEFAULT '';
ALTER TABLE toolbox_format ADD COLUMN duration_en TEXT NOT NULL DEFAULT '';
ALTER TABLE toolbox_format ADD COLUMN source_en TEXT NOT NULL DEFAULT '';
ALTER TABLE toolbox_link ADD COLUMN title_en TEXT NOT NULL DEFAULT '';
ALTER TABLE toolbox_link ADD COLUMN note_en TEXT NOT NULL DEFAULT '';
CREATE INDEX toolbox_format_by_change ON toolbox_format (tenant_id, changed_at, id);

-- A brochure that somebody asked for, kept for a day. No person is named: the token in the address is all that leads to
-- it, and what stands in it is public.
CREATE TABLE toolbox_brochure (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    token TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,                      -- waiting, running, done, failed, cancelled
    step TEXT NOT NULL,                       -- of a running one: collecting, setting
    language TEXT NOT NULL,
    site TEXT NOT NULL,                       -- "https://mitwirken.example.org": codes on paper need whole addresses
    choice TEXT NOT NULL,                     -- the address's query it was asked for with
    entries {{int}} NOT NULL,
    file TEXT NOT NULL,                       -- name in data/sheets, "" until it is done
    created_at {{int}} NOT NULL,
    started_at {{int}},
    finished_at {{int}}
);
CREATE INDEX toolbox_brochure_by_time ON toolbox_brochure (created_at, id);
CREATE INDEX toolbox_brochure_by_state ON toolbox_brochure (tenant_id, state, id);
CREATE INDEX toolbox_brochure_by_file ON toolbox_brochure (file);
