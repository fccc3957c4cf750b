-- Changing what is not one's own to change, or not in this way: directly, through the functions for it, and with somebody else's request.

-- attack: own role, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.users SET role = 'ADMIN' WHERE id = 9;

-- attack: own e-mail, past everything, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.users SET email = 'other@example.org' WHERE id = 9;

-- attack: own password, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.users SET password = 'x' WHERE id = 9;

-- attack: somebody out of the way, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
DELETE FROM public.users WHERE id = 90;

-- attack: somebody new, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.users (email, name, role) VALUES ('new@example.org', 'New', 'ADMIN');

-- attack: own fee, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.appointments SET fee = 0 WHERE "userId" = 9;

-- attack: own ATTENDED, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.appointments SET status = 'ATTENDED' WHERE "userId" = 9;

-- attack: an invoiced appointment, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.appointments SET fee = 1 WHERE "invoiceId" IS NOT NULL;

-- attack: an appointment off its invoice, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.appointments SET "invoiceId" = NULL WHERE "invoiceId" IS NOT NULL;

-- attack: an invoice, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.invoices SET "totalAmount" = 0;

-- attack: an invoice out of the way, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
DELETE FROM public.invoices WHERE "userId" = 9;

-- attack: a payment, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO centurion.payments ("invoiceId", amount, method, "paidOn") SELECT min(id), 1, 'cash', current_date FROM public.invoices;

-- attack: own cohort, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.cohort_memberships SET "cohortId" = 4 WHERE "userId" = 9 AND "cohortId" = 2;

-- attack: a cohort for oneself, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.cohort_memberships ("cohortId", "userId") VALUES (5, 9);

-- attack: somebody else's cohort to coach, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (5, 8);

-- attack: other coaches' notes, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.coach_notes SET notes = 'x';

-- attack: a note in another coach's name, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes) VALUES (9, 7, 1, 'x');

-- attack: a check-in, past everything, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.entries SET weight = 1 WHERE "userId" = 9;

-- attack: an answer to a questionnaire, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.weekly_questionnaire_responses SET status = 'COMPLETED';

-- attack: a bootcamp without places, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") SELECT b.id, 90 FROM public.bootcamps AS b LIMIT 1;

-- attack: a setting, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.system_settings SET value = '365';

-- attack: another coach's review, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
DELETE FROM centurion.reviews;

-- attack: an audit row that never was, directly
-- admin coach coach2 client: 42501
-- wall: tables policies sequences
INSERT INTO public.audit_logs (action, target) VALUES ('CREATE_USER', 'User:1');

-- attack: an audit row changed, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE public.audit_logs SET "userId" = 1;

-- attack: an audit row out of the way, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
DELETE FROM public.audit_logs;

-- attack: a request that never was, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
INSERT INTO centurion.requests (id, change) VALUES (gen_random_uuid(), 'entry_save');

-- attack: somebody's request forgotten, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
DELETE FROM centurion.requests;

-- attack: everybody paused, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
INSERT INTO centurion.maintenance (reason) VALUES ('x');

-- attack: everything merged, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
MERGE INTO public.users AS u USING (VALUES (90)) AS v (id) ON u.id = v.id WHEN MATCHED THEN UPDATE SET role = 'ADMIN';

-- attack: a row locked so that others wait, directly
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT id FROM public.users WHERE id = 90 FOR UPDATE;

-- attack: a stranger's check-in
-- coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.entry_save(gen_random_uuid(), 90, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a stranger's check-in, with the first wall down only
-- coach coach2 client: P0002
-- wall: members
-- fallen: 42501
SELECT (centurion.entry_save(gen_random_uuid(), 90, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a stranger's check-in on a page of own ones
-- coach coach2: refused
-- wall: members writers
SELECT c.outcome FROM centurion.entries_save(gen_random_uuid(), jsonb_build_array(jsonb_build_object('user_id', 90, 'date', current_date - 1, 'changes', '{"steps": 4000}'::jsonb))) AS c;

-- attack: a stranger's figures, by the grid
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.entry_grid_member(90, current_date - 30, current_date);

-- attack: another client's check-in, of the same cohort
-- client: P0002
-- wall: members writers
SELECT (centurion.entry_save(gen_random_uuid(), 12, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a coach's check-in
-- admin coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.entry_save(gen_random_uuid(), 7, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a deleted member's check-in
-- admin coach: P0002
-- wall: members writers
SELECT (centurion.entry_save(gen_random_uuid(), 32, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: nobody's check-in
-- coach coach2 client: P0002
-- wall: members writers
-- fallen: 23502
SELECT (centurion.entry_save(gen_random_uuid(), NULL, current_date - 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a check-in of last year, by a client
-- client: 55000
-- wall: INSERT INTO public.system_settings (key, value) VALUES ('entryEditDays', '365')
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date - 360, NULL, '{"steps": 4000}')).outcome;

-- attack: a check-in of tomorrow
-- admin coach client: 23514
-- wall: ALTER TABLE public.entries DISABLE TRIGGER centurion_check_entry
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date + 1, NULL, '{"steps": 4000}')).outcome;

-- attack: a check-in of no day
-- coach client: 22023
-- wall: ALTER TABLE public.entries ALTER date DROP NOT NULL; CREATE OR REPLACE FUNCTION centurion.require_entry_day(person centurion.me, member integer, day date) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.entry_save(gen_random_uuid(), 9, NULL, NULL, '{"steps": 4000}')).outcome;

-- attack: a check-in before all time
-- admin coach: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.require_entry_day(person centurion.me, member integer, day date) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.entry_save(gen_random_uuid(), 9, '-infinity', NULL, '{"steps": 4000}')).outcome;

-- attack: a weight that nobody has
-- coach client: 23514
-- wall: ALTER TABLE public.entries DISABLE TRIGGER centurion_check_entry
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date - 1, NULL, '{"weight": 100000}')).outcome;

-- attack: a weight that is no number
-- coach client: 23514
-- wall: ALTER TABLE public.entries DISABLE TRIGGER centurion_check_entry
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date - 1, NULL, '{"weight": "NaN"}')).outcome;

-- attack: a check-in moved to somebody else
-- coach client: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.require_keys(changes jsonb, allowed text[]) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date - 1, NULL, '{"userId": 90, "steps": 1}')).outcome;

-- attack: notes without end
-- coach client: 23514
-- wall: ALTER TABLE public.entries DISABLE TRIGGER centurion_check_entry
SELECT (centurion.entry_save(gen_random_uuid(), 9, current_date - 1, NULL, jsonb_build_object('notes', repeat('x', 2001)))).outcome;

-- attack: a stranger's check-in out of the way
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.entry_delete(gen_random_uuid(), 5540, '1')).outcome;

-- attack: a stranger's check-in out of the way, by a client
-- client: P0002
-- wall: members writers
-- fallen: 55000
SELECT (centurion.entry_delete(gen_random_uuid(), 5540, '1')).outcome;

-- attack: somebody else's request
-- coach2: 22023
-- wall: UPDATE centurion.requests SET login = '{login}'
SELECT (centurion.entry_save('00000000-0000-4000-8000-000000000002', 9, current_date - 1, NULL, '{"steps": 1}')).outcome;

-- attack: an own request for something else
-- client: 22023
-- wall: UPDATE centurion.requests SET change = 'entry_delete'
SELECT (centurion.entry_delete('00000000-0000-4000-8000-000000000004', 1, '1')).outcome;

-- attack: a change without a request
-- coach client: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.change_begin(request uuid, change text) RETURNS boolean LANGUAGE sql AS 'SELECT true'
SELECT (centurion.entry_save(NULL, 9, current_date - 1, NULL, '{"steps": 1}')).outcome;

-- ---- What coaches work with ----

-- attack: a note about a stranger
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.note_save(gen_random_uuid(), NULL, NULL, 90, '{"weekNumber": 1, "notes": "x"}')).outcome;

-- attack: a note about a stranger, with the first wall down only
-- coach coach2: P0002
-- wall: members
-- fallen: 42501
SELECT (centurion.note_save(gen_random_uuid(), NULL, NULL, 90, '{"weekNumber": 1, "notes": "x"}')).outcome;

-- attack: a note in another coach's name, by its function
-- coach coach2: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.require_keys(changes jsonb, allowed text[]) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.note_save(gen_random_uuid(), NULL, NULL, 9, '{"weekNumber": 1, "notes": "x", "coachId": 7}')).outcome;

-- attack: another coach's note about an own client
-- coach coach2: 42501
-- wall: writers
SELECT (centurion.note_save(gen_random_uuid(), 7002, '1', 9, '{"notes": "x"}')).outcome;

-- attack: another coach's note about a stranger
-- coach coach2: P0002
-- wall: writers
SELECT (centurion.note_save(gen_random_uuid(), 7001, '1', 90, '{"notes": "x"}')).outcome;

-- attack: another coach's note out of the way
-- coach coach2: 42501
-- wall: writers
SELECT (centurion.note_delete(gen_random_uuid(), 7002, '1')).outcome;

-- attack: a note, by a client
-- client: 42501
-- wall: functions promoted
SELECT (centurion.note_save(gen_random_uuid(), NULL, NULL, 10, '{"weekNumber": 1, "notes": "x"}')).outcome;

-- attack: a review of a stranger
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_queued(person centurion.me, clients integer[], monday date) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.review_set(gen_random_uuid(), 90, '2026-01-12', 'done', NULL)).outcome;

-- attack: reviews of many, a stranger among them
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_queued(person centurion.me, clients integer[], monday date) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.review_set_all(gen_random_uuid(), ARRAY[9, 90], '2026-01-12', 'done')).outcome LIMIT 1;

-- attack: a review of a hundred thousand nobodies
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_queued(person centurion.me, clients integer[], monday date) RETURNS void LANGUAGE sql AS ''
-- fallen: 23503
SELECT (centurion.review_set_all(gen_random_uuid(), (SELECT array_agg(n) FROM generate_series(100000, 200000) AS n), '2026-01-12', 'done')).outcome LIMIT 1;

-- attack: prompts of a stranger's cohort
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: writers
SELECT (centurion.prompts_save(gen_random_uuid(), 5001, NULL, '{"customPrompt1": "x"}')).outcome;

-- attack: prompts of a stranger's cohort, with the first wall down only
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS ''
-- fallen: 42501
SELECT (centurion.prompts_save(gen_random_uuid(), 5001, NULL, '{"customPrompt1": "x"}')).outcome;

-- attack: a stranger's cohort asked every day
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: writers
SELECT (centurion.cohort_frequency_set(gen_random_uuid(), 5001, 1)).outcome;

-- attack: a stranger asked every day
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.member_frequency_set(gen_random_uuid(), 90, 1)).outcome;

-- attack: a questionnaire for a stranger's cohort
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: writers
SELECT (centurion.questionnaire_save(gen_random_uuid(), NULL, NULL, '{"cohortId": 5001, "weekNumber": 2, "questions": {"elements": [{"type": "text", "name": "a"}]}}')).outcome;

-- attack: a stranger's questionnaire
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: writers
SELECT (centurion.questionnaire_save(gen_random_uuid(), 5001, '1', '{"isActive": false}')).outcome;

-- attack: a stranger's questionnaire out of the way
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: writers
SELECT (centurion.questionnaire_delete(gen_random_uuid(), 5001, '1')).outcome;

-- attack: a stranger's questionnaire to look at
-- coach: P0002
-- wall: gates
SELECT (centurion.questionnaire_copy(gen_random_uuid(), 5001, 1, 50)).outcome;

-- attack: an answer to a stranger's questionnaire
-- client: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_open_questionnaire(person centurion.me, bundle integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
SELECT (centurion.response_save(gen_random_uuid(), 5001, NULL, '{}', false)).outcome;

-- attack: an insight, by a coach
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.insight_save(gen_random_uuid(), NULL, NULL, '{"title": "x", "description": "x"}')).outcome;

-- attack: a setting, by a coach
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.setting_save(gen_random_uuid(), 'entryEditDays', NULL, '365')).outcome;

-- attack: health data of a stranger
-- coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.sleep_import(gen_random_uuid(), 90, '[]')).outcome;

-- attack: steps of a stranger
-- coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.steps_import(gen_random_uuid(), 90, '[]')).outcome;

-- attack: workouts of a stranger
-- coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.health_workouts_import(gen_random_uuid(), 90, '[]')).outcome;

-- attack: another one's change taken back
-- coach2: P0002
-- wall: UPDATE public.audit_logs SET "userId" = (SELECT l."userId" FROM centurion.logins AS l WHERE l.rolname = '{login}') WHERE metadata ->> 'request' = '00000000-0000-4000-8000-000000000002'
SELECT (centurion.undo(gen_random_uuid(), '00000000-0000-4000-8000-000000000002')).outcome;

-- attack: another one's change taken back, by a client
-- client: P0002
-- wall: UPDATE public.audit_logs SET "userId" = (SELECT l."userId" FROM centurion.logins AS l WHERE l.rolname = '{login}') WHERE metadata ->> 'request' = '00000000-0000-4000-8000-000000000002'
-- fallen: 55000
SELECT (centurion.undo(gen_random_uuid(), '00000000-0000-4000-8000-000000000002')).outcome;

-- attack: what another one's undo would show
-- coach2 client: nothing
-- wall: UPDATE public.audit_logs SET "userId" = (SELECT l."userId" FROM centurion.logins AS l WHERE l.rolname = '{login}') WHERE metadata ->> 'request' = '00000000-0000-4000-8000-000000000002'
SELECT entity FROM centurion.undo_preview('00000000-0000-4000-8000-000000000002');

-- attack: another one's request taken back
-- coach2 client: 22023
-- wall: UPDATE centurion.requests SET login = '{login}'
SELECT (centurion.request_withdraw('00000000-0000-4000-8000-000000000002')).outcome;
