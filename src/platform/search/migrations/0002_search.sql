-- The full-text index. title_terms and summary_terms are the stems in their order, for the ranking; the texts stand in
-- a table of their own, because only the page that is shown needs them.
CREATE TABLE platform_search_document (
    id {{id}},
    tenant_id {{int}} NOT NULL,
    module TEXT NOT NULL,
    item {{int}} NOT NULL,
    audience TEXT NOT NULL,
    facet TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    title_terms TEXT NOT NULL,
    summary_terms TEXT NOT NULL,
    at {{int}} NOT NULL
);
CREATE UNIQUE INDEX platform_search_document_item ON platform_search_document (module, item);
CREATE TABLE platform_search_text (
    document_id {{int}} PRIMARY KEY REFERENCES platform_search_document (id) ON DELETE CASCADE,
    summary TEXT NOT NULL,
    body TEXT NOT NULL
);
-- Words of titles, for "did you mean". ending: the last three letters, so that a slip at the beginning is found too.
CREATE TABLE platform_search_word (
    tenant_id {{int}} NOT NULL,
    folded TEXT NOT NULL,
    word TEXT NOT NULL,
    ending TEXT NOT NULL,
    documents {{int}} NOT NULL,
    PRIMARY KEY (tenant_id, folded)
);
CREATE INDEX platform_search_word_ending ON platform_search_word (tenant_id, ending);
-- Terms come in as stems made of letters and digits; the tokenizer only has to split at the spaces between them.
-- only sqlite
CREATE VIRTUAL TABLE platform_search_index USING fts5(title, summary, body, scope, tokenize = 'ascii', prefix = '3 4',
    columnsize = 0);
-- end
-- only postgresql
ALTER TABLE platform_search_document ADD COLUMN terms tsvector NOT NULL;
ALTER TABLE platform_search_document ALTER COLUMN terms SET STATISTICS 1000;
CREATE INDEX platform_search_document_terms ON platform_search_document USING gin (terms) WITH (fastupdate = off);
-- end
