-- Taking back what a request changed.

-- query: undo
-- params: request uuid, changed uuid
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.undo($1, $2) AS c;

-- What that would do; no row: there is no such change. field NULL: the whole row, which is there now or will be then.
-- query: undo_preview
-- params: changed uuid
-- result: entity text, key text, field text?, now_is text?, then_is text?, fault text?
SELECT entity, key, field, now_is, then_is, fault FROM centurion.undo_preview($1);
