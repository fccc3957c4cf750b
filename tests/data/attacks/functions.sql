-- Functions with their owner's rights: called by whom they are not for, about strangers, and with arguments that nobody expects.

-- attack: an administrator's page
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT month IS NOT NULL FROM centurion.admin_home();

-- attack: every coach's load
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 3 FROM centurion.admin_coaches(50);

-- attack: what was changed by whom
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.admin_changes(50);

-- attack: a member's page, by a client
-- client: 42501
-- wall: functions gates
SELECT name FROM centurion.member_overview(90);

-- attack: a review queue, by a client
-- client: 42501
-- wall: functions gates
SELECT count(*) >= 0 FROM centurion.review_queue('2026-01-16', 7);

-- attack: a client's page, by staff
-- admin coach coach2: 42501
-- wall: GRANT EXECUTE ON FUNCTION centurion.client_home() TO {group}
SELECT name IS NOT NULL FROM centurion.client_home();

-- attack: the score of anybody, by the rules' own function
-- admin coach coach2 client: 42501
-- wall: functions tables policies
SELECT count(*) > 0 FROM centurion.attention(ARRAY[90], '2026-01-16');

-- attack: anybody's streak, by the rules' own function
-- admin coach coach2 client: 42501
-- wall: functions tables policies
SELECT count(*) > 0 FROM centurion.streak(90, '2026-01-16');

-- attack: every coach's clients, by the rules' own function
-- admin coach coach2 client: 42501
-- wall: functions tables policies
SELECT count(*) > 0 FROM centurion.queue_clients(7, '2026-01-18');

-- attack: any row as a change's answer
-- admin coach coach2 client: 42501
-- wall: functions tables policies
SELECT (centurion.change_answer('saved', gen_random_uuid(), 'User:90')).record ->> 'email';

-- attack: whose request was what
-- admin coach coach2 client: 42501
-- wall: functions
SELECT centurion.request_target('00000000-0000-4000-8000-000000000001') IS NULL;

-- attack: a request begun and nothing else
-- admin coach coach2 client: 42501
-- wall: functions
SELECT centurion.change_begin(gen_random_uuid(), 'entry_save');

-- attack: the audit log's own function
-- admin coach coach2 client: 42501
-- wall: functions
-- fallen: 0A000
SELECT centurion.audit();

-- attack: standing for the owner
-- admin coach coach2 client: 42501
-- wall: functions
SELECT centurion.is_owner();

-- attack: a member's page of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.member_overview(90);

-- attack: check-ins of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.member_entries(90, NULL, 1000);

-- attack: reasons of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_reasons(90, '2026-01-16');

-- attack: a week of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_week_strip(90, '2026-01-16');

-- attack: trends of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_trends(90, '2026-01-16');

-- attack: notes of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_notes(61, '2026-01-16');

-- attack: changes of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_changes(90, '2026-01-16');

-- attack: a cohort's days of a stranger
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.cohort_heat(5, '2026-01-01', '2026-01-16');

-- attack: another coach's queue
-- coach coach2: 42501
-- wall: gates
SELECT count(*) >= 0 FROM centurion.review_queue('2026-01-16', 7);

-- attack: another coach's figures
-- coach coach2: 42501
-- wall: gates
SELECT total >= 0 FROM centurion.review_summary('2026-01-16', 7);

-- attack: cohorts of others
-- coach coach2: 2
-- wall: promoted
SELECT count(*) FROM centurion.cohort_list();

-- attack: people of others by a part of their name
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.palette_find('mogen', 100);

-- attack: a deleted member
-- coach: 0
-- wall: gates
SELECT count(*) FROM centurion.member_overview(32);

-- attack: no number
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM (SELECT FROM centurion.member_overview(NULL) UNION ALL SELECT FROM centurion.cohort_heat(NULL, '2026-01-01', '2026-01-02') UNION ALL SELECT FROM centurion.review_week_strip(NULL, '2026-01-16')) AS r;

-- attack: numbers beyond all
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM (SELECT FROM centurion.review_week_strip(2147483647, '2026-01-16') UNION ALL SELECT FROM centurion.review_week_strip(-2147483648, '2026-01-16')) AS r;

-- attack: a heat-map without end
-- coach coach2: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.cohort_heat(cohort integer, first_day date, last_day date) RETURNS TABLE (user_id integer, name text, status text, days text, rate_7d integer, streak integer) LANGUAGE sql AS 'SELECT last_day - first_day, NULL, NULL, NULL, 0, 0'
SELECT user_id FROM centurion.cohort_heat(1, '0001-01-01', '9999-01-01');

-- attack: more rows than a page has
-- coach: t
-- wall: CREATE OR REPLACE FUNCTION centurion.member_entries(member integer, before date, page integer) RETURNS TABLE (id integer, date date, weight double precision, steps integer, calories integer, sleep integer, stress integer, sources text, notes text) LANGUAGE sql AS 'SELECT n, NULL::date, NULL::float8, NULL::integer, NULL::integer, NULL::integer, NULL::integer, NULL, NULL FROM generate_series(1, page) AS n'
SELECT count(*) <= 1000 FROM centurion.member_entries(9, NULL, 2000000);

-- attack: quotes in a search
-- coach coach2: 0
-- wall: promoted
-- wall: UPDATE public.users SET name = $x$'; DROP TABLE public.users; --$x$ WHERE id = 90
SELECT count(*) FROM centurion.palette_find($x$'; DROP TABLE public.users; --$x$, 9);

-- attack: a very long search
-- coach coach2: 0
-- wall: promoted
-- wall: UPDATE public.users SET name = repeat('x', 2000) WHERE id = 90
SELECT count(*) FROM centurion.palette_find(repeat('x', 2000), 9);

-- attack: the record of a stranger's cohort
-- coach coach2: P0002
-- client: 42501
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS 'SELECT'; GRANT EXECUTE ON FUNCTION centurion.cohort_record(integer) TO {group}
SELECT count(*) >= 0 FROM centurion.cohort_record(5);

-- attack: the coaches of a stranger's cohort
-- coach coach2: P0002
-- client: 42501
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS 'SELECT'; GRANT EXECUTE ON FUNCTION centurion.cohort_coaches(integer, boolean) TO {group}
SELECT count(*) >= 0 FROM centurion.cohort_coaches(5, true);

-- attack: the questionnaires of a stranger's cohort
-- coach coach2: P0002
-- client: 42501
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS 'SELECT'; GRANT EXECUTE ON FUNCTION centurion.cohort_bundles(integer) TO {group}
SELECT count(*) >= 0 FROM centurion.cohort_bundles(5);

-- attack: the prompts of a stranger's cohort
-- coach coach2: P0002
-- client: 42501
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS 'SELECT'; GRANT EXECUTE ON FUNCTION centurion.cohort_prompts(integer) TO {group}
SELECT count(*) >= 0 FROM centurion.cohort_prompts(5);

-- attack: the weeks of a stranger's cohort
-- coach coach2: P0002
-- client: 42501
-- wall: CREATE OR REPLACE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void LANGUAGE sql AS 'SELECT'; GRANT EXECUTE ON FUNCTION centurion.cohort_weeks(integer) TO {group}
SELECT count(*) >= 0 FROM centurion.cohort_weeks(5);

-- attack: people to add to a cohort
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.cohort_candidates(1, '', 50);

-- attack: deleted and archived cohorts of others
-- coach coach2: 2
-- wall: promoted
SELECT count(*) FROM centurion.cohort_index(true, true);

-- attack: cohorts put away
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT outcome FROM centurion.cohort_set_all(gen_random_uuid(), '{1}', 'ARCHIVED');
-- attack: another coach's changes since a review
-- coach coach2: 42501
-- wall: gates
SELECT count(*) >= 0 FROM centurion.review_changes(90, '2026-01-16', 7);

-- attack: another coach's marks
-- coach coach2: 42501
-- wall: gates
SELECT count(*) >= 0 FROM centurion.review_marks('2026-01-16', 7);

-- attack: another coach's cohorts
-- coach coach2: 42501
-- wall: gates
SELECT count(*) >= 0 FROM centurion.review_cohorts('2026-01-16', 7);

-- attack: another coach's weeks that wait
-- coach coach2: 42501
-- wall: gates
SELECT count(*) >= 0 FROM centurion.review_backlog(7);

-- attack: a week of a stranger in figures
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.review_figures(90, '2026-01-16');

-- attack: a row of the audit log that nothing happened for
-- admin coach coach2 client: 42501
-- wall: functions
SELECT centurion.audit_look('VIEW_AS_COACH', 'User:7', '{}') IS NOT NULL;
