-- Undo: a change is taken back by its before-image in the audit log, where its rows are still as it left them. It is a change like
-- any other: asked for once, held against the same rules and row security, audited, and so can be undone itself.

-- What can be undone. created: also that it was made, which deletes it; where others may hang on a row by then, it cannot.
-- client: also by clients. Of people only what their row says, never a role, a password or a deletion for good.
CREATE VIEW centurion.undoable AS
SELECT entity, created, client
FROM (VALUES
    ('Entry', true, true), ('Workout', true, true), ('Appointment', true, false), ('Note', true, false), ('Membership', true, false),
    ('Coaching', true, false), ('Attendance', true, false), ('Review', true, false), ('Response', true, false), ('Prompts', true, false),
    ('Setting', true, false), ('Insight', true, false), ('CohortFrequency', true, false), ('MemberFrequency', true, false),
    ('Cohort', false, false), ('Bootcamp', false, false), ('Questionnaire', false, false), ('User', false, false)
) AS u (entity, created, client);

-- One row of the audit log, taken back. Says what hinders it; NULL where it is done.
CREATE FUNCTION centurion.undo_row(entity text, key text, before jsonb, after jsonb) RETURNS text
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    kind    record;
    current jsonb;
    columns text;
    done    bigint;
BEGIN
    SELECT e.relation, e.condition, e.columns INTO kind FROM centurion.entities AS e WHERE e.entity = undo_row.entity;
    EXECUTE format('SELECT to_jsonb(r) FROM %s AS t CROSS JOIN LATERAL (SELECT %s) AS r WHERE %s', kind.relation, kind.columns, kind.condition)
        INTO current USING key;
    IF nullif(after, 'null') IS NULL AND current IS NOT NULL THEN
        RETURN 'it is there again';
    ELSIF nullif(after, 'null') IS NOT NULL AND current IS NULL THEN
        RETURN 'it is gone';
    ELSIF EXISTS (SELECT FROM jsonb_each(nullif(after, 'null')) AS a WHERE a.key <> 'updatedAt' AND current -> a.key IS DISTINCT FROM a.value) THEN
        RETURN 'somebody changed it since';
    END IF;
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

-- Takes back everything that a request changed, or nothing of it: own changes, for administrators anybody's.
CREATE FUNCTION centurion.undo(request uuid, changed uuid) RETURNS centurion.change
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
    -- The newest first: what hangs on a row that was deleted comes back after it.
    FOR done IN
        SELECT split_part(l.target, ':', 1) AS entity, substr(l.target, strpos(l.target, ':') + 1) AS key, l.action,
               l.metadata -> 'before' AS before, l.metadata -> 'after' AS after, u.entity IS NOT NULL AS known, u.created, u.client,
               l.metadata ? 'erased' AS erased
        FROM public.audit_logs AS l LEFT JOIN centurion.undoable AS u ON u.entity = split_part(l.target, ':', 1)
        WHERE l.metadata ->> 'request' = changed::text AND (l."userId" = person."userId" OR person.role = 'ADMIN')
        ORDER BY l.id DESC
    LOOP
        ever := true;
        fault := CASE WHEN done.erased THEN 'what it was is erased'
                      WHEN NOT done.known OR person.role = 'CLIENT' AND NOT done.client OR NOT done.created AND done.action LIKE 'CREATE\_%'
                           OR done.entity = 'User' AND (done.action LIKE 'DELETE\_%' AND done.after = 'null' OR done.after ? 'role' OR done.after ? 'password')
                      THEN 'this kind of change cannot be taken back' END;
        IF fault IS NULL AND person.role = 'CLIENT' AND done.entity = 'Entry' THEN
            PERFORM centurion.require_entry_day(person, person."userId", e.day)
            FROM (SELECT coalesce((nullif(done.before, 'null') ->> 'date')::date, (nullif(done.after, 'null') ->> 'date')::date,
                                  (SELECT n.date FROM public.entries AS n WHERE n.id = done.key::integer)) AS day) AS e;
        END IF;
        fault := coalesce(fault, centurion.undo_row(done.entity, done.key, done.before, done.after));
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

ALTER VIEW centurion.undoable OWNER TO centurion_guard;
ALTER FUNCTION centurion.undo(uuid, uuid) OWNER TO centurion_writer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT SELECT ON centurion.undoable TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.undo_row(text, text, jsonb, jsonb) TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.undo(uuid, uuid) TO centurion_admin, centurion_coach, centurion_client;
