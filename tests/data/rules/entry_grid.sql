-- The grid of check-ins: who sees whose, what stands beside a day, what is asked, the limits, and a page saved row by row.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
CREATE ROLE rules_grid_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_grid_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_grid_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_grid_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_grid_nobody LOGIN IN ROLE centurion_coach;
CREATE TEMP TABLE roles AS SELECT * FROM unnest(ARRAY['admin', 'coach', 'other', 'client', 'nobody']) WITH ORDINALITY AS r (who, nth);
CREATE FUNCTION pg_temp.ask(who text, query text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE format('SET LOCAL SESSION AUTHORIZATION rules_grid_%s', who);
    EXECUTE query INTO value;
    RESET SESSION AUTHORIZATION;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
INSERT INTO public.users (id, email, name, role) VALUES
    (9200, 'coach@grid.example', 'Coach', 'COACH'), (9201, 'other@grid.example', 'Other', 'COACH'), (9202, 'admin@grid.example', 'Admin', 'ADMIN'),
    (9210, '0@grid.example', 'Ann', 'CLIENT'), (9211, '1@grid.example', 'Bob', 'CLIENT'), (9212, '2@grid.example', 'Cy', 'CLIENT'),
    (9213, '3@grid.example', 'Theirs', 'CLIENT');
INSERT INTO centurion.logins (rolname, "userId", role) VALUES
    ('rules_grid_admin', 9202, 'ADMIN'), ('rules_grid_coach', 9200, 'COACH'), ('rules_grid_other', 9201, 'COACH'), ('rules_grid_client', 9210, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9200, 'Grid', '2026-01-05'), (9201, 'Elsewhere', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9200, 9200), (9201, 9201);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (9200, 9210, 'ACTIVE'), (9200, 9211, 'PAUSED'), (9200, 9212, 'INACTIVE'), (9201, 9213, 'ACTIVE'), (9201, 9210, 'ACTIVE');
INSERT INTO public.cohort_check_in_configs ("cohortId", prompts) VALUES
    (9200, '{"questions": [{"id": "water", "label": "Water?", "type": "boolean"}, {"id": "energy", "label": "Energy", "type": "scale"}]}'),
    (9201, '{"customPrompt1": "Minutes", "customPrompt1Type": "number", "theme": "calm"}');
INSERT INTO public.entries (id, "userId", date, weight, steps, "sleepQuality", "customResponses", "dataSources") VALUES
    (9200, 9210, centurion.today() - 1, 80, 5000, NULL, '{"water": true, "customPrompt1": 5}', '{"steps": "healthkit"}'),
    (9201, 9210, centurion.today() - 2, 82, 7000, 6, NULL, NULL), (9202, 9210, centurion.today() - 20, 90, NULL, NULL, NULL, NULL),
    (9203, 9213, centurion.today() - 1, 70, NULL, NULL, NULL, NULL);

INSERT INTO result
SELECT 'who: ' || g.name, g.expected, (SELECT string_agg(pg_temp.ask(r.who, g.query), ' ' ORDER BY r.nth) FROM roles AS r)
FROM (VALUES -- admin, own coach, another coach, client, a login of nobody
    ('a cohort', '2 2 0 42501 0', 'SELECT count(*) FROM centurion.entry_grid(9200, centurion.today(), centurion.today())'),
    ('a member', '3 3 3 42501 0', 'SELECT count(*) FROM centurion.entry_grid_member(9210, centurion.today() - 2, centurion.today())'),
    ('somebody else''s member', '1 0 1 42501 0', 'SELECT count(*) FROM centurion.entry_grid_member(9213, centurion.today(), centurion.today())'),
    ('somebody who left', '1 0 0 42501 0', 'SELECT count(*) FROM centurion.entry_grid_member(9212, centurion.today(), centurion.today())'),
    ('prompts of a cohort', '2 2 0 42501 0', 'SELECT count(*) FROM centurion.entry_prompts(9200, NULL)'),
    ('prompts of a member', '3 3 3 42501 0', 'SELECT count(*) FROM centurion.entry_prompts(NULL, 9210)'),
    ('limits', '5 5 5 42501 42501', 'SELECT count(*) FROM centurion.entry_limits()'),
    ('too many days', '22023 22023 nothing 42501 nothing', 'SELECT max(user_id) FROM centurion.entry_grid(9200, ''2025-01-01'', ''2025-03-04'')')
) AS g (name, expected, query);

INSERT INTO result
SELECT g.name, g.expected, pg_temp.ask('coach', g.query)
FROM (VALUES
    ('grid: by name, with their state', 'Ann ACTIVE, Bob PAUSED', 'SELECT string_agg(concat_ws('' '', name, status), '', '') FROM centurion.entry_grid(9200, centurion.today(), centurion.today())'),
    ('grid: beside a day that is not there', '- 80 80 5000 true 81 6000 6',
     'SELECT concat_ws('' '', coalesce(version, ''-''), last_weight, weight_1, steps_1, split_part(answers_1, E''\x1f'', 1), weight_14, steps_14, sleep_14)
      FROM centurion.entry_grid(9200, centurion.today(), centurion.today()) WHERE user_id = 9210'),
    ('grid: a day that is', 't 80 5000 mh-- true 82 82',
     'SELECT concat_ws('' '', version IS NOT NULL, weight, steps, sources, split_part(answers, E''\x1f'', 1), last_weight, weight_14)
      FROM centurion.entry_grid(9200, centurion.today() - 1, centurion.today() - 1) WHERE user_id = 9210'),
    ('grid: who wrote it last', 'the web application', 'SELECT changed_by FROM centurion.entry_grid_member(9210, centurion.today() - 1, centurion.today() - 1)'),
    ('grid: all that is asked of a member', 'true||5', 'SELECT replace(answers, E''\x1f'', ''|'') FROM centurion.entry_grid_member(9210, centurion.today() - 1, centurion.today() - 1)'),
    ('prompts: of any form', 'water boolean - - Grid; energy scale 1 10 Grid; customPrompt1 number - - Elsewhere',
     'SELECT string_agg(concat_ws('' '', id, type, coalesce(minimum::text, ''-''), coalesce(maximum::text, ''-''), cohort_name), ''; '') FROM centurion.entry_prompts(NULL, 9210)')
) AS g (name, expected, query);

-- The limits that a cell is held against are those that the rows are held against.
INSERT INTO result
SELECT format('limits: %s %s in %s', l.metric, v.value, u.unit), v.right::text,
       (centurion.entry_fault(n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", NULL, u.unit) IS NULL)::text
FROM unnest(ARRAY['kg', 'lb']) AS u (unit)
     CROSS JOIN LATERAL (VALUES ('weight', 1, CASE u.unit WHEN 'lb' THEN 1000 ELSE 454 END), ('steps', 0, 200000), ('calories', 0, 20000), ('sleepQuality', 1, 10),
                                ('perceivedStress', 1, 10)) AS l (metric, minimum, maximum)
     CROSS JOIN LATERAL (VALUES (l.minimum - 1, false), (l.minimum, true), (l.maximum, true), (l.maximum + 1, false)) AS v (value, "right")
     CROSS JOIN LATERAL jsonb_populate_record(NULL::public.entries, jsonb_build_object(l.metric, v.value)) AS n;
INSERT INTO result VALUES ('limits: as they are told', 'weight 0 454 0.95 1.05; steps 0 200000 - 60000; calories 0 20000 1000 5000; sleepQuality 1 10 - -; perceivedStress 1 10 - -',
    pg_temp.ask('coach', 'SELECT string_agg(concat_ws('' '', metric, minimum, maximum, coalesce(low::text, ''-''), coalesce(high::text, ''-'')), ''; '') FROM centurion.entry_limits()'));

-- A page: what is wrong with one keeps none of the others from being saved.
CREATE FUNCTION pg_temp.page() RETURNS text LANGUAGE sql AS
$$ SELECT jsonb_build_array(
       jsonb_build_object('user_id', 9211, 'date', centurion.today(), 'version', NULL, 'changes', '{"weight": 75.5, "customResponses": {"energy": 7}}'::jsonb),
       jsonb_build_object('user_id', 9210, 'date', centurion.today() - 1, 'version', '1', 'changes', '{"weight": 79}'::jsonb),
       jsonb_build_object('user_id', 9210, 'date', centurion.today(), 'version', NULL, 'changes', '{"steps": 300000, "weight": 79}'::jsonb),
       jsonb_build_object('user_id', 9213, 'date', centurion.today(), 'version', NULL, 'changes', '{"steps": 3}'::jsonb),
       jsonb_build_object('user_id', 9210, 'date', centurion.today() - 2, 'version', (SELECT xmin::text FROM public.entries WHERE id = 9201),
                          'changes', '{"steps": 7100}'::jsonb),
       jsonb_build_object('user_id', 9210, 'date', centurion.today() - 3, 'version', NULL, 'changes', '{"steps": "many"}'::jsonb))::text $$;
CREATE TEMP TABLE page AS SELECT pg_temp.page() AS items;
GRANT SELECT ON page TO PUBLIC;
CREATE FUNCTION pg_temp.told(who text, request text) RETURNS text LANGUAGE sql AS
$$ SELECT pg_temp.ask(who, format('SELECT string_agg(outcome, '' '' ORDER BY nth) FROM centurion.entries_save(%L, %L) WITH ORDINALITY AS c (outcome, key, version, record, audit, nth)',
                                  request, (SELECT items FROM page))) $$;
INSERT INTO result VALUES ('page: a row each', 'saved conflict refused refused saved refused', pg_temp.told('coach', '00000000-0000-4000-8000-000000009200'));
INSERT INTO result SELECT 'page: what stands', '9210 -3 -; 9210 -2 7100; 9210 -1 5000; 9210 0 -; 9211 0 75.5 {"energy": 7} {"weight": "manual"}; 9213 0 -',
    string_agg(concat_ws(' ', m.id, d.n, coalesce(CASE m.id WHEN 9211 THEN concat_ws(' ', e.weight, e."customResponses", e."dataSources") ELSE e.steps::text END, '-')), '; ' ORDER BY m.id, d.n)
FROM (VALUES (9210, -3), (9210, -2), (9210, -1), (9210, 0), (9211, 0), (9213, 0)) AS m (id, n)
     CROSS JOIN LATERAL (SELECT m.n) AS d
     LEFT JOIN public.entries AS e ON e."userId" = m.id AND e.date = centurion.today() + d.n;
INSERT INTO result VALUES ('page: the same again', 'repeated conflict conflict conflict repeated conflict', pg_temp.told('coach', '00000000-0000-4000-8000-000000009200'));
INSERT INTO result SELECT 'page: audited as one request', '2', count(*)::text FROM public.audit_logs WHERE metadata ->> 'request' = '00000000-0000-4000-8000-000000009200';
INSERT INTO result VALUES ('page: undone as one', 'saved', pg_temp.ask('coach', 'SELECT outcome FROM centurion.undo(''00000000-0000-4000-8000-000000009201'', ''00000000-0000-4000-8000-000000009200'')'));
INSERT INTO result
SELECT 'page: ' || g.name, g.expected, pg_temp.ask(g.who, format('SELECT concat_ws('': '', outcome, CASE outcome WHEN ''refused'' THEN key END) FROM centurion.entries_save(%s, %L)', coalesce(g.request, 'gen_random_uuid()'), g.items))
FROM (VALUES
    ('why it is refused', 'refused: Sleep quality is 1 to 10, not 11', 'coach', NULL, format('[{"user_id": 9211, "date": "%s", "changes": {"sleepQuality": 11}}]', centurion.today())),
    ('another one''s member', 'refused: There is no member 9211', 'other', NULL, format('[{"user_id": 9211, "date": "%s", "changes": {"sleepQuality": 1}}]', centurion.today())),
    ('closed to its member', 'refused: The check-in of 2020-01-01 is closed. You can change today''s and those of the last 7 days. Your coach can change older ones.', 'client', NULL,
     '[{"user_id": 9210, "date": "2020-01-01", "changes": {"sleepQuality": 1}}]'),
    ('another column', 'refused: nothing here is called id. What can be changed: weight, steps, calories, sleepQuality, perceivedStress, notes, customResponses, dataSources', 'coach', NULL,
     format('[{"user_id": 9211, "date": "%s", "changes": {"id": 1}}]', centurion.today())),
    ('no day', 'refused: a check-in wants its day', 'coach', NULL, '[{"user_id": 9211, "changes": {}}]'),
    ('nothing', '22023', 'coach', NULL, '[]'), ('no list', '22023', 'coach', NULL, '{}'), ('no objects', '22023', 'coach', NULL, '[1]'),
    ('no request', '22023', 'coach', 'NULL', '[{}]'), ('by nobody', '42501', 'nobody', NULL, '[{}]')
) AS g (name, expected, who, request, items);
SELECT * FROM result;
