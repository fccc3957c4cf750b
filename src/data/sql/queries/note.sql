-- Coaches' notes about members.

-- A new note (note and version NULL), or changes of one. changes: {"weekNumber": 2, "notes": "..."}; user_id: whom it is about.
-- query: note_save
-- params: request uuid, note int4?, version text?, user_id int4?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.note_save($1, $2, $3, $4, $5) AS c;

-- query: note_delete
-- params: request uuid, note int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.note_delete($1, $2, $3) AS c;
