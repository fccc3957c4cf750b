-- Weeks, check-in frequency, adherence, streaks, sessions, questionnaires: each rule once. All take the date that they are
-- asked about, so that a past week can be looked at as it was.

-- Which week of a cohort a day falls in: 0 before its start.
CREATE FUNCTION centurion.cohort_week(day date, start date) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN day < start THEN 0 ELSE (day - start) / 7 + 1 END $$;

-- How many weeks a cohort has; NULL without an end.
CREATE FUNCTION centurion.total_weeks(start date, finish date) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT (finish - start + 7) / 7 $$;

-- "2/6", "31" without an end, "6/6" once over.
CREATE FUNCTION centurion.week_label(day date, start date, finish date) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN finish IS NULL THEN centurion.cohort_week(day, start)::text
               ELSE least(centurion.cohort_week(day, start), centurion.total_weeks(start, finish)) || '/'
                    || centurion.total_weeks(start, finish) END $$;

-- The Monday of a day's review week.
CREATE FUNCTION centurion.week_monday(day date) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT day - (extract(isodow FROM day)::integer - 1) $$;

-- The day as of which a review week is judged: its Sunday, or today while it runs.
CREATE FUNCTION centurion.week_as_of(monday date, today date) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT least(monday + 6, today) $$;

-- Check-ins expected of somebody in a number of days.
CREATE FUNCTION centurion.expected_checkins(days integer, frequency integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT (days + frequency - 1) / frequency $$;

-- Per cent of the expected check-ins, at most 100.
CREATE FUNCTION centurion.adherence(checkins bigint, days integer, frequency integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT least(100, round(100.0 * checkins / centurion.expected_checkins(days, frequency)))::integer $$;

-- How often a member is asked to check in: their own override, else the shortest of their cohorts', else the setting.
CREATE FUNCTION centurion.frequency(member integer) RETURNS TABLE (days integer) LANGUAGE sql STABLE ROWS 1 AS
$$ SELECT coalesce((SELECT f.days FROM centurion.member_frequencies AS f WHERE f."userId" = member),
                   (SELECT min(f.days)
                    FROM public.cohort_memberships AS m
                         JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                         JOIN centurion.cohort_frequencies AS f ON f."cohortId" = c.id
                    WHERE m."userId" = member AND m.status = 'ACTIVE'),
                   (SELECT s.default_frequency_days FROM centurion.settings AS s)) $$;

-- The run of consecutive days with a check-in that ends on a day or the day before it (a day still pending breaks nothing),
-- and the longest run up to then.
CREATE FUNCTION centurion.streak(member integer, as_of date) RETURNS TABLE (streak integer, best integer)
    LANGUAGE sql STABLE ROWS 1 AS
$$
    SELECT coalesce(max(days) FILTER (WHERE until >= as_of - 1), 0)::integer, coalesce(max(days), 0)::integer
    FROM (SELECT count(*) AS days, max(d.date) AS until
          FROM (SELECT e.date, e.date - row_number() OVER (ORDER BY e.date)::integer AS run
                FROM public.entries AS e WHERE e."userId" = member AND e.date <= as_of) AS d
          GROUP BY d.run) AS runs
$$;

-- Milestones of a streak: the last one reached (0: none yet) and the next (NULL: there is none).
CREATE FUNCTION centurion.streak_milestones(streak integer, OUT reached integer, OUT next integer) LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(max(m) FILTER (WHERE m <= streak), 0), min(m) FILTER (WHERE m > streak)
   FROM unnest(ARRAY[7, 14, 30, 60, 90]) AS m $$;

-- A session that is over and was not marked; and what any session is shown as: attended, unmarked or scheduled.
CREATE FUNCTION centurion.is_unmarked(status public."AttendanceStatus", finish timestamp, utc timestamp) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS
$$ SELECT status = 'NOT_ATTENDED' AND finish <= utc $$;

CREATE FUNCTION centurion.session_state(status public."AttendanceStatus", finish timestamp, utc timestamp) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN centurion.is_unmarked(status, finish, utc) THEN 'unmarked' WHEN status = 'ATTENDED' THEN 'attended' ELSE 'scheduled' END $$;

-- The dates of a weekly series: on these weekdays (ISO, Monday is 1) in the week of the first day and some further weeks,
-- none before the first day.
CREATE FUNCTION centurion.series_dates(first_day date, weekdays integer[], further_weeks integer) RETURNS SETOF date
    LANGUAGE sql IMMUTABLE ROWS 10 AS
$$
    SELECT d.day
    FROM generate_series(0, least(greatest(further_weeks, 0), 52)) AS week
         CROSS JOIN (SELECT DISTINCT unnest(weekdays) AS weekday) AS w
         CROSS JOIN LATERAL (SELECT centurion.week_monday(first_day) + 7 * week + w.weekday - 1 AS day) AS d
    WHERE w.weekday BETWEEN 1 AND 7 AND d.day >= first_day
    ORDER BY d.day
$$;

-- How many questions a questionnaire asks, on all its pages and panels, and how many of them an answer holds.
CREATE FUNCTION centurion.question_count(questions jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT count(*)::integer
   FROM jsonb_path_query(questions, 'strict $.** ? (@.type != "html" && @.type != "panel" && exists(@.name))') $$;

CREATE FUNCTION centurion.answer_count(responses jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT count(*)::integer
   FROM jsonb_each(CASE jsonb_typeof(responses) WHEN 'object' THEN responses ELSE '{}' END) AS answer
   WHERE answer.value NOT IN ('null', '""', '[]', '{}') $$;

-- The metrics of a check-in that everybody is asked for are all there.
CREATE FUNCTION centurion.is_complete(weight double precision, steps integer, calories integer, stress integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS
$$ SELECT num_nulls(weight, steps, calories, stress) = 0 $$;

-- A day in words, the same in every language of the server: Thu 15 Jan.
CREATE FUNCTION centurion.day_words(day date) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT (ARRAY['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[extract(isodow FROM day)::integer] || ' '
          || extract(day FROM day) || ' ' || (ARRAY['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov',
                                                    'Dec'])[extract(month FROM day)::integer] $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    centurion.cohort_week(date, date), centurion.total_weeks(date, date), centurion.week_label(date, date, date),
    centurion.week_monday(date), centurion.week_as_of(date, date), centurion.expected_checkins(integer, integer),
    centurion.adherence(bigint, integer, integer), centurion.streak_milestones(integer),
    centurion.series_dates(date, integer[], integer), centurion.is_unmarked(public."AttendanceStatus", timestamp, timestamp),
    centurion.session_state(public."AttendanceStatus", timestamp, timestamp), centurion.question_count(jsonb), centurion.answer_count(jsonb),
    centurion.is_complete(double precision, integer, integer, integer), centurion.day_words(date)
    TO centurion_gate, centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.frequency(integer), centurion.streak(integer, date) TO centurion_gate;
