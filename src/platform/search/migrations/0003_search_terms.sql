-- The long terms of the index, so that the beginning of a long word is looked for as the words it may become: SQLite's
-- FTS5 knows beginnings of 3 to 6 letters; for longer ones it would read everything that begins so before the first hit.
-- PostgreSQL's index does that itself; there the table stays empty.
CREATE TABLE platform_search_term (term TEXT PRIMARY KEY);
-- only sqlite
CREATE VIRTUAL TABLE platform_search_vocabulary USING fts5vocab(platform_search_index, row);
INSERT INTO platform_search_term (term) SELECT term FROM platform_search_vocabulary WHERE length(term) > 6;
DROP TABLE platform_search_vocabulary;
-- Titles once more on their own: the newest titles with two common words are found without walking through all texts.
CREATE VIRTUAL TABLE platform_search_title USING fts5(title, scope, tokenize = 'ascii', prefix = '3 4 5 6',
    columnsize = 0);
INSERT INTO platform_search_title (rowid, title, scope) SELECT rowid, title, scope FROM platform_search_index;
-- end
