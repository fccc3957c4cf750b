-- Changing daily check-ins. The limits stand in entry_fault() and nowhere else.

-- What is wrong with the figures of a check-in, in words; NULL where nothing is. Weight is in the unit of the settings.
CREATE FUNCTION centurion.entry_fault(weight double precision, steps integer, calories integer, sleep integer, stress integer, notes text, unit text)
    RETURNS text LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    RETURN nullif(concat_ws('; ',
        CASE WHEN NOT (weight > 0 AND weight <= CASE unit WHEN 'lb' THEN 1000 ELSE 454 END)
             THEN format('weight is above 0 and at most %s %s, not %s', CASE unit WHEN 'lb' THEN 1000 ELSE 454 END, unit, weight) END,
        CASE WHEN steps NOT BETWEEN 0 AND 200000 THEN format('steps are 0 to 200000, not %s', steps) END,
        CASE WHEN calories NOT BETWEEN 0 AND 20000 THEN format('calories are 0 to 20000, not %s', calories) END,
        CASE WHEN sleep NOT BETWEEN 1 AND 10 THEN format('sleep quality is 1 to 10, not %s', sleep) END,
        CASE WHEN stress NOT BETWEEN 1 AND 10 THEN format('stress is 1 to 10, not %s', stress) END,
        CASE WHEN length(notes) > 2000 THEN format('notes have at most 2000 characters, not %s', length(notes)) END), '');
END
$$;

-- Holds what our functions write against the rules. What the web application writes is its own business.
CREATE FUNCTION centurion.check_entry() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    fault text := centurion.entry_fault(NEW.weight, NEW.steps, NEW.calories, NEW."sleepQuality", NEW."perceivedStress", NEW.notes,
                                        (SELECT s.weight_unit FROM centurion.settings AS s));
BEGIN
    IF NEW.date > centurion.today() THEN
        RAISE EXCEPTION 'A check-in of % lies in the future', NEW.date USING ERRCODE = 'check_violation', HINT = 'The last day is today.';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION '%', upper(left(fault, 1)) || substr(fault, 2) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_entry BEFORE INSERT OR UPDATE ON public.entries
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_entry();

-- Who may write a member's check-in of a day: staff any past day, clients themselves today and some days back.
CREATE FUNCTION centurion.require_entry_day(person centurion.me, member integer, day date) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    back integer := (SELECT s.entry_edit_days FROM centurion.settings AS s);
BEGIN
    PERFORM centurion.require_member(person, member);
    IF day IS NULL OR NOT isfinite(day) THEN
        RAISE EXCEPTION 'a check-in wants its day' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF person.role = 'CLIENT' AND day < centurion.today() - back THEN
        RAISE EXCEPTION 'The check-in of % is closed', day
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = format('You can change today''s and those of the last %s days. Your coach can change older ones.', back);
    END IF;
END
$$;

-- Where each figure came from, after a change: what it says, else typed; nothing where there is no figure any more.
CREATE FUNCTION centurion.merge_sources(sources jsonb, changes jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    RETURN (SELECT nullif(jsonb_strip_nulls(coalesce(sources, '{}') || coalesce(jsonb_object_agg(c.key,
                       CASE WHEN c.value <> 'null' THEN coalesce(changes -> 'dataSources' ->> c.key, 'manual') END), '{}')), '{}')
            FROM jsonb_each(changes) AS c
            WHERE c.key IN ('weight', 'steps', 'calories', 'sleepQuality'));
END
$$;

-- A member's check-in of a day. version NULL: nobody had seen one. dataSources says "healthkit" for a figure that was taken from
-- health data; customResponses are merged with those that are there.
CREATE FUNCTION centurion.entry_save(request uuid, member integer, day date, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    seen   record;
    made   integer;
BEGIN
    PERFORM centurion.require_entry_day(person, member, day);
    PERFORM centurion.require_keys(changes, '{weight,steps,calories,sleepQuality,perceivedStress,notes,customResponses,dataSources}');
    IF EXISTS (SELECT FROM jsonb_each(CASE jsonb_typeof(changes -> 'dataSources') WHEN 'object' THEN changes -> 'dataSources' ELSE '{}' END) AS s
               WHERE s.value NOT IN ('"manual"', '"healthkit"'))
       OR jsonb_typeof(changes -> 'customResponses') NOT IN ('object', 'null') THEN
        RAISE EXCEPTION 'a source is "manual" or "healthkit", and answers are a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, 'entry_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT e.id, e.xmin::text AS version INTO seen FROM public.entries AS e WHERE e."userId" = member AND e.date = day FOR UPDATE;
    IF seen.id IS NULL AND version IS NULL THEN
        INSERT INTO public.entries AS e ("userId", date, weight, steps, calories, "sleepQuality", "perceivedStress", notes, "customResponses", "dataSources")
        SELECT member, day, n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", n.notes,
               nullif(jsonb_strip_nulls(n."customResponses"), '{}'), centurion.merge_sources(NULL, changes)
        FROM jsonb_populate_record(NULL::public.entries, changes) AS n
        ON CONFLICT DO NOTHING
        RETURNING e.id INTO made;
        IF made IS NULL THEN -- somebody was faster
            SELECT e.id INTO made FROM public.entries AS e WHERE e."userId" = member AND e.date = day;
            RETURN centurion.change_conflict(request, 'Entry', made::text);
        END IF;
        RETURN centurion.change_saved(request, 'Entry', made::text);
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Entry', seen.id::text);
    END IF;
    UPDATE public.entries AS e
    SET (weight, steps, calories, "sleepQuality", "perceivedStress", notes, "customResponses", "dataSources") =
        (SELECT n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", n.notes,
                CASE WHEN changes ? 'customResponses'
                     THEN nullif(jsonb_strip_nulls(coalesce(e."customResponses", '{}') || coalesce(nullif(changes -> 'customResponses', 'null'), '{}')), '{}')
                     ELSE e."customResponses" END,
                centurion.merge_sources(e."dataSources", changes)
         FROM jsonb_populate_record(e, changes - '{customResponses,dataSources}'::text[]) AS n)
    WHERE e.id = seen.id;
    RETURN centurion.change_saved(request, 'Entry', seen.id::text);
END
$$;

-- A check-in that should not be there. The answer's record is NULL; an undo brings it back. The request comes before the row
-- is locked: a second try waits for the first one's end there, and nowhere else.
CREATE FUNCTION centurion.entry_delete(request uuid, entry integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'entry_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT e."userId", e.date, e.xmin::text AS version INTO seen FROM public.entries AS e WHERE e.id = entry FOR UPDATE;
    IF seen."userId" IS NULL OR NOT centurion.is_theirs(person, seen."userId") THEN
        RAISE EXCEPTION 'There is no check-in %', coalesce(entry::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM centurion.require_entry_day(person, seen."userId", seen.date);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Entry', entry::text);
    END IF;
    DELETE FROM public.entries AS e WHERE e.id = entry;
    RETURN centurion.change_saved(request, 'Entry', entry::text);
END
$$;

DO $$
DECLARE
    change text;
BEGIN
    FOREACH change IN ARRAY ARRAY['entry_save(uuid, integer, date, text, jsonb)', 'entry_delete(uuid, integer, text)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_writer', change);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', change);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach, centurion_client', change);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.entry_fault(double precision, integer, integer, integer, integer, text, text), centurion.merge_sources(jsonb, jsonb),
                          centurion.require_entry_day(centurion.me, integer, date) TO centurion_writer;
