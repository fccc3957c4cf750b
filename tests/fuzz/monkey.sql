-- Does the audit log tell all that was done? The rows as they were before, with what the log says was done to them, must be the rows as
-- they are. Set up once in the database that episodes are cloned from.
CREATE SCHEMA monkey;

-- The tables that the log covers, as their triggers say: entity, columns of the key, columns whose values are hidden.
CREATE VIEW monkey.audited AS
SELECT t.tgrelid::regclass AS relation, p.args[1] AS entity, string_to_array(p.args[2], '/') AS keys, string_to_array(coalesce(p.args[3], ''), ',') AS hidden
FROM pg_trigger AS t
     CROSS JOIN LATERAL (SELECT string_to_array(encode(t.tgargs, 'escape'), '\000') AS args) AS p
WHERE t.tgname = 'centurion_audit_insert' AND t.tgrelid <> 'public.sessions'::regclass;

CREATE FUNCTION monkey.images() RETURNS TABLE (entity text, key text, image jsonb) LANGUAGE plpgsql AS
$$
DECLARE
    audited record;
BEGIN
    FOR audited IN SELECT * FROM monkey.audited LOOP
        RETURN QUERY EXECUTE format(
            'SELECT $1, (SELECT string_agg(to_jsonb(t) ->> c.name, ''/'' ORDER BY c.nth) FROM unnest($2) WITH ORDINALITY AS c (name, nth)),
                    to_jsonb(t) - $3 - ''updatedAt'' FROM %s AS t', audited.relation) USING audited.entity, audited.keys, audited.hidden;
    END LOOP;
END
$$;

-- What the log does not cover, by how many rows there are and a sum of them: nothing may change there, but what stands in the list.
CREATE FUNCTION monkey.others() RETURNS TABLE (relation text, rows bigint, sum text) LANGUAGE plpgsql AS
$$
DECLARE
    other regclass;
BEGIN
    FOR other IN SELECT c.oid FROM pg_class AS c
                 WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace)
                   AND c.oid NOT IN (SELECT a.relation FROM monkey.audited AS a)
                   AND c.oid::regclass::text NOT IN ('audit_logs', 'public.audit_logs', 'centurion.requests', 'requests')
    LOOP
        RETURN QUERY EXECUTE format('SELECT $1::text, count(*), md5(string_agg(md5(t::text), '''' ORDER BY md5(t::text))) FROM %s AS t', other) USING other;
    END LOOP;
END
$$;

CREATE TABLE monkey.before AS SELECT * FROM monkey.images();
CREATE TABLE monkey.others_before AS SELECT * FROM monkey.others();
CREATE TABLE monkey.last AS SELECT coalesce(max(id), 0) AS id FROM public.audit_logs;

-- Every fault in words; none is what is wanted. who: the one person who did it all, 0: nobody could.
CREATE FUNCTION monkey.faults(who integer) RETURNS SETOF text LANGUAGE plpgsql AS
$$
DECLARE
    told   record;
    stands jsonb;
    was    jsonb;
    becomes jsonb;
BEGIN
    CREATE TEMPORARY TABLE replayed AS SELECT * FROM monkey.before;
    CREATE UNIQUE INDEX ON replayed (entity, key);
    FOR told IN
        SELECT l.id, l.action, l."userId" AS person, l.metadata, split_part(l.target, ':', 1) AS entity, substr(l.target, strpos(l.target, ':') + 1) AS key
        FROM public.audit_logs AS l WHERE l.id > (SELECT last.id FROM monkey.last) ORDER BY l.id
    LOOP
        IF told.person IS DISTINCT FROM who OR told.metadata ->> 'via' IS DISTINCT FROM 'tui' THEN
            RETURN NEXT format('audit row %s (%s %s:%s) is by %s via %s', told.id, told.action, told.entity, told.key, told.person, told.metadata ->> 'via');
        END IF;
        CONTINUE WHEN NOT told.metadata ?& ARRAY['before', 'after'] OR told.entity NOT IN (SELECT a.entity FROM monkey.audited AS a);
        IF NOT EXISTS (SELECT FROM centurion.requests AS r WHERE r.id = (told.metadata ->> 'request')::uuid) THEN
            RETURN NEXT format('audit row %s (%s %s:%s) belongs to no request', told.id, told.action, told.entity, told.key);
        END IF;
        was := nullif(told.metadata -> 'before', 'null') - 'updatedAt';
        becomes := nullif(told.metadata -> 'after', 'null') - 'updatedAt';
        SELECT r.image INTO stands FROM replayed AS r WHERE (r.entity, r.key) = (told.entity, told.key);
        IF (was IS NULL) <> (stands IS NULL) OR EXISTS (SELECT FROM jsonb_each(was) AS b WHERE b.value <> '"hidden"' AND stands -> b.key IS DISTINCT FROM b.value) THEN
            RETURN NEXT format('audit row %s (%s %s:%s) says it was %s, and it was %s', told.id, told.action, told.entity, told.key, was, stands);
        END IF;
        IF becomes IS NULL THEN
            DELETE FROM replayed AS r WHERE (r.entity, r.key) = (told.entity, told.key);
        ELSE
            becomes := becomes - ARRAY(SELECT b.key FROM jsonb_each(becomes) AS b WHERE b.value = '"hidden"');
            INSERT INTO replayed AS r VALUES (told.entity, told.key, becomes)
            ON CONFLICT (entity, key) DO UPDATE SET image = r.image || excluded.image;
        END IF;
    END LOOP;
    RETURN QUERY SELECT format('%s:%s is %s, the log says %s', coalesce(r.entity, n.entity), coalesce(r.key, n.key), n.image, r.image)
                 FROM replayed AS r FULL JOIN monkey.images() AS n ON (n.entity, n.key) = (r.entity, r.key) WHERE r.image IS DISTINCT FROM n.image;
    RETURN QUERY SELECT format('%s, which no log covers, has changed: %s rows, before %s', coalesce(b.relation, n.relation), n.rows, b.rows)
                 FROM monkey.others_before AS b FULL JOIN monkey.others() AS n ON n.relation = b.relation
                 WHERE (b.rows, b.sum) IS DISTINCT FROM (n.rows, n.sum);
    DROP TABLE replayed;
END
$$;

-- How much was done: changes in the log.
CREATE FUNCTION monkey.changes() RETURNS bigint LANGUAGE sql AS
$$ SELECT count(*) FROM public.audit_logs AS l WHERE l.id > (SELECT last.id FROM monkey.last) AND l.metadata ?& ARRAY['before', 'after'] $$;
