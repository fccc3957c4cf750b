-- Typing in the numbers of many at once: the figures that a grid shows, what is asked beside the usual, the limits that a cell is held
-- against while it is typed, and a page of cells saved in one round trip.

-- The limits of entry_fault(), and what is odd enough to be asked about: low and high of calories are the settings', those of weight are
-- parts of the last one.
CREATE FUNCTION centurion.entry_limits() RETURNS TABLE (metric text, minimum double precision, maximum double precision, low double precision, high double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_me();
    RETURN QUERY
    SELECT l.metric, l.minimum::double precision, l.maximum::double precision, l.low::double precision, l.high::double precision
    FROM centurion.settings AS s
         CROSS JOIN LATERAL (VALUES ('weight', 0, CASE s.weight_unit WHEN 'lb' THEN 1000 ELSE 454 END, 0.95, 1.05), ('steps', 0, 200000, NULL, 60000),
                                    ('calories', 0, 20000, s.min_daily_calories, s.max_daily_calories), ('sleepQuality', 1, 10, NULL, NULL),
                                    ('perceivedStress', 1, 10, NULL, NULL)) AS l (metric, minimum, maximum, low, high);
END
$$;

-- The questions of a cohort's prompts, in any of the forms that they have been written in.
CREATE FUNCTION centurion.prompt_list(prompts jsonb) RETURNS TABLE (nth bigint, id text, label text, type text, minimum double precision, maximum double precision)
    LANGUAGE sql IMMUTABLE ROWS 5 AS
$$
    SELECT 0, 'customPrompt1', prompts ->> 'customPrompt1', coalesce(prompts ->> 'customPrompt1Type', 'text'), NULL::double precision, NULL::double precision
    WHERE prompts ->> 'customPrompt1' ~ '\S'
    UNION ALL
    SELECT q.nth, q.value ->> 'id', coalesce(q.value ->> 'label', q.value ->> 'id'), coalesce(q.value ->> 'type', 'text'),
           CASE WHEN jsonb_typeof(q.value -> 'min') = 'number' THEN (q.value ->> 'min')::double precision WHEN q.value ->> 'type' = 'scale' THEN 1 END,
           CASE WHEN jsonb_typeof(q.value -> 'max') = 'number' THEN (q.value ->> 'max')::double precision WHEN q.value ->> 'type' = 'scale' THEN 10 END
    FROM jsonb_array_elements(CASE jsonb_typeof(prompts -> 'questions') WHEN 'array' THEN prompts -> 'questions' ELSE '[]' END) WITH ORDINALITY AS q (value, nth)
    WHERE q.value ->> 'id' ~ '\S'
$$;

-- What a cohort asks beside the usual; cohort NULL: what is asked of a member, by any of the cohorts that they are in.
CREATE FUNCTION centurion.entry_prompts(cohort integer, member integer)
    RETURNS TABLE (id text, label text, type text, minimum double precision, maximum double precision, cohort_name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    IF NOT (CASE WHEN cohort IS NOT NULL THEN centurion.may_see_cohort(cohort) ELSE centurion.may_see_member(member) END) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.id, p.label, p.type, p.minimum, p.maximum, p.name
    FROM (SELECT DISTINCT ON (q.id) q.id, q.label, q.type, q.minimum, q.maximum, c.name, c.id AS cohort_id, q.nth
          FROM public.cohort_check_in_configs AS k
               JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
               CROSS JOIN LATERAL centurion.prompt_list(k.prompts) AS q
          WHERE CASE WHEN cohort IS NOT NULL THEN c.id = cohort
                     ELSE EXISTS (SELECT FROM public.cohort_memberships AS m
                                  WHERE m."cohortId" = c.id AND m."userId" = member AND m.status IN ('ACTIVE', 'PAUSED')) END
          ORDER BY q.id, c.id) AS p
    ORDER BY p.cohort_id, p.nth;
END
$$;

-- A row a member and day. The answers to the prompts, in their order, are divided by the unit separator. last_weight is the one before
-- that day, ..._1 are the day before, ..._14 the means of the fourteen days before. changed_by: who wrote it last.
CREATE FUNCTION centurion.entry_rows(members integer[], first_day date, last_day date, prompts text[])
    RETURNS TABLE (user_id integer, day date, version text, weight double precision, steps integer, calories integer, sleep integer, stress integer,
                   notes text, sources text, answers text, last_weight double precision, weight_1 double precision, steps_1 integer, calories_1 integer,
                   sleep_1 integer, stress_1 integer, answers_1 text, weight_14 double precision, steps_14 double precision, calories_14 double precision,
                   sleep_14 double precision, stress_14 double precision, changed_by text, changed_at timestamp)
    LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    zone constant text := (SELECT s.timezone FROM centurion.settings AS s);
BEGIN
    IF first_day IS NULL OR last_day IS NULL OR last_day - first_day NOT BETWEEN 0 AND 61 THEN
        RAISE EXCEPTION 'a grid shows 1 to 62 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT m.id, d.day, e.xmin::text, e.weight, e.steps, e.calories, e."sleepQuality", e."perceivedStress", e.notes,
           centurion.source_letters(e.weight, e.steps, e.calories, e."sleepQuality", e."dataSources"), a.answers, w.weight,
           y.weight, y.steps, y.calories, y."sleepQuality", y."perceivedStress", ya.answers, n.weight, n.steps, n.calories, n.sleep, n.stress, l.name, l.at
    FROM unnest(members) AS m (id)
         CROSS JOIN (SELECT first_day + g AS day FROM generate_series(0, last_day - first_day) AS g) AS d
         LEFT JOIN public.entries AS e ON e."userId" = m.id AND e.date = d.day
         LEFT JOIN public.entries AS y ON y."userId" = m.id AND y.date = d.day - 1
         CROSS JOIN LATERAL (SELECT string_agg(coalesce(e."customResponses" ->> p.id, ''), E'\x1f' ORDER BY p.nth) AS answers
                             FROM unnest(prompts) WITH ORDINALITY AS p (id, nth)) AS a
         CROSS JOIN LATERAL (SELECT string_agg(coalesce(y."customResponses" ->> p.id, ''), E'\x1f' ORDER BY p.nth) AS answers
                             FROM unnest(prompts) WITH ORDINALITY AS p (id, nth)) AS ya
         LEFT JOIN LATERAL (SELECT p.weight FROM public.entries AS p WHERE p."userId" = m.id AND p.date < d.day AND p.weight IS NOT NULL
                            ORDER BY p.date DESC LIMIT 1) AS w ON true
         CROSS JOIN LATERAL (SELECT avg(p.weight) AS weight, avg(p.steps)::double precision AS steps, avg(p.calories)::double precision AS calories,
                                    avg(p."sleepQuality")::double precision AS sleep, avg(p."perceivedStress")::double precision AS stress
                             FROM public.entries AS p WHERE p."userId" = m.id AND p.date BETWEEN d.day - 14 AND d.day - 1) AS n
         LEFT JOIN LATERAL (SELECT coalesce(u.name, 'the web application') AS name, centurion.local_time(g."createdAt", zone) AS at
                            FROM public.audit_logs AS g LEFT JOIN public.users AS u ON u.id = g."userId"
                            WHERE g.target = 'Entry:' || e.id ORDER BY g.id DESC LIMIT 1) AS l ON true
    ORDER BY m.id, d.day;
END
$$;

-- The members of a cohort who are active or paused, by name, with some days of each.
CREATE FUNCTION centurion.entry_grid(cohort integer, first_day date, last_day date)
    RETURNS TABLE (user_id integer, name text, status text, day date, version text, weight double precision, steps integer, calories integer, sleep integer,
                   stress integer, notes text, sources text, answers text, last_weight double precision, weight_1 double precision, steps_1 integer,
                   calories_1 integer, sleep_1 integer, stress_1 integer, answers_1 text, weight_14 double precision, steps_14 double precision,
                   calories_14 double precision, sleep_14 double precision, stress_14 double precision, changed_by text, changed_at timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    members integer[];
    prompts text[];
BEGIN
    IF NOT centurion.may_see_cohort(cohort) THEN
        RETURN;
    END IF;
    members := ARRAY(SELECT m."userId" FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
                     WHERE m."cohortId" = cohort AND m.status IN ('ACTIVE', 'PAUSED'));
    prompts := ARRAY(SELECT p.id FROM centurion.entry_prompts(cohort, NULL) AS p);
    RETURN QUERY
    SELECT r.user_id, u.name, m.status::text, r.day, r.version, r.weight, r.steps, r.calories, r.sleep, r.stress, r.notes, r.sources, r.answers, r.last_weight,
           r.weight_1, r.steps_1, r.calories_1, r.sleep_1, r.stress_1, r.answers_1, r.weight_14, r.steps_14, r.calories_14, r.sleep_14, r.stress_14,
           r.changed_by, r.changed_at
    FROM centurion.entry_rows(members, first_day, last_day, prompts) AS r
         JOIN public.users AS u ON u.id = r.user_id
         JOIN public.cohort_memberships AS m ON m."cohortId" = cohort AND m."userId" = r.user_id
    ORDER BY u.name, u.id, r.day;
END
$$;

-- The days of one member, with the answers to all that is asked of them.
CREATE FUNCTION centurion.entry_grid_member(member integer, first_day date, last_day date)
    RETURNS TABLE (user_id integer, name text, status text, day date, version text, weight double precision, steps integer, calories integer, sleep integer,
                   stress integer, notes text, sources text, answers text, last_weight double precision, weight_1 double precision, steps_1 integer,
                   calories_1 integer, sleep_1 integer, stress_1 integer, answers_1 text, weight_14 double precision, steps_14 double precision,
                   calories_14 double precision, sleep_14 double precision, stress_14 double precision, changed_by text, changed_at timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 31 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    prompts text[];
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    prompts := ARRAY(SELECT p.id FROM centurion.entry_prompts(NULL, member) AS p);
    RETURN QUERY
    SELECT r.user_id, u.name, 'ACTIVE', r.day, r.version, r.weight, r.steps, r.calories, r.sleep, r.stress, r.notes, r.sources, r.answers, r.last_weight,
           r.weight_1, r.steps_1, r.calories_1, r.sleep_1, r.stress_1, r.answers_1, r.weight_14, r.steps_14, r.calories_14, r.sleep_14, r.stress_14,
           r.changed_by, r.changed_at
    FROM centurion.entry_rows(ARRAY[member], first_day, last_day, prompts) AS r JOIN public.users AS u ON u.id = r.user_id
    ORDER BY r.day;
END
$$;

-- Writes a check-in of a day that its caller may write and that was begun as a change.
CREATE FUNCTION centurion.entry_put(member integer, day date, version text, changes jsonb, OUT outcome text, OUT entry integer)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    seen record;
BEGIN
    SELECT e.id, e.xmin::text AS version INTO seen FROM public.entries AS e WHERE e."userId" = member AND e.date = day FOR UPDATE;
    entry := seen.id;
    IF entry IS NULL AND version IS NULL THEN
        INSERT INTO public.entries AS e ("userId", date, weight, steps, calories, "sleepQuality", "perceivedStress", notes, "customResponses", "dataSources")
        SELECT member, day, n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", n.notes,
               nullif(jsonb_strip_nulls(n."customResponses"), '{}'), centurion.merge_sources(NULL, changes)
        FROM jsonb_populate_record(NULL::public.entries, changes) AS n
        ON CONFLICT DO NOTHING
        RETURNING e.id INTO entry;
        outcome := CASE WHEN entry IS NULL THEN 'conflict' ELSE 'saved' END;
        IF entry IS NULL THEN -- somebody was faster
            SELECT e.id INTO entry FROM public.entries AS e WHERE e."userId" = member AND e.date = day;
        END IF;
        RETURN;
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        outcome := 'conflict';
        RETURN;
    END IF;
    UPDATE public.entries AS e
    SET (weight, steps, calories, "sleepQuality", "perceivedStress", notes, "customResponses", "dataSources") =
        (SELECT n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", n.notes,
                CASE WHEN changes ? 'customResponses'
                     THEN nullif(jsonb_strip_nulls(coalesce(e."customResponses", '{}') || coalesce(nullif(changes -> 'customResponses', 'null'), '{}')), '{}')
                     ELSE e."customResponses" END,
                centurion.merge_sources(e."dataSources", changes)
         FROM jsonb_populate_record(e, changes - '{customResponses,dataSources}'::text[]) AS n)
    WHERE e.id = entry;
    outcome := 'saved';
END
$$;

-- That somebody may write a check-in, and that what is to be written is one.
CREATE FUNCTION centurion.require_entry(person centurion.me, member integer, day date, changes jsonb) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_entry_day(person, member, day);
    PERFORM centurion.require_keys(changes, '{weight,steps,calories,sleepQuality,perceivedStress,notes,customResponses,dataSources}');
    IF EXISTS (SELECT FROM jsonb_each(CASE jsonb_typeof(changes -> 'dataSources') WHEN 'object' THEN changes -> 'dataSources' ELSE '{}' END) AS s
               WHERE s.value NOT IN ('"manual"', '"healthkit"'))
       OR jsonb_typeof(changes -> 'customResponses') NOT IN ('object', 'null') THEN
        RAISE EXCEPTION 'a source is "manual" or "healthkit", and answers are a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- As in migration 17, made of the two above.
CREATE OR REPLACE FUNCTION centurion.entry_save(request uuid, member integer, day date, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    put    record;
BEGIN
    PERFORM centurion.require_entry(person, member, day, changes);
    IF NOT centurion.change_begin(request, 'entry_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    put := centurion.entry_put(member, day, version, changes);
    IF put.outcome = 'conflict' THEN
        RETURN centurion.change_conflict(request, 'Entry', put.entry::text);
    END IF;
    RETURN centurion.change_saved(request, 'Entry', put.entry::text);
END
$$;

-- A page of check-ins, [{"user_id", "date", "version", "changes"}, ...]: each is saved whole or not at all, and none keeps another one from
-- it. A row each in their order: saved; conflict; or refused, whose key says why. A request that comes again finds those that it saved
-- repeated, and the others in conflict: what became of them was told when it came first.
CREATE FUNCTION centurion.entries_save(request uuid, items jsonb) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    item   record;
    put    record;
    hint   text;
    made   text[] := '{}';
    told   centurion.change[];
    answer centurion.change;
BEGIN
    IF jsonb_typeof(items) IS DISTINCT FROM 'array' OR jsonb_array_length(items) NOT BETWEEN 1 AND 1000
       OR jsonb_path_exists(items, 'strict $[*] ? (@.type() != "object")') THEN
        RAISE EXCEPTION 'a page is a list of 1 to 1000 check-ins' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    told := array_fill(NULL::centurion.change, ARRAY[jsonb_array_length(items)]);
    IF NOT centurion.change_begin(request, 'entries_save') THEN
        made := string_to_array(split_part(centurion.request_target(request), ':', 2), ',');
        RETURN QUERY
        SELECT CASE WHEN e.id::text = ANY (made) THEN 'repeated' ELSE 'conflict' END, e.id::text, e.xmin::text, to_jsonb(e), NULL::integer
        FROM jsonb_array_elements(items) WITH ORDINALITY AS i (value, nth)
             LEFT JOIN public.entries AS e ON e."userId" = (i.value ->> 'user_id')::integer AND e.date = (i.value ->> 'date')::date
                                              AND centurion.is_theirs(person, e."userId")
        ORDER BY i.nth;
        RETURN;
    END IF;
    FOR item IN
        SELECT i.nth, i.value ->> 'version' AS version, i.value -> 'changes' AS changes, i.value ->> 'user_id' AS member, i.value ->> 'date' AS day
        FROM jsonb_array_elements(items) WITH ORDINALITY AS i (value, nth)
        ORDER BY i.value ->> 'user_id', i.value ->> 'date' -- everybody locks in the same order
    LOOP
        answer := NULL;
        BEGIN
            PERFORM centurion.require_entry(person, item.member::integer, item.day::date, item.changes);
            put := centurion.entry_put(item.member::integer, item.day::date, item.version, item.changes);
            answer := centurion.change_answer(put.outcome, request, 'Entry:' || put.entry);
            answer.key := put.entry;
            IF put.outcome = 'saved' THEN
                made := made || put.entry::text;
            END IF;
        EXCEPTION
            WHEN check_violation OR no_data_found OR object_not_in_prerequisite_state OR data_exception OR unique_violation OR insufficient_privilege THEN
                GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
                answer := NULL;
                answer.outcome := 'refused';
                answer.key := SQLERRM || coalesce('. ' || nullif(hint, ''), '');
        END;
        told[item.nth] := answer;
    END LOOP;
    PERFORM centurion.request_end(request, CASE WHEN made <> '{}' THEN 'Entry:' || array_to_string(made, ',') END);
    RETURN QUERY SELECT t.outcome, t.key, t.version, t.record, t.audit FROM unnest(told) AS t;
END
$$;

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['entry_limits()', 'entry_prompts(integer, integer)', 'entry_grid(integer, date, date)', 'entry_grid_member(integer, date, date)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
END
$$;
ALTER FUNCTION centurion.entries_save(uuid, jsonb) OWNER TO centurion_writer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.entries_save(uuid, jsonb) TO centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.prompt_list(jsonb), centurion.entry_rows(integer[], date, date, text[]) TO centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.entry_put(integer, date, text, jsonb), centurion.require_entry(centurion.me, integer, date, jsonb) TO centurion_writer;
