-- News. Whether an article is seen is computed from state, publish_at and unpublish_at at every request.
-- changed_by 0: the account was erased, or the article came with the example.

CREATE TABLE news_article (
    id {{id}},
    tenant_id {{int}} NOT NULL REFERENCES core_tenant (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL,                -- draft, handed_in, agreed, published, archived
    organisation_id {{int}} NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    kicker TEXT NOT NULL DEFAULT '',    -- the word above the title
    lead TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',      -- Markdown
    source TEXT NOT NULL DEFAULT '',    -- where the text comes from
    day TEXT NOT NULL,                  -- the day it bears, ISO
    publish_at {{int}},
    unpublish_at {{int}},
    changed_at {{int}} NOT NULL,
    changed_by {{int}} NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, key)
);
CREATE INDEX news_article_by_day ON news_article (tenant_id, state, day, id);
CREATE INDEX news_article_by_publication ON news_article (tenant_id, state, publish_at);
CREATE INDEX news_article_by_end ON news_article (tenant_id, state, unpublish_at);
CREATE INDEX news_article_by_number ON news_article (tenant_id, id);
CREATE INDEX news_article_by_editor ON news_article (changed_by);
