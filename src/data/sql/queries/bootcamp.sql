-- Bootcamps, and who is registered for them.

-- bootcamp NULL: a new one. changes: name, startTime, endTime, location, capacity, description. confirm: with fewer places than people.
-- query: bootcamp_save
-- write
-- params: request uuid, bootcamp int4?, version text?, changes jsonb, confirm bool
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.bootcamp_save($1, $2, $3, $4, $5);

-- query: bootcamp_delete
-- write
-- params: request uuid, bootcamp int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.bootcamp_delete($1, $2, $3);

-- A row for each of them, those who were registered before too.
-- query: attendance_add
-- write
-- params: request uuid, bootcamp int4, users int4[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.attendance_add($1, $2, $3);

-- query: attendance_remove
-- write
-- params: request uuid, bootcamp int4, users int4[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.attendance_remove($1, $2, $3);

-- A client, for themselves.
-- query: bootcamp_register
-- write
-- params: request uuid, bootcamp int4
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.bootcamp_register($1, $2);

-- query: bootcamp_unregister
-- write
-- params: request uuid, bootcamp int4
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.bootcamp_unregister($1, $2);
