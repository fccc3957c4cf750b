-- Appointments: what staff change of their clients', and what clients call off. Times are UTC, but for those of a series, which are
-- what the clock shows where the business is. One that clashes is refused with the others in the error's detail.

-- appointment NULL: a new one. changes: userId, startTime, endTime, fee, notes.
-- query: appointment_save
-- write
-- params: request uuid, appointment int4?, version text?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_save($1, $2, $3, $4);

-- A row an appointment. weekdays: 1 is Monday.
-- query: appointment_series
-- write
-- params: request uuid, member int4, first_start timestamp, minutes int4, fee numeric, notes text?,
--         weekdays int4[], further_weeks int4, skip_clashes bool
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_series($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- What a series would come to, by the clock where the business is; clashes: the appointments in the way, NULL without any.
-- query: appointment_series_preview
-- params: member int4, first_start timestamp, minutes int4, weekdays int4[], further_weeks int4
-- result: starts timestamp, ends timestamp, clashes text?
SELECT starts, ends, clashes FROM centurion.appointment_series_preview($1, $2, $3, $4, $5);

-- All, or none: then a row for each that is not as it was seen.
-- query: appointment_mark
-- write
-- params: request uuid, ids int4[], versions text[], status text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_mark($1, $2, $3, $4);

-- query: appointment_delete
-- write
-- params: request uuid, appointment int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_delete($1, $2, $3);

-- A client, a day or more ahead.
-- query: appointment_cancel
-- write
-- params: request uuid, appointment int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_cancel($1, $2, $3);

-- Several at once, all or none: moved by the clock, and of another length (minutes), fee or notes. changes: fee, notes.
-- query: appointments_save
-- write
-- params: request uuid, ids int4[], versions text[], days int4, minutes int4, length int4?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointments_save($1, $2, $3, $4, $5, $6, $7);

-- query: appointments_delete
-- write
-- params: request uuid, ids int4[], versions text[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointments_delete($1, $2, $3);

-- Further weeks of one that is there. A row for each that was made.
-- query: appointment_repeat
-- write
-- params: request uuid, appointment int4, version text, weekdays int4[], further_weeks int4, skip_clashes bool
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.appointment_repeat($1, $2, $3, $4, $5, $6);

-- query: appointment_repeat_preview
-- params: appointment int4, weekdays int4[], further_weeks int4
-- result: starts timestamp, ends timestamp, clashes text?
SELECT starts, ends, clashes FROM centurion.appointment_repeat_preview($1, $2, $3);

-- Where appointments would come to, and the client's others in the way there.
-- query: appointments_preview
-- params: ids int4[], days int4, minutes int4, length int4?
-- result: id int4, starts timestamp, ends timestamp, clashes text?
SELECT id, starts, ends, clashes FROM centurion.appointments_preview($1, $2, $3, $4);

-- What belongs together with one. here: -1 before it, 0 itself, 1 after it.
-- query: appointment_scope
-- params: appointment int4
-- result: id int4, here int4, starts timestamp, ends timestamp, state text, fee numeric, invoice text?, version text
SELECT id, here, starts, ends, state, fee, invoice, version FROM centurion.appointment_scope($1);

-- Past and not marked, the oldest first, those after a row (its ended and id) or from the start. ended is UTC.
-- query: appointments_unmarked
-- params: after_ended timestamp?, after_id int4?, page int4, coach int4?
-- result: id int4, user_id int4, title text, starts timestamp, ends timestamp, fee numeric, notes text?, version text, ended timestamp
SELECT id, user_id, title, starts, ends, fee, notes, version, ended FROM centurion.appointments_unmarked($1, $2, $3, $4);
