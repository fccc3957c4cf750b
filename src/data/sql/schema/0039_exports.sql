-- Lists that somebody takes out of the program.

CREATE FUNCTION centurion.log_export(person integer, list text, details jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        RETURN false;
    END IF;
    INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
    VALUES (person, 'EXPORT_LIST', 'List:' || list, details || jsonb_build_object('via', centurion.audit_via(person)), now() AT TIME ZONE 'UTC');
    RETURN true;
END
$$;

-- Puts into the log that a list leaves the program: which, in which form, where to, what it was filtered by, and how much of it. Whether
-- that is in the log now: where nothing can be written nothing is. What the rows hold was read under everybody's own rights.
CREATE FUNCTION centurion.list_exported(list text, format text, destination text, filter text, columns text, rows integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF NOT coalesce(list ~ '^[a-z][a-z0-9/_-]{0,59}$', false) THEN
        RAISE EXCEPTION 'a list is named by small letters, not %', coalesce(quote_literal(left(list, 60)), 'nothing') USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT coalesce(format IN ('csv', 'tsv', 'json', 'markdown'), false) THEN
        RAISE EXCEPTION 'a list is exported as csv, tsv, json or markdown, not %', coalesce(quote_literal(left(format, 60)), 'nothing')
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT coalesce(destination IN ('file', 'clipboard', 'command'), false) THEN
        RAISE EXCEPTION 'a list goes to a file, the clipboard or a command, not to %', coalesce(quote_literal(left(destination, 60)), 'nothing')
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT coalesce(length(filter) <= 1000 AND length(columns) <= 1000 AND rows >= 0, false) THEN
        RAISE EXCEPTION 'a filter and names of columns have up to 1000 characters, and rows are counted from 0' USING ERRCODE = 'check_violation';
    END IF;
    RETURN centurion.log_export(person."userId", list,
                                jsonb_build_object('rows', rows, 'format', format, 'to', destination, 'filter', filter, 'columns', columns));
END
$$;

ALTER FUNCTION centurion.log_export(integer, text, jsonb) OWNER TO centurion_auditor;
ALTER FUNCTION centurion.list_exported(text, text, text, text, text, integer) OWNER TO centurion_gate;
REVOKE ALL ON FUNCTION centurion.log_export(integer, text, jsonb), centurion.list_exported(text, text, text, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.log_export(integer, text, jsonb) TO centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.list_exported(text, text, text, text, text, integer) TO centurion_admin, centurion_coach, centurion_client;
