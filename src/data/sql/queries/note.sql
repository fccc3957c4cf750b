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

-- All of them or none; versions in the order of notes.
-- query: notes_delete
-- params: request uuid, notes int4[], versions text[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.notes_delete($1, $2, $3) AS c;

-- A page of the notes that one may see, the newest first, before a number (NULL: from the newest). words: words, "phrases", beginnings as begin*,
-- -without, alternatives with |. tag: without its #. tags: of the note, with blanks between. hits: the text with what the words found between the
-- characters 2 and 3. mine: may be changed by the caller.
-- query: note_search
-- params: words text?, tag text?, user_id int4?, week int4?, author int4?, before int4?, page int4
-- result: id int4, user_id int4, name text?, author_id int4, author text, week int4, created timestamp, edited bool, notes text, tags text?,
--         hits text?, mine bool, version text
-- timeout: 5000
SELECT id, user_id, name, author_id, author, week, created, edited, notes, tags, hits, mine, version
FROM centurion.note_search($1, $2, $3, $4, $5, $6, $7);

-- Tags in the newest 2,000 of them, most used first.
-- query: note_tags
-- params: words text?, user_id int4?, week int4?, author int4?
-- result: tag text, notes int4
-- timeout: 5000
SELECT tag, notes FROM centurion.note_tags($1, $2, $3, $4);

-- What a note about a member can say of them on a day (NULL: today); no row for whom one may not see. rate is in percent.
-- query: note_context
-- params: user_id int4, day date?
-- result: name text?, cohort text, week int4, weight float8?, rate int4
SELECT name, cohort, week, weight, rate FROM centurion.note_context($1, $2);
