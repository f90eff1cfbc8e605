-- The procedure an article belongs to; 0: none.
ALTER TABLE news_article ADD COLUMN procedure_id {{int}} NOT NULL DEFAULT 0;
CREATE INDEX news_article_by_procedure ON news_article (procedure_id, day, id) WHERE procedure_id <> 0;
