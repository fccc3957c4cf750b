-- Changing what coaches work with: notes, reviews, check-in prompts and frequencies; and, for administrators, insights and
-- settings. What a row may hold stands in its check_...() and nowhere else; whose rows they are, in the policies of the writer.

-- Full text over all notes that one may see. "simple" changes no word: notes are in any language, and #tags stay what they are.
CREATE INDEX centurion_coach_notes_text_idx ON public.coach_notes USING gin (to_tsvector('simple'::regconfig, notes));

-- Refuses what is outside of its limits; nothing is wrong where there is no fault.
CREATE FUNCTION centurion.refuse(fault text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF fault <> '' THEN
        RAISE EXCEPTION '%', upper(left(fault, 1)) || substr(fault, 2) USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- A cohort that is the person's and not over: what belongs to a completed one is only read.
CREATE FUNCTION centurion.require_open_cohort(person centurion.me, cohort integer) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_cohort(person, cohort);
    IF EXISTS (SELECT FROM public.cohorts AS c WHERE c.id = cohort AND c.status = 'COMPLETED') THEN
        RAISE EXCEPTION 'The cohort % is completed', cohort
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'An administrator can make it active again.';
    END IF;
END
$$;

-- ---- Notes ----

CREATE FUNCTION centurion.check_note() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(concat_ws('; ',
        CASE WHEN NEW.notes !~ '\S' OR NEW.notes IS NULL THEN 'a note has no text' END,
        CASE WHEN length(NEW.notes) > 5000 THEN format('a note has at most 5000 characters, not %s', length(NEW.notes)) END,
        CASE WHEN NOT coalesce(NEW."weekNumber" >= 1, false) THEN format('weeks count from 1, not %s', coalesce(NEW."weekNumber"::text, 'nothing')) END));
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_note BEFORE INSERT OR UPDATE ON public.coach_notes
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_note();

-- Locks a note that the person may change: their own, for administrators anybody's. Others' notes about own clients can be
-- read, so that it may be said why they cannot be changed.
CREATE FUNCTION centurion.lock_note(person centurion.me, note integer, OUT member integer, OUT version text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    SELECT n."userId", n.xmin::text INTO member, version
    FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."userId" AND u."deletedAt" IS NULL
    WHERE n.id = note
    FOR UPDATE OF n;
    IF member IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM public.coach_notes AS n JOIN centurion.my_clients AS c ON c."userId" = n."userId" WHERE n.id = note) THEN
        RAISE EXCEPTION 'The note % is somebody else''s', note
            USING ERRCODE = 'insufficient_privilege', HINT = 'Its author and administrators can change it.';
    END IF;
    RAISE EXCEPTION 'There is no note %', coalesce(note::text, 'without a number') USING ERRCODE = 'no_data_found';
END
$$;

-- A note about a member; note NULL: a new one, by its caller. The tables' owner is nobody, so nobody's author either.
CREATE FUNCTION centurion.note_save(request uuid, note integer, version text, member integer, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
    made   integer;
BEGIN
    PERFORM centurion.require_me();
    PERFORM centurion.require_keys(changes, '{weekNumber,notes}');
    IF note IS NULL THEN
        PERFORM centurion.require_member(person, member);
    END IF;
    IF NOT centurion.change_begin(request, 'note_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF note IS NULL THEN
        INSERT INTO public.coach_notes AS c ("userId", "coachId", "weekNumber", notes)
        SELECT member, person."userId", n."weekNumber", n.notes FROM jsonb_populate_record(NULL::public.coach_notes, changes) AS n
        RETURNING c.id INTO made;
        RETURN centurion.change_saved(request, 'Note', made::text);
    END IF;
    SELECT * INTO seen FROM centurion.lock_note(person, note);
    IF member <> seen.member THEN
        RAISE EXCEPTION 'the note % is not about the member %', note, member
            USING ERRCODE = 'invalid_parameter_value', HINT = 'A note stays with the member that it is about.';
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Note', note::text);
    END IF;
    UPDATE public.coach_notes AS c
    SET ("weekNumber", notes) = (SELECT n."weekNumber", n.notes FROM jsonb_populate_record(c, changes) AS n)
    WHERE c.id = note;
    RETURN centurion.change_saved(request, 'Note', note::text);
END
$$;

CREATE FUNCTION centurion.note_delete(request uuid, note integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'note_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT * INTO seen FROM centurion.lock_note(person, note);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Note', note::text);
    END IF;
    DELETE FROM public.coach_notes AS c WHERE c.id = note;
    RETURN centurion.change_saved(request, 'Note', note::text);
END
$$;

-- ---- Reviews ----

CREATE FUNCTION centurion.check_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(concat_ws('; ',
        CASE WHEN NEW.week > centurion.today() THEN format('the week of %s lies in the future', to_char(NEW.week, 'YYYY-MM-DD')) END,
        CASE WHEN NEW.status NOT IN ('pending', 'done', 'skipped') OR NEW.status IS NULL
             THEN format('a review is pending, done or skipped, not %s', coalesce(NEW.status, 'nothing')) END));
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_review BEFORE INSERT OR UPDATE ON centurion.reviews
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_review();

CREATE FUNCTION centurion.review_key(coach integer, client integer, monday date) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT format('%s/%s/%s', coach, client, to_char(monday, 'YYYY-MM-DD')) $$;

-- That all of these clients are in the coach's queue of a week. Somebody who is no client of theirs is absent, as everywhere.
CREATE FUNCTION centurion.require_queued(person centurion.me, clients integer[], monday date) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other integer;
BEGIN
    IF monday IS NULL OR array_position(clients, NULL) IS NOT NULL OR clients IS NULL THEN
        RAISE EXCEPTION 'a review wants its client and its week' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT min(c.id) INTO other FROM unnest(clients) AS c (id) WHERE c.id NOT IN (SELECT centurion.queue_clients(person."userId", monday + 6));
    IF other IS NOT NULL THEN
        PERFORM centurion.require_member(person, other);
        RAISE EXCEPTION 'The member % is not in your review queue of the week of %', other, to_char(monday, 'YYYY-MM-DD')
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'It holds the active members of your active cohorts.';
    END IF;
END
$$;

-- The caller's own review of a client's week, given by any of its days. pending opens it again. version NULL: there was none.
CREATE FUNCTION centurion.review_set(request uuid, client integer, week date, status text, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    monday date := centurion.week_monday(week);
    key    text;
    seen   text;
BEGIN
    PERFORM centurion.require_me();
    PERFORM centurion.require_queued(person, ARRAY[client], monday);
    key := centurion.review_key(person."userId", client, monday);
    IF NOT centurion.change_begin(request, 'review_set') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT r.xmin::text INTO seen FROM centurion.reviews AS r
    WHERE (r."coachId", r."clientId", r.week) = (person."userId", client, monday) FOR UPDATE;
    IF seen IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Review', key);
    END IF;
    IF seen IS NULL AND status IS DISTINCT FROM 'pending' THEN
        INSERT INTO centurion.reviews ("coachId", "clientId", week, status, "byId", at)
        VALUES (person."userId", client, monday, review_set.status, person."userId", now() AT TIME ZONE 'UTC')
        ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN -- somebody was faster
            RETURN centurion.change_conflict(request, 'Review', key);
        END IF;
    ELSE -- without a row it is pending already
        UPDATE centurion.reviews AS r
        SET status = review_set.status, "byId" = person."userId", at = now() AT TIME ZONE 'UTC'
        WHERE (r."coachId", r."clientId", r.week) = (person."userId", client, monday);
    END IF;
    RETURN centurion.change_saved(request, 'Review', key);
END
$$;

-- The same for many at once, whatever stood there: a row a client. Those that have the status already stay as they are.
CREATE FUNCTION centurion.review_set_all(request uuid, clients integer[], week date, status text) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    monday date := centurion.week_monday(week);
    begun  boolean;
BEGIN
    PERFORM centurion.require_me();
    PERFORM centurion.require_queued(person, clients, monday);
    begun := centurion.change_begin(request, 'review_set_all');
    IF begun THEN
        -- In the order of their keys, so that two of these at once do not wait for each other.
        INSERT INTO centurion.reviews AS r ("coachId", "clientId", week, status, "byId", at)
        SELECT person."userId", c.id, monday, review_set_all.status, person."userId", now() AT TIME ZONE 'UTC'
        FROM (SELECT DISTINCT unnest(clients) AS id) AS c
        WHERE review_set_all.status IS DISTINCT FROM 'pending' -- without a row they are pending already
              OR EXISTS (SELECT FROM centurion.reviews AS v WHERE (v."coachId", v."clientId", v.week) = (person."userId", c.id, monday))
        ORDER BY c.id
        ON CONFLICT ON CONSTRAINT reviews_pkey DO UPDATE SET status = excluded.status, "byId" = excluded."byId", at = excluded.at
        WHERE r.status <> excluded.status;
        PERFORM centurion.request_end(request, 'Reviews:' || to_char(monday, 'YYYY-MM-DD'));
    END IF;
    RETURN QUERY
    SELECT CASE WHEN begun THEN 'saved' ELSE 'repeated' END, centurion.review_key(person."userId", c.id, monday), r.xmin::text, to_jsonb(r), l.id
    FROM (SELECT DISTINCT unnest(clients) AS id) AS c
         LEFT JOIN centurion.reviews AS r ON (r."coachId", r."clientId", r.week) = (person."userId", c.id, monday)
         CROSS JOIN (SELECT max(a.id) AS id -- OFFSET 0: as in change_answer()
                     FROM (SELECT a.id FROM public.audit_logs AS a WHERE a.metadata ->> 'request' = request::text OFFSET 0) AS a) AS l
    ORDER BY c.id;
END
$$;

-- ---- Prompts and frequencies ----

-- What is wrong with the prompts of a cohort, in whichever of their forms; keys that are not known here are left alone.
CREATE FUNCTION centurion.prompts_fault(prompts jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    types constant jsonb := '["boolean", "number", "scale", "text"]';
    asked jsonb := coalesce(prompts -> 'questions', '[]');
BEGIN
    IF jsonb_typeof(prompts) IS DISTINCT FROM 'object' THEN
        RETURN 'prompts are a JSON object';
    ELSIF jsonb_typeof(asked) <> 'array' OR jsonb_path_exists(asked, 'strict $[*] ? (@.type() != "object")') THEN
        RETURN 'questions are a list of JSON objects';
    ELSIF prompts ? 'enabledPrompts' AND (jsonb_typeof(prompts -> 'enabledPrompts') <> 'array'
                                          OR jsonb_path_exists(prompts, 'strict $.enabledPrompts[*] ? (@.type() != "string")')) THEN
        RETURN 'enabledPrompts is a list of names';
    END IF;
    RETURN concat_ws('; ',
        CASE WHEN jsonb_typeof(prompts -> 'customPrompt1') <> 'string' THEN 'customPrompt1 is a text' END,
        CASE WHEN jsonb_typeof(prompts -> 'customPrompt1Type') <> 'string' OR NOT types @> (prompts -> 'customPrompt1Type')
             THEN 'customPrompt1Type is boolean, number, scale or text' END,
        CASE WHEN jsonb_array_length(asked) > 10 THEN format('there are at most 10 questions, not %s', jsonb_array_length(asked)) END,
        (SELECT format('the question "%s" is there twice', q.id) FROM (SELECT q.value ->> 'id' AS id FROM jsonb_array_elements(asked) AS q) AS q
         GROUP BY q.id HAVING count(*) > 1 AND q.id IS NOT NULL ORDER BY q.id LIMIT 1),
        (SELECT string_agg(format('question %s: %s', f.nth, f.fault), '; ' ORDER BY f.nth)
         FROM (SELECT q.nth, concat_ws(', ',
                   CASE WHEN jsonb_typeof(q.value -> 'id') IS DISTINCT FROM 'string' OR q.value ->> 'id' !~ '\S' THEN 'id is a text' END,
                   CASE WHEN jsonb_typeof(q.value -> 'label') IS DISTINCT FROM 'string' OR q.value ->> 'label' !~ '\S' THEN 'label is a text' END,
                   CASE WHEN NOT coalesce(jsonb_typeof(q.value -> 'type') = 'string' AND types @> (q.value -> 'type'), false)
                        THEN 'type is boolean, number, scale or text' END,
                   CASE WHEN jsonb_typeof(q.value -> 'min') NOT IN ('number', 'null') OR jsonb_typeof(q.value -> 'max') NOT IN ('number', 'null')
                        THEN 'min and max are numbers'
                        WHEN jsonb_typeof(q.value -> 'min') = 'number' AND jsonb_typeof(q.value -> 'max') = 'number'
                             AND (q.value ->> 'min')::numeric >= (q.value ->> 'max')::numeric THEN 'min is below max' END) AS fault
               FROM jsonb_array_elements(asked) WITH ORDINALITY AS q (value, nth)) AS f
         WHERE f.fault <> ''));
END
$$;

CREATE FUNCTION centurion.check_prompts() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(centurion.prompts_fault(NEW.prompts));
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_prompts BEFORE INSERT OR UPDATE ON public.cohort_check_in_configs
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_prompts();

-- What a cohort is asked at a check-in. Keys that are absent stay, so that nobody drops what they do not know; null clears one.
CREATE FUNCTION centurion.prompts_save(request uuid, cohort integer, version text, prompts jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person  centurion.me := centurion.require_staff();
    cleared text[];
    seen    record;
    made    integer;
BEGIN
    PERFORM centurion.require_open_cohort(person, cohort);
    IF jsonb_typeof(prompts) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'prompts are a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    cleared := ARRAY(SELECT p.key FROM jsonb_each(prompts) AS p WHERE p.value = 'null');
    IF NOT centurion.change_begin(request, 'prompts_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT p.id, p.xmin::text AS version INTO seen FROM public.cohort_check_in_configs AS p WHERE p."cohortId" = cohort FOR UPDATE;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Prompts', seen.id::text);
    END IF;
    IF seen.id IS NULL THEN
        INSERT INTO public.cohort_check_in_configs AS p ("cohortId", prompts) VALUES (cohort, prompts_save.prompts - cleared)
        ON CONFLICT DO NOTHING
        RETURNING p.id INTO made;
        IF made IS NULL THEN -- somebody was faster
            SELECT p.id INTO made FROM public.cohort_check_in_configs AS p WHERE p."cohortId" = cohort;
            RETURN centurion.change_conflict(request, 'Prompts', made::text);
        END IF;
        RETURN centurion.change_saved(request, 'Prompts', made::text);
    END IF;
    UPDATE public.cohort_check_in_configs AS p
    SET prompts = (CASE jsonb_typeof(p.prompts) WHEN 'object' THEN p.prompts ELSE '{}' END || prompts_save.prompts) - cleared
    WHERE p.id = seen.id;
    RETURN centurion.change_saved(request, 'Prompts', seen.id::text);
END
$$;

CREATE FUNCTION centurion.check_frequency() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(CASE WHEN NEW.days NOT BETWEEN 1 AND 90 THEN format('a check-in is asked for every 1 to 90 days, not %s', NEW.days) END);
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_frequency BEFORE INSERT OR UPDATE ON centurion.cohort_frequencies
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_frequency();
CREATE TRIGGER centurion_check_frequency BEFORE INSERT OR UPDATE ON centurion.member_frequencies
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_frequency();

-- How often a cohort or a member is asked to check in; days NULL: as everybody. A single figure that is set, not edited,
-- so there is no version.
CREATE FUNCTION centurion.cohort_frequency_set(request uuid, cohort integer, days integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
BEGIN
    PERFORM centurion.require_open_cohort(person, cohort);
    IF NOT centurion.change_begin(request, 'cohort_frequency_set') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF days IS NULL THEN
        DELETE FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort;
    ELSE
        INSERT INTO centurion.cohort_frequencies AS f ("cohortId", days) VALUES (cohort, cohort_frequency_set.days)
        ON CONFLICT ("cohortId") DO UPDATE SET days = excluded.days WHERE f.days <> excluded.days;
    END IF;
    RETURN centurion.change_saved(request, 'CohortFrequency', cohort::text);
END
$$;

CREATE FUNCTION centurion.member_frequency_set(request uuid, member integer, days integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
BEGIN
    PERFORM centurion.require_member(person, member);
    IF NOT centurion.change_begin(request, 'member_frequency_set') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF days IS NULL THEN
        DELETE FROM centurion.member_frequencies AS f WHERE f."userId" = member;
    ELSE
        INSERT INTO centurion.member_frequencies AS f ("userId", days) VALUES (member, member_frequency_set.days)
        ON CONFLICT ("userId") DO UPDATE SET days = excluded.days WHERE f.days <> excluded.days;
    END IF;
    RETURN centurion.change_saved(request, 'MemberFrequency', member::text);
END
$$;

-- ---- Insights ----

CREATE FUNCTION centurion.check_insight() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.refuse(CASE WHEN NOT coalesce(NEW.title ~ '\S' AND length(NEW.title) <= 255, false) THEN 'a title has 1 to 255 characters' END);
    IF NEW.status = 'ACTIVE' THEN
        -- Two at once: the second one waits here, and then sees the first.
        PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'centurion.insight', NEW."cohortId", NEW.title), 0));
        IF EXISTS (SELECT FROM public.admin_insights AS i
                   WHERE i.status = 'ACTIVE' AND i.title = NEW.title AND i."cohortId" IS NOT DISTINCT FROM NEW."cohortId" AND i.id <> NEW.id) THEN
            RAISE EXCEPTION 'There is an active insight "%" already', NEW.title USING ERRCODE = 'unique_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_insight BEFORE INSERT OR UPDATE ON public.admin_insights
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_insight();

-- Locks an insight, and says its version.
CREATE FUNCTION centurion.lock_insight(insight integer) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    seen text;
BEGIN
    SELECT i.xmin::text INTO seen FROM public.admin_insights AS i WHERE i.id = insight FOR UPDATE;
    IF seen IS NULL THEN
        RAISE EXCEPTION 'There is no insight %', coalesce(insight::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN seen;
END
$$;

-- insight NULL: a new one, which is active; what becomes of it is said by insight_triage().
CREATE FUNCTION centurion.insight_save(request uuid, insight integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    made   integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{cohortId,title,description,priority}');
    IF changes ->> 'cohortId' IS NOT NULL THEN
        PERFORM centurion.require_cohort(person, (changes ->> 'cohortId')::integer);
    END IF;
    IF NOT centurion.change_begin(request, 'insight_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF insight IS NULL THEN
        INSERT INTO public.admin_insights AS i ("cohortId", title, description, priority)
        SELECT n."cohortId", n.title, coalesce(n.description, ''), coalesce(n.priority, 'MEDIUM')
        FROM jsonb_populate_record(NULL::public.admin_insights, changes) AS n
        RETURNING i.id INTO made;
        RETURN centurion.change_saved(request, 'Insight', made::text);
    END IF;
    IF centurion.lock_insight(insight) IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Insight', insight::text);
    END IF;
    UPDATE public.admin_insights AS i
    SET ("cohortId", title, description, priority) =
        (SELECT n."cohortId", n.title, coalesce(n.description, ''), coalesce(n.priority, 'MEDIUM') FROM jsonb_populate_record(i, changes) AS n)
    WHERE i.id = insight;
    RETURN centurion.change_saved(request, 'Insight', insight::text);
END
$$;

-- RESOLVED or DISMISSED; ACTIVE opens it again.
CREATE FUNCTION centurion.insight_triage(request uuid, insight integer, version text, status text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    PERFORM centurion.require_admin();
    PERFORM centurion.refuse(CASE WHEN NOT coalesce(status IN ('ACTIVE', 'RESOLVED', 'DISMISSED'), false)
                                  THEN format('an insight is ACTIVE, RESOLVED or DISMISSED, not %s', coalesce(status, 'nothing')) END);
    IF NOT centurion.change_begin(request, 'insight_triage') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF centurion.lock_insight(insight) IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Insight', insight::text);
    END IF;
    UPDATE public.admin_insights AS i SET status = insight_triage.status::public."InsightStatus" WHERE i.id = insight;
    RETURN centurion.change_saved(request, 'Insight', insight::text);
END
$$;

-- ---- Settings ----

-- What a setting may be, in words.
CREATE FUNCTION centurion.setting_words(kind centurion.setting_kinds) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT CASE WHEN kind.form IS NULL THEN format('a whole number from %s to %s', kind.least, kind.most)
                WHEN kind.form = 'timezone' THEN 'the name of a time zone, such as Pacific/Auckland'
                WHEN kind.form = '^[A-Z]{3}$' THEN 'three capital letters'
                ELSE replace(regexp_replace(kind.form, '[\^$()]', '', 'g'), '|', ' or ') END
$$;

-- What the settings in force make no use of is not stored: a value outside of its kind, or one of two that contradict each
-- other. Which ones those are is said by the views of the settings; so this looks at them once the change is made.
CREATE FUNCTION centurion.check_setting() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    changed text := CASE TG_OP WHEN 'DELETE' THEN OLD.key ELSE NEW.key END;
    kind    centurion.setting_kinds;
    clash   record;
BEGIN
    -- One of a pair may be changed by somebody else at this moment.
    PERFORM pg_advisory_xact_lock(hashtextextended('centurion.settings', 0));
    SELECT k.* INTO kind FROM centurion.setting_kinds AS k JOIN centurion.setting_values AS v ON v.key = k.key WHERE k.key = changed AND v.refused;
    IF FOUND THEN
        PERFORM centurion.refuse(format('%s is %s, not %s', changed, centurion.setting_words(kind), NEW.value #>> '{}'));
    END IF;
    SELECT low.key AS low, low.value AS least, high.key AS high, high.value AS most INTO clash
    FROM (VALUES ('minClientsPerCoach', 'maxClientsPerCoach', 'min_clients_per_coach', 'max_clients_per_coach'),
                 ('adherenceAmberMinimum', 'adherenceGreenMinimum', 'adherence_amber_minimum', 'adherence_green_minimum'),
                 ('minDailyCalories', 'maxDailyCalories', 'min_daily_calories', 'max_daily_calories'),
                 ('attentionAmber', 'attentionRed', 'attention_amber', 'attention_red')) AS p (low, high, low_column, high_column)
         JOIN centurion.setting_values AS low ON low.key = p.low
         JOIN centurion.setting_values AS high ON high.key = p.high
         CROSS JOIN (SELECT to_jsonb(s) AS row FROM centurion.settings AS s) AS s
    WHERE changed IN (p.low, p.high) AND (low.value, high.value) IS DISTINCT FROM (s.row ->> p.low_column, s.row ->> p.high_column);
    IF FOUND THEN
        RAISE EXCEPTION '% (%) is not below % (%)', clash.low, clash.least, clash.high, clash.most
            USING ERRCODE = 'check_violation', HINT = 'Change the other one first.';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER centurion_check_setting AFTER INSERT OR UPDATE OR DELETE ON public.system_settings
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_setting();

-- A setting's value. Keys that are not known here are other programs': they can be changed where they are, and not be made up.
CREATE FUNCTION centurion.setting_save(request uuid, key text, version text, value jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    kind centurion.setting_kinds;
    seen text;
BEGIN
    PERFORM centurion.require_admin();
    SELECT k.* INTO kind FROM centurion.setting_kinds AS k WHERE k.key = setting_save.key;
    IF setting_save.value IS NULL THEN
        RAISE EXCEPTION 'a setting wants a value' USING ERRCODE = 'invalid_parameter_value';
    ELSIF jsonb_typeof(setting_save.value) <> (CASE WHEN kind.form IS NULL THEN 'number' ELSE 'string' END) AND kind.key IS NOT NULL THEN
        PERFORM centurion.refuse(format('%s is %s, not %s', kind.key, centurion.setting_words(kind), setting_save.value));
    END IF;
    IF NOT centurion.change_begin(request, 'setting_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT s.xmin::text INTO seen FROM public.system_settings AS s WHERE s.key = setting_save.key FOR UPDATE;
    IF seen IS NULL AND kind.key IS NULL THEN
        RAISE EXCEPTION 'There is no setting %', coalesce(setting_save.key, 'without a name') USING ERRCODE = 'no_data_found';
    END IF;
    IF seen IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Setting', setting_save.key);
    END IF;
    IF seen IS NULL THEN
        INSERT INTO public.system_settings (key, value) VALUES (setting_save.key, setting_save.value) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN -- somebody was faster
            RETURN centurion.change_conflict(request, 'Setting', setting_save.key);
        END IF;
    ELSE
        UPDATE public.system_settings AS s SET value = setting_save.value WHERE s.key = setting_save.key;
    END IF;
    RETURN centurion.change_saved(request, 'Setting', setting_save.key);
END
$$;

-- Back to the default, which only a setting that is known here has.
CREATE FUNCTION centurion.setting_reset(request uuid, key text, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    seen text;
BEGIN
    PERFORM centurion.require_admin();
    IF NOT EXISTS (SELECT FROM centurion.setting_kinds AS k WHERE k.key = setting_reset.key) THEN
        RAISE EXCEPTION 'There is no setting % that has a default', coalesce(key, 'without a name') USING ERRCODE = 'no_data_found';
    END IF;
    IF NOT centurion.change_begin(request, 'setting_reset') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT s.xmin::text INTO seen FROM public.system_settings AS s WHERE s.key = setting_reset.key FOR UPDATE;
    IF seen IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Setting', key);
    END IF;
    DELETE FROM public.system_settings AS s WHERE s.key = setting_reset.key;
    RETURN centurion.change_saved(request, 'Setting', key);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT SELECT ON centurion.setting_values TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.refuse(text), centurion.require_me(), centurion.require_open_cohort(centurion.me, integer),
                          centurion.lock_note(centurion.me, integer), centurion.queue_clients(integer, date),
                          centurion.review_key(integer, integer, date), centurion.require_queued(centurion.me, integer[], date),
                          centurion.prompts_fault(jsonb), centurion.lock_insight(integer), centurion.setting_words(centurion.setting_kinds)
    TO centurion_writer;

DO $$
DECLARE
    change record;
BEGIN
    FOR change IN
        SELECT * FROM (VALUES
            ('note_save(uuid, integer, text, integer, jsonb)', 'centurion_admin, centurion_coach'),
            ('note_delete(uuid, integer, text)',               'centurion_admin, centurion_coach'),
            ('review_set(uuid, integer, date, text, text)',    'centurion_admin, centurion_coach'),
            ('review_set_all(uuid, integer[], date, text)',    'centurion_admin, centurion_coach'),
            ('prompts_save(uuid, integer, text, jsonb)',       'centurion_admin, centurion_coach'),
            ('cohort_frequency_set(uuid, integer, integer)',   'centurion_admin, centurion_coach'),
            ('member_frequency_set(uuid, integer, integer)',   'centurion_admin, centurion_coach'),
            ('insight_save(uuid, integer, text, jsonb)',       'centurion_admin'),
            ('insight_triage(uuid, integer, text, text)',      'centurion_admin'),
            ('setting_save(uuid, text, text, jsonb)',          'centurion_admin'),
            ('setting_reset(uuid, text, text)',                'centurion_admin')
        ) AS c (signature, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_writer', change.signature);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', change.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', change.signature, change.who);
    END LOOP;
END
$$;
