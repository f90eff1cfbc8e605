-- Beginnings of 7 to 10 letters stand in the index, too. As lists of the words they may become, a hundred for the common
-- ones, they cost more than all the rest of a search: each word is looked up in every part of the index.
-- only sqlite
CREATE VIRTUAL TABLE platform_search_index_new USING fts5(title, summary, body, scope, tokenize = 'ascii',
    prefix = '3 4 5 6 7 8 9 10', columnsize = 0);
INSERT INTO platform_search_index_new (rowid, title, summary, body, scope)
    SELECT rowid, title, summary, body, scope FROM platform_search_index;
DROP TABLE platform_search_index;
ALTER TABLE platform_search_index_new RENAME TO platform_search_index;
CREATE VIRTUAL TABLE platform_search_title_new USING fts5(title, scope, tokenize = 'ascii',
    prefix = '3 4 5 6 7 8 9 10', columnsize = 0);
INSERT INTO platform_search_title_new (rowid, title, scope) SELECT rowid, title, scope FROM platform_search_title;
DROP TABLE platform_search_title;
ALTER TABLE platform_search_title_new RENAME TO platform_search_title;
-- Counted in bytes, as the program does.
DELETE FROM platform_search_term WHERE length(CAST(term AS BLOB)) <= 10;
-- end
