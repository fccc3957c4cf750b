-- What members hand in: answers to the weekly questionnaires (and the questionnaires themselves), and health data.

-- ---- Questionnaires ----

-- The questions of a questionnaire, on all its pages and panels, in their order.
CREATE FUNCTION centurion.question_list(questions jsonb) RETURNS TABLE (nth bigint, name text, type text, question jsonb)
    LANGUAGE sql IMMUTABLE ROWS 10 AS
$$
    SELECT q.nth, q.value ->> 'name', q.value ->> 'type', q.value
    FROM jsonb_path_query(questions, 'strict $.** ? (@.type != "html" && @.type != "panel" && exists(@.name))') WITH ORDINALITY AS q (value, nth)
$$;

-- A number, written as one or as a text; NULL for anything else.
CREATE FUNCTION centurion.json_number(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN value #>> '{}' ~ '^-?[0-9]{1,15}([.][0-9]{1,15})?$' THEN (value #>> '{}')::numeric END $$;

-- What may be chosen, without the texts that are shown for it.
CREATE FUNCTION centurion.choice_values(choices jsonb) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE ROWS 5 AS
$$ SELECT CASE jsonb_typeof(c.value) WHEN 'object' THEN c.value -> 'value' ELSE c.value END
   FROM jsonb_array_elements(CASE jsonb_typeof(choices) WHEN 'array' THEN choices ELSE '[]' END) AS c $$;

-- What is wrong with the shape of a questionnaire. Kinds of questions that are not known here are kept, not judged.
CREATE FUNCTION centurion.questions_fault(questions jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF jsonb_typeof(questions) IS DISTINCT FROM 'object' OR NOT questions ?| '{pages,elements}' THEN
        RETURN 'questions are a JSON object with pages or elements, as SurveyJS has them';
    ELSIF jsonb_typeof(questions -> 'pages') <> 'array' OR jsonb_path_exists(questions, 'strict $.pages[*] ? (@.type() != "object")', silent => true)
          OR jsonb_path_exists(questions, 'strict $.** ? (exists(@.elements)).elements ? (@.type() != "array")')
          OR jsonb_path_exists(questions, 'strict $.** ? (exists(@.elements)).elements[*] ? (@.type() != "object")') THEN
        RETURN 'pages and elements are lists of JSON objects';
    END IF;
    RETURN concat_ws('; ',
        (SELECT format('%s element%s without a type or a name', count(*), CASE WHEN count(*) > 1 THEN 's' END)
         FROM jsonb_path_query(questions, 'strict $.** ? (exists(@.elements)).elements[*]') AS e (value)
         WHERE jsonb_typeof(e.value -> 'type') IS DISTINCT FROM 'string'
               OR e.value ->> 'type' NOT IN ('html', 'panel') AND (jsonb_typeof(e.value -> 'name') IS DISTINCT FROM 'string' OR e.value ->> 'name' !~ '\S')
         HAVING count(*) > 0),
        (SELECT string_agg(format('the name "%s" is there twice', q.name), '; ' ORDER BY q.name)
         FROM (SELECT q.name FROM centurion.question_list(questions) AS q GROUP BY q.name HAVING count(*) > 1) AS q),
        (SELECT string_agg(format('%s: %s', q.name, f.fault), '; ' ORDER BY q.nth)
         FROM centurion.question_list(questions) AS q
              CROSS JOIN LATERAL (SELECT CASE
                  WHEN q.type IN ('checkbox', 'radiogroup', 'dropdown')
                       AND (NOT EXISTS (SELECT FROM centurion.choice_values(q.question -> 'choices'))
                            OR EXISTS (SELECT FROM centurion.choice_values(q.question -> 'choices') AS c (value)
                                       WHERE coalesce(jsonb_typeof(c.value), '') NOT IN ('string', 'number', 'boolean')))
                  THEN 'choices are a list of texts, or of {value, text}'
                  WHEN q.type = 'text' AND centurion.json_number(q.question -> 'min') > centurion.json_number(q.question -> 'max')
                       OR q.type = 'rating' AND centurion.json_number(q.question -> 'rateMin') >= centurion.json_number(q.question -> 'rateMax')
                  THEN 'the least is above the most' END AS fault) AS f
         WHERE f.fault IS NOT NULL));
END
$$;

-- A questionnaire that somebody answered stays where and when it was asked.
CREATE FUNCTION centurion.check_questionnaire() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    moved boolean := TG_OP = 'DELETE';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        moved := (NEW."cohortId", NEW."weekNumber") IS DISTINCT FROM (OLD."cohortId", OLD."weekNumber");
    END IF;
    IF moved AND EXISTS (SELECT FROM public.weekly_questionnaire_responses AS r WHERE r."bundleId" = OLD.id) THEN
        RAISE EXCEPTION 'The questionnaire % has answers', OLD.id
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'It cannot be moved or deleted. Make it inactive, or copy it.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM centurion.refuse(concat_ws('; ',
        -- Far more weeks than any cohort has, and few enough to count days with.
        CASE WHEN NOT coalesce(NEW."weekNumber" BETWEEN 1 AND 1000, false)
             THEN format('weeks are 1 to 1000, not %s', coalesce(NEW."weekNumber"::text, 'nothing')) END,
        nullif(centurion.questions_fault(NEW.questions), '')));
    IF EXISTS (SELECT FROM public.questionnaire_bundles AS b
               WHERE (b."cohortId", b."weekNumber") = (NEW."cohortId", NEW."weekNumber") AND b.id <> NEW.id) THEN
        RAISE EXCEPTION 'The cohort % has a questionnaire of week % already', NEW."cohortId", NEW."weekNumber" USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_questionnaire BEFORE INSERT OR UPDATE OR DELETE ON public.questionnaire_bundles
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_questionnaire();

-- Locks a questionnaire of one of the person's cohorts.
CREATE FUNCTION centurion.lock_questionnaire(person centurion.me, bundle integer, OUT cohort integer, OUT version text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    SELECT b."cohortId", b.xmin::text INTO cohort, version
    FROM public.questionnaire_bundles AS b JOIN public.cohorts AS c ON c.id = b."cohortId" AND c."deletedAt" IS NULL
    WHERE b.id = bundle
    FOR UPDATE OF b;
    IF cohort IS NULL THEN
        RAISE EXCEPTION 'There is no questionnaire %', coalesce(bundle::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM centurion.require_open_cohort(person, cohort);
END
$$;

-- What a cohort is asked about a week; bundle NULL: a new one.
CREATE FUNCTION centurion.questionnaire_save(request uuid, bundle integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
    made   integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{cohortId,weekNumber,questions,isActive}');
    IF bundle IS NULL OR changes ? 'cohortId' THEN
        PERFORM centurion.require_open_cohort(person, (changes ->> 'cohortId')::integer);
    END IF;
    IF NOT centurion.change_begin(request, 'questionnaire_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF bundle IS NULL THEN
        INSERT INTO public.questionnaire_bundles AS b ("cohortId", "weekNumber", questions, "isActive")
        SELECT n."cohortId", n."weekNumber", n.questions, coalesce(n."isActive", true)
        FROM jsonb_populate_record(NULL::public.questionnaire_bundles, changes) AS n
        RETURNING b.id INTO made;
        RETURN centurion.change_saved(request, 'Questionnaire', made::text);
    END IF;
    SELECT * INTO seen FROM centurion.lock_questionnaire(person, bundle);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Questionnaire', bundle::text);
    END IF;
    UPDATE public.questionnaire_bundles AS b
    SET ("cohortId", "weekNumber", questions, "isActive") =
        (SELECT n."cohortId", n."weekNumber", n.questions, coalesce(n."isActive", true) FROM jsonb_populate_record(b, changes) AS n)
    WHERE b.id = bundle;
    RETURN centurion.change_saved(request, 'Questionnaire', bundle::text);
END
$$;

CREATE FUNCTION centurion.questionnaire_delete(request uuid, bundle integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'questionnaire_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT * INTO seen FROM centurion.lock_questionnaire(person, bundle);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Questionnaire', bundle::text);
    END IF;
    DELETE FROM public.questionnaire_bundles AS b WHERE b.id = bundle;
    RETURN centurion.change_saved(request, 'Questionnaire', bundle::text);
END
$$;

-- The same questions, asked of a cohort (the same or another one) about a week.
CREATE FUNCTION centurion.questionnaire_copy(request uuid, bundle integer, cohort integer, week integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    source record;
    made   integer;
BEGIN
    PERFORM centurion.require_open_cohort(person, cohort);
    SELECT b."cohortId", b.questions INTO source
    FROM public.questionnaire_bundles AS b JOIN public.cohorts AS c ON c.id = b."cohortId" AND c."deletedAt" IS NULL
    WHERE b.id = bundle;
    IF source."cohortId" IS NULL OR NOT (person.role = 'ADMIN' OR centurion.may_see_cohort(source."cohortId")) THEN
        RAISE EXCEPTION 'There is no questionnaire %', coalesce(bundle::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF NOT centurion.change_begin(request, 'questionnaire_copy') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    INSERT INTO public.questionnaire_bundles AS b ("cohortId", "weekNumber", questions) VALUES (cohort, week, source.questions)
    RETURNING b.id INTO made;
    RETURN centurion.change_saved(request, 'Questionnaire', made::text);
END
$$;

-- ---- Answers ----

CREATE FUNCTION centurion.is_answered(answer jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(answer NOT IN ('null', '[]', '{}') AND (jsonb_typeof(answer) <> 'string' OR answer #>> '{}' ~ '\S'), false) $$;

-- What is wrong with an answer to a question, NULL where nothing is. No answer suits any question whose kind is known.
CREATE FUNCTION centurion.answer_fault(question jsonb, answer jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    kind   text := CASE WHEN question ->> 'type' = 'text' AND question ->> 'inputType' IN ('number', 'range') THEN 'number' ELSE question ->> 'type' END;
    given  text := jsonb_typeof(answer);
    low    numeric := CASE kind WHEN 'rating' THEN coalesce(centurion.json_number(question -> 'rateMin'), 1) ELSE centurion.json_number(question -> 'min') END;
    high   numeric := CASE kind WHEN 'rating' THEN coalesce(centurion.json_number(question -> 'rateMax'), 5) ELSE centurion.json_number(question -> 'max') END;
    offer  jsonb := question -> CASE kind WHEN 'rating' THEN 'rateValues' ELSE 'choices' END;
BEGIN
    IF NOT coalesce(kind IN ('comment', 'text', 'number', 'rating', 'checkbox', 'radiogroup', 'boolean', 'dropdown'), false) THEN
        RETURN format('cannot be answered here (%s)', coalesce(kind, 'of no kind'));
    ELSIF answer IS NULL THEN
        RETURN NULL;
    ELSIF kind IN ('comment', 'text') THEN
        RETURN CASE WHEN given <> 'string' THEN 'is a text'
                    WHEN length(answer #>> '{}') > centurion.json_number(question -> 'maxLength') AND centurion.json_number(question -> 'maxLength') > 0
                    THEN format('has at most %s characters, not %s', question ->> 'maxLength', length(answer #>> '{}')) END;
    ELSIF kind = 'boolean' THEN
        RETURN CASE WHEN given <> 'boolean' THEN 'is true or false' END;
    ELSIF kind = 'number' OR kind = 'rating' AND NOT EXISTS (SELECT FROM centurion.choice_values(offer)) THEN
        RETURN CASE WHEN given <> 'number' THEN 'is a number'
                    WHEN (answer #>> '{}')::numeric < low THEN format('is at least %s, not %s', low, answer)
                    WHEN (answer #>> '{}')::numeric > high THEN format('is at most %s, not %s', high, answer)
                    WHEN kind = 'rating' AND (answer #>> '{}')::numeric % 1 <> 0 THEN format('is a whole number, not %s', answer) END;
    ELSIF kind = 'checkbox' THEN
        RETURN CASE WHEN given <> 'array' THEN 'is a list'
                    WHEN EXISTS (SELECT FROM jsonb_array_elements(answer) AS a WHERE a.value NOT IN (SELECT centurion.choice_values(offer)))
                    THEN format('holds something that is no choice: %s', answer)
                    WHEN jsonb_array_length(answer) > (SELECT count(DISTINCT a.value) FROM jsonb_array_elements(answer) AS a)
                    THEN 'holds a choice twice' END;
    END IF;
    RETURN CASE WHEN answer NOT IN (SELECT centurion.choice_values(offer)) THEN format('has no choice %s', answer) END;
END
$$;

-- Answers that were not changed are not judged: questions change under them, and other programs know more kinds.
CREATE FUNCTION centurion.check_response() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    before    jsonb := '{}';
    completes boolean := NEW.status = 'COMPLETED';
    asked     jsonb := (SELECT b.questions FROM public.questionnaire_bundles AS b WHERE b.id = NEW."bundleId");
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status = 'COMPLETED' AND NOT centurion.acts_as_staff() THEN
            RAISE EXCEPTION 'The questionnaire is completed'
                USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Your coach can open it again.';
        END IF;
        before := CASE jsonb_typeof(OLD.responses) WHEN 'object' THEN OLD.responses ELSE '{}' END;
        completes := completes AND OLD.status <> 'COMPLETED';
    END IF;
    IF jsonb_typeof(NEW.responses) IS DISTINCT FROM 'object' THEN
        PERFORM centurion.refuse('answers are a JSON object');
    END IF;
    PERFORM centurion.refuse(
        (SELECT string_agg(format('%s %s', k.name, f.fault), '; ' ORDER BY q.nth, k.name)
         FROM (SELECT jsonb_object_keys(before || NEW.responses) AS name) AS k
              LEFT JOIN centurion.question_list(asked) AS q ON q.name = k.name
              CROSS JOIN LATERAL (SELECT CASE WHEN q.name IS NULL THEN 'is not asked'
                                              ELSE centurion.answer_fault(q.question, NEW.responses -> k.name) END AS fault) AS f
         WHERE before -> k.name IS DISTINCT FROM NEW.responses -> k.name AND f.fault IS NOT NULL));
    IF completes THEN
        PERFORM centurion.refuse('still to be answered: ' ||
            (SELECT string_agg(coalesce(q.question ->> 'title', q.name), '; ' ORDER BY q.nth)
             FROM centurion.question_list(asked) AS q
             WHERE q.question -> 'isRequired' = 'true' AND NOT centurion.is_answered(NEW.responses -> q.name)));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_response BEFORE INSERT OR UPDATE ON public.weekly_questionnaire_responses
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_response();

-- That a member may answer a questionnaire now; the week that it is about.
CREATE FUNCTION centurion.require_open_questionnaire(person centurion.me, bundle integer) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    today date := centurion.today();
    grace integer := (SELECT s.questionnaire_grace_days FROM centurion.settings AS s);
    asked record;
BEGIN
    SELECT b."weekNumber" AS week, b."isActive" AND c.status = 'ACTIVE' AND m.status = 'ACTIVE' AS open,
           c."startDate"::date + 7 * (b."weekNumber" - 1) AS opens
    INTO asked
    FROM public.questionnaire_bundles AS b
         JOIN public.cohorts AS c ON c.id = b."cohortId" AND c."deletedAt" IS NULL
         JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m."userId" = person."userId" AND m.status IN ('ACTIVE', 'PAUSED')
    WHERE b.id = bundle;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no questionnaire %', coalesce(bundle::text, 'without a number') USING ERRCODE = 'no_data_found';
    ELSIF today < asked.opens THEN
        RAISE EXCEPTION 'The questionnaire is not available yet'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = format('It opens on %s.', to_char(asked.opens, 'YYYY-MM-DD'));
    ELSIF NOT asked.open OR today > asked.opens + 6 + grace THEN
        RAISE EXCEPTION 'The questionnaire is closed'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'It can be read, and answered only in its week by active members.';
    END IF;
    RETURN asked.week;
END
$$;

-- A member's own answers: question by question, null takes one back. version NULL: nothing was answered yet. complete hands
-- them in; after that they are final.
CREATE FUNCTION centurion.response_save(request uuid, bundle integer, version text, changes jsonb, complete boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person  centurion.me := centurion.require_me();
    becomes public."ResponseStatus" := CASE WHEN complete THEN 'COMPLETED' ELSE 'IN_PROGRESS' END;
    cleared text[];
    week    integer;
    seen    record;
    made    integer;
BEGIN
    IF person.role <> 'CLIENT' THEN
        RAISE EXCEPTION 'for members only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    week := centurion.require_open_questionnaire(person, bundle);
    IF jsonb_typeof(changes) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'changes are a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    cleared := ARRAY(SELECT c.key FROM jsonb_each(changes) AS c WHERE c.value = 'null');
    IF NOT centurion.change_begin(request, 'response_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT r.id, r.xmin::text AS version INTO seen FROM public.weekly_questionnaire_responses AS r
    WHERE r."userId" = person."userId" AND r."bundleId" = bundle FOR UPDATE;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Response', seen.id::text);
    END IF;
    IF seen.id IS NULL THEN
        INSERT INTO public.weekly_questionnaire_responses AS r ("userId", "bundleId", "weekNumber", responses, status)
        VALUES (person."userId", bundle, week, changes - cleared, becomes)
        ON CONFLICT DO NOTHING
        RETURNING r.id INTO made;
        IF made IS NULL THEN -- the same person was faster, elsewhere
            SELECT r.id INTO made FROM public.weekly_questionnaire_responses AS r WHERE r."userId" = person."userId" AND r."bundleId" = bundle;
            RETURN centurion.change_conflict(request, 'Response', made::text);
        END IF;
        RETURN centurion.change_saved(request, 'Response', made::text);
    END IF;
    UPDATE public.weekly_questionnaire_responses AS r
    SET responses = (CASE jsonb_typeof(r.responses) WHEN 'object' THEN r.responses ELSE '{}' END || changes) - cleared, status = becomes
    WHERE r.id = seen.id;
    RETURN centurion.change_saved(request, 'Response', seen.id::text);
END
$$;

-- Completed answers are handed back to their member. Whether they can still be changed depends on their week, as always.
CREATE FUNCTION centurion.response_reopen(request uuid, response integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'response_reopen') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT r."userId", b."cohortId", r.status, r.xmin::text AS version INTO seen
    FROM public.weekly_questionnaire_responses AS r JOIN public.questionnaire_bundles AS b ON b.id = r."bundleId"
    WHERE r.id = response
    FOR UPDATE OF r;
    IF seen."userId" IS NULL OR NOT centurion.is_theirs(person, seen."userId")
       OR NOT (person.role = 'ADMIN' OR centurion.may_see_cohort(seen."cohortId")) THEN
        RAISE EXCEPTION 'There are no answers %', coalesce(response::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Response', response::text);
    END IF;
    IF seen.status <> 'COMPLETED' THEN
        RAISE EXCEPTION 'The answers % are not completed', response USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    PERFORM centurion.require_open_cohort(person, seen."cohortId");
    UPDATE public.weekly_questionnaire_responses AS r SET status = 'IN_PROGRESS' WHERE r.id = response;
    RETURN centurion.change_saved(request, 'Response', response::text);
END
$$;

-- ---- Health data ----

-- Imports take rows as a JSON list of objects, with the names of the columns as keys; numbers and moments may be texts, as they are in
-- files. A row that is no good is reported by its place in the list and left out, the others are kept. The record of the
-- answer is {"imported": n, "known": n, "refused": [{"row": n, "why": "..."}]}.

-- A moment with its offset, or in UTC: 2026-01-05T07:10:00Z, 2026-01-05 07:10:00 +1300. NULL for anything else.
CREATE FUNCTION centurion.json_moment(value jsonb) RETURNS timestamp
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO' AS
$$
BEGIN
    IF value #>> '{}' ~ '^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.]\d{1,6})?)?)? ?(Z|[+-]\d\d:?\d\d)?$' THEN
        RETURN ((value #>> '{}')::timestamptz AT TIME ZONE 'UTC')::timestamp(3);
    END IF;
    RETURN NULL;
EXCEPTION
    WHEN data_exception THEN RETURN NULL; -- no such day
END
$$;

-- What is given for numbers and is none.
CREATE FUNCTION centurion.unread_numbers(given jsonb, keys text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT string_agg(format('%s is a number, not %s', k.key, given -> k.key), '; ')
   FROM unnest(keys) AS k (key) WHERE given ->> k.key IS NOT NULL AND centurion.json_number(given -> k.key) IS NULL $$;

-- Heart rates are an object of numbers: avg, max, min.
CREATE FUNCTION centurion.health_workout_fault(type text, starts timestamp, ends timestamp, minutes numeric, calories double precision,
                                               distance double precision, heart jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT nullif(concat_ws('; ',
        CASE WHEN NOT coalesce(type ~ '\S', false) THEN 'a workout has a type' END,
        CASE WHEN starts IS NULL OR ends IS NULL THEN 'a workout has a start and an end' WHEN ends < starts THEN 'the end is before the start' END,
        CASE WHEN NOT coalesce(minutes > 0 AND minutes <= 100000, false)
             THEN format('the duration is above 0 minutes, not %s', coalesce(minutes::text, 'nothing')) END,
        CASE WHEN NOT (calories >= 0 AND calories < 'Infinity') OR NOT (distance >= 0 AND distance < 'Infinity')
             THEN 'calories and distance are not below 0' END,
        CASE WHEN jsonb_typeof(heart) NOT IN ('object', 'null')
                  OR EXISTS (SELECT FROM jsonb_each(CASE jsonb_typeof(heart) WHEN 'object' THEN heart ELSE '{}' END) AS h
                             WHERE NOT coalesce(centurion.json_number(h.value) BETWEEN 30 AND 250, false))
             THEN format('heart rates are 30 to 250, not %s', heart) END), '')
$$;

CREATE FUNCTION centurion.sleep_fault(starts timestamp, ends timestamp, total numeric, bed numeric, deep numeric, rem numeric, core numeric)
    RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT nullif(concat_ws('; ',
        CASE WHEN starts IS NULL OR ends IS NULL THEN 'a night has a start and an end' WHEN ends <= starts THEN 'the end is not after the start' END,
        CASE WHEN total IS NULL OR bed IS NULL THEN 'a night has its minutes asleep and in bed' END,
        (SELECT string_agg(format('%s is 0 to 1440 minutes, not %s', m.name, m.value), '; ')
         FROM (VALUES ('totalSleep', total), ('inBedTime', bed), ('deepSleep', deep), ('remSleep', rem), ('coreSleep', core)) AS m (name, value)
         WHERE m.value NOT BETWEEN 0 AND 1440)), '')
$$;

CREATE FUNCTION centurion.check_health_workout() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(centurion.health_workout_fault(NEW."workoutType", NEW."startTime", NEW."endTime", NEW.duration, NEW.calories, NEW.distance,
                                                            NEW."heartRate"));
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_health_workout BEFORE INSERT OR UPDATE ON public.healthkit_workouts
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_health_workout();

CREATE FUNCTION centurion.check_sleep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(centurion.sleep_fault(NEW."startTime", NEW."endTime", NEW."totalSleep", NEW."inBedTime", NEW."deepSleep", NEW."remSleep",
                                                   NEW."coreSleep"));
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_sleep BEFORE INSERT OR UPDATE ON public.sleep_records
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_sleep();

-- The rows as columns, with what is wrong with each. Minutes are rounded, but none that there were become none.
CREATE FUNCTION centurion.read_health_workouts(rows jsonb)
    RETURNS TABLE (nth bigint, type text, starts timestamp, ends timestamp, minutes numeric, calories double precision, distance double precision,
                   heart jsonb, metadata jsonb, why text)
    LANGUAGE sql IMMUTABLE ROWS 1000 AS
$$
    SELECT r.nth, w.*,
           coalesce(CASE WHEN jsonb_typeof(r.row) <> 'object' THEN 'a row is a JSON object' END,
                    centurion.unread_numbers(r.row, '{duration,calories,distance}'),
                    centurion.health_workout_fault(w.type, w.starts, w.ends, w.minutes, w.calories, w.distance, w.heart))
    FROM jsonb_array_elements(rows) WITH ORDINALITY AS r (row, nth)
         CROSS JOIN LATERAL (SELECT centurion.json_number(r.row -> 'duration') AS value) AS d
         CROSS JOIN LATERAL (
             SELECT r.row ->> 'workoutType' AS type, centurion.json_moment(r.row -> 'startTime') AS starts, centurion.json_moment(r.row -> 'endTime') AS ends,
                    CASE WHEN d.value > 0 THEN greatest(1, round(d.value)) ELSE d.value END AS minutes,
                    centurion.json_number(r.row -> 'calories')::double precision AS calories,
                    centurion.json_number(r.row -> 'distance')::double precision AS distance,
                    nullif(r.row -> 'heartRate', 'null') AS heart, nullif(r.row -> 'metadata', 'null') AS metadata
         ) AS w
$$;

-- wakes is the date, where the business is, on which somebody woke up: a night belongs to that.
CREATE FUNCTION centurion.read_sleep(rows jsonb)
    RETURNS TABLE (nth bigint, starts timestamp, ends timestamp, total numeric, bed numeric, deep numeric, rem numeric, core numeric, device text,
                   wakes date, why text)
    LANGUAGE sql STABLE ROWS 1000 AS
$$
    SELECT r.nth, s.*, centurion.local_time(s.ends, z.timezone)::date,
           coalesce(CASE WHEN jsonb_typeof(r.row) <> 'object' THEN 'a row is a JSON object' END,
                    centurion.unread_numbers(r.row, '{totalSleep,inBedTime,deepSleep,remSleep,coreSleep}'),
                    centurion.sleep_fault(s.starts, s.ends, s.total, s.bed, s.deep, s.rem, s.core))
    FROM jsonb_array_elements(rows) WITH ORDINALITY AS r (row, nth)
         CROSS JOIN (SELECT s.timezone FROM centurion.settings AS s) AS z
         CROSS JOIN LATERAL (
             SELECT centurion.json_moment(r.row -> 'startTime') AS starts, centurion.json_moment(r.row -> 'endTime') AS ends,
                    round(centurion.json_number(r.row -> 'totalSleep')) AS total, round(centurion.json_number(r.row -> 'inBedTime')) AS bed,
                    round(centurion.json_number(r.row -> 'deepSleep')) AS deep, round(centurion.json_number(r.row -> 'remSleep')) AS rem,
                    round(centurion.json_number(r.row -> 'coreSleep')) AS core, r.row ->> 'sourceDevice' AS device
         ) AS s
$$;

-- Steps of days, with the check-in that they belong to: {"date": "2026-01-05", "steps": 8000}. Clients fill those that they
-- may change; entries that have steps are left alone, so nothing is wrong with their rows.
CREATE FUNCTION centurion.read_steps(person centurion.me, member integer, rows jsonb)
    RETURNS TABLE (nth bigint, day date, steps numeric, entry integer, filled boolean, why text)
    LANGUAGE sql STABLE ROWS 1000 AS
$$
    SELECT r.nth, d.day, d.steps, e.id, f.filled,
           coalesce(CASE WHEN jsonb_typeof(r.row) <> 'object' THEN 'a row is a JSON object' END,
                    CASE WHEN d.day IS NULL THEN 'steps have a date' WHEN d.day > t.today THEN 'the day lies in the future' END,
                    CASE WHEN d.steps IS NULL THEN format('steps are a number, not %s', coalesce(r.row -> 'steps', 'null')) END,
                    CASE WHEN abs(d.steps) > 1000000000 THEN format('steps are 0 to 200000, not %s', d.steps)
                         ELSE centurion.entry_fault(NULL, d.steps::integer, NULL, NULL, NULL, NULL, t.weight_unit) END,
                    CASE WHEN f.filled THEN NULL
                         WHEN person.role = 'CLIENT' AND d.day < t.today - t.entry_edit_days AND e.id IS NOT NULL THEN 'the check-in of that day is closed'
                         ELSE centurion.entry_fault(e.weight, NULL, e.calories, e."sleepQuality", e."perceivedStress", e.notes, t.weight_unit) END)
    FROM jsonb_array_elements(rows) WITH ORDINALITY AS r (row, nth)
         CROSS JOIN (SELECT s.weight_unit, s.entry_edit_days, centurion.today() AS today FROM centurion.settings AS s) AS t
         CROSS JOIN LATERAL (SELECT centurion.json_moment(r.row -> 'date')::date AS day, round(centurion.json_number(r.row -> 'steps')) AS steps) AS d
         LEFT JOIN public.entries AS e ON e."userId" = member AND e.date = d.day
         CROSS JOIN LATERAL (SELECT coalesce(e.steps IS NOT NULL OR e."dataSources" ->> 'steps' = 'manual', false) AS filled) AS f
$$;

-- What imports have in common: whose they are, that they are done once, and one at a time for a member, so that the same file
-- imported twice at once is there once.
CREATE FUNCTION centurion.import_begin(person centurion.me, request uuid, change text, member integer, rows jsonb) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_member(person, member);
    IF jsonb_typeof(rows) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'rows are a JSON list of objects' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, change) THEN
        RETURN false;
    END IF;
    PERFORM FROM public.users AS u WHERE u.id = member FOR NO KEY UPDATE;
    RETURN true;
END
$$;

-- How many were imported is counted in the audit log: so a request that comes again is told the same as the first time.
CREATE FUNCTION centurion.import_answer(begun boolean, request uuid, target text, action text, member integer, good bigint, refused jsonb)
    RETURNS centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    answer   centurion.change;
    imported bigint;
BEGIN
    answer := CASE WHEN begun THEN centurion.change_saved(request, target, member::text) ELSE centurion.change_repeated(request) END;
    imported := (SELECT count(*) FROM public.audit_logs AS l
                 WHERE l.metadata ->> 'request' = request::text AND l.action = import_answer.action);
    answer.record := jsonb_build_object('imported', imported, 'known', good - imported, 'refused', coalesce(refused, '[]'));
    RETURN answer;
END
$$;

-- Known is a workout of the same type that started at the same moment.
CREATE FUNCTION centurion.health_workouts_import(request uuid, member integer, rows jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    begun   boolean := centurion.import_begin(centurion.require_actor(), request, 'health_workouts_import', member, rows);
    good    bigint;
    refused jsonb;
BEGIN
    IF begun THEN
        INSERT INTO public.healthkit_workouts ("userId", "workoutType", "startTime", "endTime", duration, calories, distance, "heartRate", metadata)
        SELECT DISTINCT ON (r.type, r.starts) member, r.type, r.starts, r.ends, r.minutes, r.calories, r.distance, r.heart, r.metadata
        FROM centurion.read_health_workouts(rows) AS r
        WHERE r.why IS NULL AND NOT EXISTS (SELECT FROM public.healthkit_workouts AS w
                                            WHERE w."userId" = member AND w."workoutType" = r.type AND w."startTime" = r.starts)
        ORDER BY r.type, r.starts, r.nth;
    END IF;
    SELECT count(*) FILTER (WHERE r.why IS NULL), jsonb_agg(jsonb_build_object('row', r.nth, 'why', r.why) ORDER BY r.nth) FILTER (WHERE r.why IS NOT NULL)
    INTO good, refused FROM centurion.read_health_workouts(rows) AS r;
    RETURN centurion.import_answer(begun, request, 'HealthWorkouts', 'CREATE_HEALTH_WORKOUT', member, good, refused);
END
$$;

-- Known is a night with the same date of waking up. Of several in a file the first counts.
CREATE FUNCTION centurion.sleep_import(request uuid, member integer, rows jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    begun   boolean := centurion.import_begin(centurion.require_actor(), request, 'sleep_import', member, rows);
    good    bigint;
    refused jsonb;
BEGIN
    IF begun THEN
        INSERT INTO public.sleep_records ("userId", "startTime", "endTime", "totalSleep", "inBedTime", "deepSleep", "remSleep", "coreSleep", "sourceDevice")
        SELECT DISTINCT ON (r.wakes) member, r.starts, r.ends, r.total, r.bed, r.deep, r.rem, r.core, r.device
        FROM centurion.read_sleep(rows) AS r
        WHERE r.why IS NULL
              AND r.wakes NOT IN (SELECT centurion.local_time(s."endTime", z.timezone)::date
                                  FROM public.sleep_records AS s CROSS JOIN (SELECT timezone FROM centurion.settings) AS z WHERE s."userId" = member)
        ORDER BY r.wakes, r.nth;
    END IF;
    SELECT count(*) FILTER (WHERE r.why IS NULL), jsonb_agg(jsonb_build_object('row', r.nth, 'why', r.why) ORDER BY r.nth) FILTER (WHERE r.why IS NOT NULL)
    INTO good, refused FROM centurion.read_sleep(rows) AS r;
    RETURN centurion.import_answer(begun, request, 'SleepRecords', 'CREATE_SLEEP', member, good, refused);
END
$$;

-- Fills the check-ins that have no steps, and makes none: a day with a watch is not a day with a check-in. Those days are
-- counted as "absent". Of several rows of a day the first counts.
CREATE FUNCTION centurion.steps_import(request uuid, member integer, rows jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person  centurion.me := centurion.require_actor();
    begun   boolean := centurion.import_begin(person, request, 'steps_import', member, rows);
    good    bigint;
    absent  bigint;
    refused jsonb;
    answer  centurion.change;
BEGIN
    -- Judged before they are written: a check-in that was filled is filled.
    SELECT count(*) FILTER (WHERE r.why IS NULL AND r.entry IS NOT NULL), count(*) FILTER (WHERE r.why IS NULL AND r.entry IS NULL),
           jsonb_agg(jsonb_build_object('row', r.nth, 'why', r.why) ORDER BY r.nth) FILTER (WHERE r.why IS NOT NULL)
    INTO good, absent, refused FROM centurion.read_steps(person, member, rows) AS r;
    IF begun THEN
        UPDATE public.entries AS e
        SET steps = r.steps, "dataSources" = centurion.merge_sources(e."dataSources", '{"steps": 0, "dataSources": {"steps": "healthkit"}}')
        FROM (SELECT DISTINCT ON (s.entry) s.entry, s.steps FROM centurion.read_steps(person, member, rows) AS s
              WHERE s.why IS NULL AND NOT s.filled AND s.entry IS NOT NULL ORDER BY s.entry, s.nth) AS r
        WHERE e.id = r.entry AND e.steps IS NULL AND e."dataSources" ->> 'steps' IS DISTINCT FROM 'manual'; -- still
    END IF;
    answer := centurion.import_answer(begun, request, 'Steps', 'UPDATE_ENTRY', member, good, refused);
    answer.record := answer.record || jsonb_build_object('absent', absent);
    RETURN answer;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.question_list(jsonb), centurion.json_number(jsonb), centurion.choice_values(jsonb), centurion.questions_fault(jsonb),
                          centurion.lock_questionnaire(centurion.me, integer), centurion.is_answered(jsonb), centurion.answer_fault(jsonb, jsonb),
                          centurion.require_open_questionnaire(centurion.me, integer), centurion.json_moment(jsonb), centurion.unread_numbers(jsonb, text[]),
                          centurion.health_workout_fault(text, timestamp, timestamp, numeric, double precision, double precision, jsonb),
                          centurion.sleep_fault(timestamp, timestamp, numeric, numeric, numeric, numeric, numeric),
                          centurion.read_health_workouts(jsonb), centurion.read_sleep(jsonb), centurion.read_steps(centurion.me, integer, jsonb),
                          centurion.import_begin(centurion.me, uuid, text, integer, jsonb),
                          centurion.import_answer(boolean, uuid, text, text, integer, bigint, jsonb)
    TO centurion_writer;

DO $$
DECLARE
    change record;
BEGIN
    FOR change IN
        SELECT * FROM (VALUES
            ('questionnaire_save(uuid, integer, text, jsonb)',       'centurion_admin, centurion_coach'),
            ('questionnaire_delete(uuid, integer, text)',            'centurion_admin, centurion_coach'),
            ('questionnaire_copy(uuid, integer, integer, integer)',  'centurion_admin, centurion_coach'),
            ('response_save(uuid, integer, text, jsonb, boolean)',   'centurion_client'),
            ('response_reopen(uuid, integer, text)',                 'centurion_admin, centurion_coach'),
            ('health_workouts_import(uuid, integer, jsonb)',         'centurion_admin, centurion_coach, centurion_client'),
            ('sleep_import(uuid, integer, jsonb)',                   'centurion_admin, centurion_coach, centurion_client'),
            ('steps_import(uuid, integer, jsonb)',                   'centurion_admin, centurion_coach, centurion_client')
        ) AS c (signature, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_writer', change.signature);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', change.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', change.signature, change.who);
    END LOOP;
END
$$;
