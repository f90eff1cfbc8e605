-- Standing pages are edited by people and put into menus by them.

ALTER TABLE pages_page ADD COLUMN place TEXT NOT NULL DEFAULT 'none';     -- none, main, footer, legal
ALTER TABLE pages_page ADD COLUMN position {{int}} NOT NULL DEFAULT 100;  -- among the entries of that menu
ALTER TABLE pages_page ADD COLUMN menu TEXT NOT NULL DEFAULT '';          -- name there; empty: the title
ALTER TABLE pages_page ADD COLUMN menu_en TEXT NOT NULL DEFAULT '';
ALTER TABLE pages_page ADD COLUMN changed_by {{int}} NOT NULL DEFAULT 0;  -- 0: erased, or came with the example

UPDATE pages_page SET place = 'main', position = 60, menu = 'Über uns', menu_en = 'About' WHERE key = 'about';
UPDATE pages_page SET place = 'footer', position = 20 WHERE key = 'how-it-works';
UPDATE pages_page SET place = 'footer', position = 30 WHERE key = 'netiquette';
UPDATE pages_page SET place = 'legal', position = 10 WHERE key = 'imprint';
UPDATE pages_page SET place = 'legal', position = 20 WHERE key = 'privacy';
UPDATE pages_page SET place = 'legal', position = 30, menu = 'Barrierefreiheit', menu_en = 'Accessibility'
    WHERE key = 'accessibility';

CREATE INDEX pages_page_by_menu ON pages_page (tenant_id, state, place, position, id);
CREATE INDEX pages_page_by_editor ON pages_page (changed_by);
