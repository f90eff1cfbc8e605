-- The first time an office has answered a contribution, and after how many days (of Berlin): what the promise counts.
-- Worked out by the module that keeps answers, read by everything that shows figures.
CREATE TABLE core_reaction (
    contribution_id {{int}} PRIMARY KEY REFERENCES core_contribution (id),
    at {{int}} NOT NULL,
    days {{int}} NOT NULL
);
