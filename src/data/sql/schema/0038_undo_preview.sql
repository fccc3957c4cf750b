-- What an undo would do, before it does it; and what was deleted along with a row comes back after that row.

-- The rows of the log that a request wrote, in the order in which they are taken back, with what hinders each by its kind: own changes,
-- for administrators anybody's. The newest goes first, but for what one statement deleted: the log has what hangs on a row after it or
-- before it, as the keys see to it. There what others hang on comes back first.
CREATE FUNCTION centurion.undo_steps(person centurion.me, changed uuid)
    RETURNS TABLE (nth bigint, entity text, key text, before jsonb, after jsonb, fault text)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$
SELECT row_number() OVER (ORDER BY s.run, s.deleted, CASE s.entity WHEN 'User' THEN 0 WHEN 'Cohort' THEN 1 WHEN 'Bootcamp' THEN 1 WHEN 'Questionnaire' THEN 2 ELSE 3 END, s.id DESC),
       s.entity, s.key, s.before, s.after,
       CASE WHEN s.erased THEN 'what it was is erased'
            WHEN s.entity = 'Invoice' OR s.action LIKE 'SEND\_%' THEN 'what was issued or sent cannot be taken back'
            WHEN u.entity IS NULL OR person.role = 'CLIENT' AND NOT u.client OR NOT u.created AND s.action LIKE 'CREATE\_%'
                 OR s.entity = 'User' AND (s.deleted OR s.after ? 'role' OR s.after ? 'password')
            THEN 'this kind of change cannot be taken back' END
FROM (
    SELECT l.id, l.action, split_part(l.target, ':', 1) AS entity, substr(l.target, strpos(l.target, ':') + 1) AS key,
           l.metadata -> 'before' AS before, l.metadata -> 'after' AS after, l.metadata ? 'erased' AS erased, l.metadata -> 'after' = 'null' AS deleted,
           count(*) FILTER (WHERE l.metadata -> 'after' <> 'null') OVER (ORDER BY l.id DESC) AS run
    FROM public.audit_logs AS l
    WHERE l.metadata ->> 'request' = changed::text AND (l."userId" = person."userId" OR person.role = 'ADMIN')
) AS s LEFT JOIN centurion.undoable AS u ON u.entity = s.entity
$$;

-- What hinders taking back one row as it stands; NULL: nothing.
CREATE FUNCTION centurion.undo_hindrance(after jsonb, current jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
SELECT CASE WHEN nullif(after, 'null') IS NULL AND current IS NOT NULL THEN 'it is there again'
            WHEN nullif(after, 'null') IS NOT NULL AND current IS NULL THEN 'it is gone'
            WHEN EXISTS (SELECT FROM jsonb_each(nullif(after, 'null')) AS a WHERE a.key <> 'updatedAt' AND current -> a.key IS DISTINCT FROM a.value)
            THEN 'somebody changed it since' END
$$;

-- The row as it stands, with the rights of the function that asks; NULL where there is none.
CREATE FUNCTION centurion.undo_current(entity text, key text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    kind    record;
    current jsonb;
BEGIN
    SELECT e.relation, e.condition, e.columns INTO kind FROM centurion.entities AS e WHERE e.entity = undo_current.entity;
    IF FOUND THEN
        EXECUTE format('SELECT to_jsonb(r) FROM %s AS t CROSS JOIN LATERAL (SELECT %s) AS r WHERE %s', kind.relation, kind.columns, kind.condition)
            INTO current USING key;
    END IF;
    RETURN current;
END
$$;

CREATE OR REPLACE FUNCTION centurion.undo_row(entity text, key text, before jsonb, after jsonb) RETURNS text
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    kind    record;
    fault   text := centurion.undo_hindrance(after, centurion.undo_current(entity, key));
    columns text;
    done    bigint;
BEGIN
    IF fault IS NOT NULL THEN
        RETURN fault;
    END IF;
    SELECT e.relation, e.condition INTO kind FROM centurion.entities AS e WHERE e.entity = undo_row.entity;
    IF nullif(after, 'null') IS NULL THEN
        EXECUTE format('INSERT INTO %1$s SELECT * FROM jsonb_populate_record(NULL::%1$s, $1)', kind.relation) USING before;
    ELSIF nullif(before, 'null') IS NULL THEN
        EXECUTE format('DELETE FROM %s AS t WHERE %s', kind.relation, kind.condition) USING key;
    ELSE
        SELECT string_agg(format('%I', b.key), ', ') INTO columns FROM jsonb_object_keys(before) AS b (key);
        EXECUTE format('UPDATE %1$s AS t SET (%2$s) = ROW(%3$s) FROM jsonb_populate_record(NULL::%1$s, $2) AS n WHERE %4$s', kind.relation, columns,
                       (SELECT string_agg(format('n.%I', b.key), ', ') FROM jsonb_object_keys(before) AS b (key)), kind.condition)
            USING key, before;
    END IF;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN CASE WHEN done = 0 THEN 'it is not yours to change any more' END;
EXCEPTION
    WHEN unique_violation THEN RETURN 'there is another one in its place';
    WHEN foreign_key_violation THEN RETURN 'what it belonged to is gone';
END
$$;

CREATE OR REPLACE FUNCTION centurion.undo(request uuid, changed uuid) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    done   record;
    fault  text;
    ever   boolean := false;
BEGIN
    IF NOT centurion.change_begin(request, 'undo') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    FOR done IN SELECT s.* FROM centurion.undo_steps(person, changed) AS s ORDER BY s.nth
    LOOP
        ever := true;
        IF done.fault IS NULL AND person.role = 'CLIENT' AND done.entity = 'Entry' THEN
            PERFORM centurion.require_entry_day(person, person."userId", e.day)
            FROM (SELECT coalesce((nullif(done.before, 'null') ->> 'date')::date, (nullif(done.after, 'null') ->> 'date')::date,
                                  (SELECT n.date FROM public.entries AS n WHERE n.id = done.key::integer)) AS day) AS e;
        END IF;
        fault := coalesce(done.fault, centurion.undo_row(done.entity, done.key, done.before, done.after));
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION '% % stays as it is: %', done.entity, done.key, fault
                USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing was changed.';
        END IF;
    END LOOP;
    IF NOT ever THEN
        RAISE EXCEPTION 'There is no change % to take back', coalesce(changed::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN centurion.change_saved(request, done.entity, done.key);
END
$$;

-- What undo() would do: a row for every field, in its order, that would be another one then. field NULL: all of the row, which goes
-- or comes back. fault: why nothing of it can be taken back.
CREATE FUNCTION centurion.undo_preview(changed uuid)
    RETURNS TABLE (entity text, key text, field text, now_is text, then_is text, fault text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_actor();
BEGIN
    RETURN QUERY
    SELECT s.entity, s.key, f.field, f.now_is, f.then_is, coalesce(s.fault, centurion.undo_hindrance(s.after, c.current))
    FROM centurion.undo_steps(person, changed) AS s
         CROSS JOIN LATERAL (SELECT centurion.undo_current(s.entity, s.key) AS current OFFSET 0) AS c
         CROSS JOIN LATERAL (
             SELECT b.key AS field, c.current ->> b.key AS now_is, b.value AS then_is
             FROM jsonb_each_text(CASE WHEN s.before <> 'null' AND s.after <> 'null' THEN s.before END) AS b WHERE b.key <> 'updatedAt'
             UNION ALL
             SELECT NULL, CASE WHEN s.before = 'null' THEN 'there' END, CASE WHEN s.after = 'null' THEN 'there' END
             WHERE s.before = 'null' OR s.after = 'null'
         ) AS f
    ORDER BY s.nth, f.field;
END
$$;

ALTER FUNCTION centurion.undo_preview(uuid) OWNER TO centurion_writer;
REVOKE ALL ON FUNCTION centurion.undo_steps(centurion.me, uuid), centurion.undo_hindrance(jsonb, jsonb), centurion.undo_current(text, text),
    centurion.undo_preview(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.undo_steps(centurion.me, uuid), centurion.undo_hindrance(jsonb, jsonb), centurion.undo_current(text, text) TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.undo_preview(uuid) TO centurion_admin, centurion_coach, centurion_client;
