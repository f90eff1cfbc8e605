-- Mails that somebody has subscribed to carry the address that ends them (RFC 8058).
ALTER TABLE core_mail ADD COLUMN list_unsubscribe TEXT NOT NULL DEFAULT '';
