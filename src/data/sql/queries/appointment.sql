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
