-- Taking back a request whose answer was lost, when the next try is turned down: that the next try is (by a rule that looks before
-- the request is begun, by maintenance, by rights that are gone) says nothing about the one before, and one that is still on its
-- way would be done after its person was told that it was not.

-- Waits for the end of a try that is under way. Where the request was saved it stays so: repeated, with its key, but without the record,
-- which the person may not see any more. Otherwise it is withdrawn, and its UUID is used up.
CREATE FUNCTION centurion.request_withdraw(request uuid) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    answer centurion.change;
    before record;
BEGIN
    IF request IS NULL THEN
        RAISE EXCEPTION 'nothing can be taken back without the UUID of its request' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO centurion.requests (id, change) VALUES (request, 'request_withdraw') ON CONFLICT DO NOTHING;
    SELECT r.login, r.change, r.target INTO before FROM centurion.requests AS r WHERE r.id = request;
    IF before.login IS DISTINCT FROM session_user THEN
        RAISE EXCEPTION 'the request % is another one''s', request USING ERRCODE = 'invalid_parameter_value', HINT = 'Every change has a UUID of its own.';
    END IF;
    IF before.change = 'request_withdraw' THEN
        answer.outcome := 'withdrawn';
        RETURN answer;
    END IF;
    answer.outcome := 'repeated';
    answer.key := substr(before.target, strpos(before.target, ':') + 1);
    answer.audit := (SELECT max(l.id) FROM public.audit_logs AS l WHERE l.metadata ->> 'request' = request::text);
    RETURN answer;
END
$$;
ALTER FUNCTION centurion.request_withdraw(uuid) OWNER TO centurion_writer;
REVOKE ALL ON FUNCTION centurion.request_withdraw(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.request_withdraw(uuid) TO centurion_admin, centurion_coach, centurion_client;
