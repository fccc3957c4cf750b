-- The calendar, workouts and cohorts. Member 61 is no attacker's; appointment 1068 is theirs, and 1 stands on an invoice of member 11's.

-- attack: an appointment with a stranger
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_save(gen_random_uuid(), NULL, NULL, '{"userId": 61, "startTime": "2031-01-01T10:00", "endTime": "2031-01-01T11:00", "fee": 1}')).outcome;

-- attack: a stranger's appointment
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_save(gen_random_uuid(), 1068, '1', '{"fee": 0}')).outcome;

-- attack: an appointment handed to a stranger
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_save(gen_random_uuid(), 970, '1', '{"userId": 61}')).outcome;

-- attack: a stranger's appointment out of the way
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_delete(gen_random_uuid(), 1068, '1')).outcome;

-- attack: a stranger's ATTENDED
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_mark(gen_random_uuid(), ARRAY[1068], ARRAY['1'], 'ATTENDED')).outcome LIMIT 1;

-- attack: a stranger's ATTENDED among own ones
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_mark(gen_random_uuid(), ARRAY[970, 1068], ARRAY['1', '1'], 'ATTENDED')).outcome LIMIT 1;

-- attack: a stranger's time table, by a series' clashes
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.appointment_series_preview(61, '2026-02-02 07:00', 60, '{1}', 0);

-- attack: own ATTENDED, by its function
-- client: 42501
-- wall: functions promoted members
SELECT (centurion.appointment_mark(gen_random_uuid(), ARRAY[970], ARRAY['1'], 'ATTENDED')).outcome LIMIT 1;

-- attack: own fee, by its function
-- client: 42501
-- wall: functions promoted members
SELECT (centurion.appointment_save(gen_random_uuid(), 970, '1', '{"fee": 0}')).outcome;

-- attack: a stranger's appointment called off
-- client: P0002
-- wall: members writers
SELECT (centurion.appointment_cancel(gen_random_uuid(), 1068, '1')).outcome;

-- attack: an invoiced appointment's fee
-- admin coach coach2: 55000
-- wall: ALTER TABLE public.appointments DISABLE TRIGGER centurion_check_appointment
SELECT (centurion.appointment_save(gen_random_uuid(), 1, (SELECT (centurion.appointment_save(gen_random_uuid(), 1, '1', '{"notes": "x"}')).version), '{"fee": 1}')).outcome;

-- attack: an invoiced appointment not attended
-- admin coach coach2: 55000
-- wall: ALTER TABLE public.appointments DISABLE TRIGGER centurion_check_appointment
SELECT (centurion.appointment_mark(gen_random_uuid(), ARRAY[1], ARRAY[(SELECT (centurion.appointment_save(gen_random_uuid(), 1, '1', '{"notes": "x"}')).version)], 'NOT_ATTENDED')).outcome LIMIT 1;

-- attack: an invoiced appointment out of the way
-- admin coach coach2: 55000
-- wall: ALTER TABLE public.appointments DISABLE TRIGGER centurion_check_appointment
SELECT (centurion.appointment_delete(gen_random_uuid(), 1, (SELECT (centurion.appointment_save(gen_random_uuid(), 1, '1', '{"notes": "x"}')).version))).outcome;

-- attack: an appointment onto an invoice
-- admin coach coach2: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.require_keys(changes jsonb, allowed text[]) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.appointment_save(gen_random_uuid(), 970, '1', '{"invoiceId": 1}')).outcome;

-- attack: a fee that is no number
-- admin coach: 23514
-- wall: ALTER TABLE public.appointments DISABLE TRIGGER centurion_check_appointment
SELECT (centurion.appointment_save(gen_random_uuid(), NULL, NULL, '{"userId": 9, "startTime": "2031-01-01T10:00", "endTime": "2031-01-01T11:00", "fee": "NaN"}')).outcome;

-- attack: a workout for a stranger
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.workout_assign(gen_random_uuid(), ARRAY[9, 61], '{"title": "x"}')).outcome LIMIT 1;

-- attack: a stranger's workout
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.workout_save(gen_random_uuid(), 150, '1', '{"title": "x"}')).outcome;

-- attack: a stranger's workout done
-- coach coach2 client: P0002
-- wall: members writers
SELECT (centurion.workout_set_status(gen_random_uuid(), 150, '1', 'COMPLETED')).outcome;

-- attack: a workout of one's own making, by a client
-- client: 42501
-- wall: functions promoted members
SELECT (centurion.workout_assign(gen_random_uuid(), ARRAY[9], '{"title": "x"}')).outcome LIMIT 1;

-- attack: a bootcamp, by a client
-- client: 42501
-- wall: functions promoted
SELECT (centurion.bootcamp_save(gen_random_uuid(), NULL, NULL, '{"name": "Mine", "startTime": "2031-01-01T10:00", "endTime": "2031-01-01T11:00"}', false)).outcome;

-- attack: a stranger registered for a bootcamp
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.attendance_add(gen_random_uuid(), 13, ARRAY[61])).outcome LIMIT 1;

-- attack: somebody else registered for a bootcamp, by a client
-- client: 42501
-- wall: functions promoted
SELECT (centurion.attendance_add(gen_random_uuid(), 13, ARRAY[61])).outcome LIMIT 1;

-- attack: a stranger's cohort paused
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: members writers
SELECT (centurion.membership_set(gen_random_uuid(), 5001, ARRAY[90], 'PAUSED')).outcome LIMIT 1;

-- attack: a stranger's cohort paused, with the first walls down only
-- coach coach2: P0002
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS '';
-- wall: members
-- fallen: 42501
SELECT (centurion.membership_set(gen_random_uuid(), 5001, ARRAY[90], 'PAUSED')).outcome LIMIT 1;

-- attack: a stranger moved into an own cohort
-- coach coach2: P0002
-- wall: promoted
SELECT (centurion.membership_set(gen_random_uuid(), 1, ARRAY[90], 'ACTIVE')).outcome LIMIT 1;

-- attack: an own client thrown out
-- coach coach2: 42501
-- wall: promoted
SELECT (centurion.membership_set(gen_random_uuid(), 1, ARRAY[9], 'INACTIVE')).outcome LIMIT 1;

-- attack: a cohort for a friend, by a client
-- client: 42501
-- wall: functions promoted
SELECT (centurion.membership_set(gen_random_uuid(), 5001, ARRAY[11], 'ACTIVE')).outcome LIMIT 1;

-- attack: a cohort to coach
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.coach_assign(gen_random_uuid(), 5001, ARRAY[3])).outcome LIMIT 1;

-- attack: another coach sent away
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.coach_unassign(gen_random_uuid(), 5, ARRAY[7])).outcome LIMIT 1;

-- attack: a cohort of one's own
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "Mine", "startDate": "2026-02-02"}', false)).outcome;

-- attack: a cohort out of the way
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.cohort_delete(gen_random_uuid(), 5001, '1')).outcome;

-- attack: a copy of a cohort and all who are in it
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.cohort_clone(gen_random_uuid(), 5001, '{"name": "Mine", "startDate": "2026-02-02"}', '{members}')).outcome;

-- attack: strangers in the calendar
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.calendar_week('2026-01-26', 14) WHERE user_id = 61;

-- attack: strangers in the list of members
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.member_list(NULL, NULL, NULL, 1000) WHERE id = 90;

-- attack: a stranger's cohort
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.cohort_overview(5001, '2026-01-16');

-- attack: a stranger's appointment moved
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointments_save(gen_random_uuid(), ARRAY[1068], ARRAY['1'], 0, 30, NULL, '{}')).outcome LIMIT 1;

-- attack: a stranger's appointment moved among own ones
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointments_save(gen_random_uuid(), ARRAY[970, 1068], ARRAY['1', '1'], 0, 30, NULL, '{}')).outcome LIMIT 1;

-- attack: a stranger's appointments deleted, several at once
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointments_delete(gen_random_uuid(), ARRAY[1068], ARRAY['1'])).outcome LIMIT 1;

-- attack: a stranger's appointment repeated
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.appointment_repeat(gen_random_uuid(), 1068, '1', '{1}', 2, false)).outcome LIMIT 1;

-- attack: own appointment moved by a client
-- client: 42501
-- wall: functions promoted members
SELECT (centurion.appointments_save(gen_random_uuid(), ARRAY[970], ARRAY['1'], 0, 30, NULL, '{}')).outcome LIMIT 1;

-- attack: a stranger's series
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.appointment_scope(1068);

-- attack: a stranger's time table, by what is in the way of a move
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.appointments_preview(ARRAY[1068], 0, 0, NULL);

-- attack: another coach's calendar
-- coach coach2: 42501
-- wall: gates
SELECT count(*) FROM centurion.calendar_days('2026-01-12', 7, 1);

-- attack: another coach's unmarked sessions
-- coach coach2: 42501
-- wall: gates
SELECT count(*) FROM centurion.appointments_unmarked(NULL, NULL, 100, 1);
