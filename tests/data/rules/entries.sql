-- Changing daily check-ins: limits, who may on which day, where figures came from, answers, conflicts, requests that come again.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
CREATE ROLE rules_entries_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_entries_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_entries_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_entries_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_entries_stranger LOGIN IN ROLE centurion_client;
CREATE ROLE rules_entries_disabled LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_entries_nobody LOGIN IN ROLE centurion_coach;
CREATE TEMP TABLE roles AS
SELECT * FROM unnest(ARRAY['admin', 'coach', 'other', 'client', 'stranger', 'disabled', 'nobody', 'owner']) WITH ORDINALITY AS r (who, nth);

-- Calls a change as somebody; what came of it (shown is about the answer c) or the error's code. Unless kept, nothing stays of
-- it. $id: a new request; $v: the version of the check-in 9001.
CREATE FUNCTION pg_temp.attempt(who text, call text, shown text DEFAULT 'c.outcome', kept boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    seen  text := quote_nullable((SELECT xmin::text FROM public.entries WHERE id = 9001));
    value text;
BEGIN
    call := replace(replace(call, '$id', format('%L::uuid', gen_random_uuid())), '$v', seen);
    shown := replace(shown, '$v', seen);
    IF who <> 'owner' THEN
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION rules_entries_%s', who);
    END IF;
    EXECUTE format('SELECT (%s)::text FROM centurion.%s AS c', shown, call) INTO value;
    IF NOT kept THEN
        RAISE EXCEPTION '%', coalesce(value, 'nothing') USING ERRCODE = 'ZZZZZ';
    END IF;
    RESET SESSION AUTHORIZATION;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN SQLSTATE 'ZZZZZ' THEN RETURN SQLERRM;
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS text LANGUAGE sql AS $$ SELECT format('''00000000-0000-4000-8000-%s''::uuid', lpad(n::text, 12, '0')) $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@entries.example', 'Coach', 'COACH'), (9101, 'other@entries.example', 'Other', 'COACH'), (9102, 'admin@entries.example', 'Admin', 'ADMIN'),
    (9103, 'disabled@entries.example', 'Disabled', 'COACH'), (9001, '1@entries.example', 'Mine', 'CLIENT'), (9002, '2@entries.example', 'Theirs', 'CLIENT'),
    (9003, '3@entries.example', 'Paused', 'CLIENT'), (9004, '4@entries.example', 'Left', 'CLIENT'), (9005, '5@entries.example', 'Deleted', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 9005;
INSERT INTO centurion.logins (rolname, "userId", role, enabled) VALUES
    ('rules_entries_admin', 9102, 'ADMIN', true), ('rules_entries_coach', 9100, 'COACH', true), ('rules_entries_other', 9101, 'COACH', true),
    ('rules_entries_client', 9001, 'CLIENT', true), ('rules_entries_stranger', 9002, 'CLIENT', true), ('rules_entries_disabled', 9103, 'COACH', false);
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05'), (9002, 'Theirs', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9001, 9103), (9002, 9101);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (9001, 9001, 'ACTIVE'), (9001, 9003, 'PAUSED'), (9001, 9004, 'INACTIVE'), (9001, 9005, 'ACTIVE'), (9002, 9002, 'ACTIVE');
INSERT INTO public.entries (id, "userId", date, weight, steps, "customResponses", "dataSources", notes) VALUES
    (9001, 9001, centurion.today() - 1, 80, 5000, '{"water": true, "energy": 7}', '{"weight": "manual", "steps": "healthkit"}', 'x'),
    (9002, 9001, centurion.today() - 8, 80, NULL, NULL, NULL, NULL), (9003, 9002, centurion.today() - 1, 70, NULL, NULL, NULL, NULL);

-- ---- Who may what ----

INSERT INTO result
SELECT 'who: ' || g.name, g.expected, (SELECT string_agg(pg_temp.attempt(r.who, g.call), ' ' ORDER BY r.nth) FROM roles AS r)
FROM (VALUES -- admin, own coach, another coach, client, another client, disabled, a login of nobody, the tables' owner
    ('a new one', 'saved saved P0002 saved P0002 42501 42501 saved', 'entry_save($id, 9001, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('changing one', 'saved saved P0002 saved P0002 42501 42501 saved', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"weight": 81}'')'),
    ('one that is closed to its member', 'saved saved P0002 55000 P0002 42501 42501 saved', 'entry_save($id, 9001, centurion.today() - 9, NULL, ''{"weight": 80}'')'),
    ('one of somebody paused', 'saved saved P0002 P0002 P0002 42501 42501 saved', 'entry_save($id, 9003, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('one of somebody who left', 'saved P0002 P0002 P0002 P0002 42501 42501 saved', 'entry_save($id, 9004, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('one of somebody deleted', 'P0002 P0002 P0002 P0002 P0002 42501 42501 P0002', 'entry_save($id, 9005, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('one of a coach', 'P0002 P0002 P0002 P0002 P0002 42501 42501 P0002', 'entry_save($id, 9100, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('one of nobody', 'P0002 P0002 P0002 P0002 P0002 42501 42501 P0002', 'entry_save($id, 1, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('one without a member', 'P0002 P0002 P0002 P0002 P0002 42501 42501 P0002', 'entry_save($id, NULL, centurion.today(), NULL, ''{"weight": 80}'')'),
    ('deleting one', 'saved saved P0002 saved P0002 42501 42501 saved', 'entry_delete($id, 9001, $v)'),
    ('deleting one that is closed to its member', 'conflict conflict P0002 55000 P0002 42501 42501 conflict', 'entry_delete($id, 9002, ''1'')'),
    ('deleting another one''s', 'conflict P0002 conflict P0002 conflict 42501 42501 conflict', 'entry_delete($id, 9003, ''1'')'),
    ('deleting what is not there', 'P0002 P0002 P0002 P0002 P0002 42501 42501 P0002', 'entry_delete($id, 1, ''1'')')
) AS g (name, expected, call);

-- ---- Within which limits ----

INSERT INTO result
SELECT format('limits: %s in %s', coalesce(v.figures, 'nothing'), u.unit), CASE u.unit WHEN 'kg' THEN v.kg ELSE v.lb END,
       (SELECT centurion.entry_fault(n.weight, n.steps, n.calories, n."sleepQuality", n."perceivedStress", n.notes, u.unit)
        FROM jsonb_populate_record(NULL::public.entries, v.figures::jsonb) AS n)
FROM unnest(ARRAY['kg', 'lb']) AS u (unit), (VALUES
    ('{}', NULL, NULL),
    ('{"weight": 0.1}', NULL, NULL), ('{"weight": 454}', NULL, NULL), ('{"weight": 1000}', 'weight is above 0 and at most 454 kg, not 1000', NULL),
    ('{"weight": 0}', 'weight is above 0 and at most 454 kg, not 0', 'weight is above 0 and at most 1000 lb, not 0'),
    ('{"weight": -1}', 'weight is above 0 and at most 454 kg, not -1', 'weight is above 0 and at most 1000 lb, not -1'),
    ('{"weight": 454.1}', 'weight is above 0 and at most 454 kg, not 454.1', NULL),
    ('{"weight": 1000.1}', 'weight is above 0 and at most 454 kg, not 1000.1', 'weight is above 0 and at most 1000 lb, not 1000.1'),
    ('{"weight": "NaN"}', 'weight is above 0 and at most 454 kg, not NaN', 'weight is above 0 and at most 1000 lb, not NaN'),
    ('{"weight": "Infinity"}', 'weight is above 0 and at most 454 kg, not Infinity', 'weight is above 0 and at most 1000 lb, not Infinity'),
    ('{"weight": "-Infinity"}', 'weight is above 0 and at most 454 kg, not -Infinity', 'weight is above 0 and at most 1000 lb, not -Infinity'),
    ('{"steps": 0}', NULL, NULL), ('{"steps": 200000}', NULL, NULL),
    ('{"steps": -1}', 'steps are 0 to 200000, not -1', 'steps are 0 to 200000, not -1'), ('{"steps": 200001}', 'steps are 0 to 200000, not 200001', 'steps are 0 to 200000, not 200001'),
    ('{"calories": 0}', NULL, NULL), ('{"calories": 20000}', NULL, NULL),
    ('{"calories": -1}', 'calories are 0 to 20000, not -1', 'calories are 0 to 20000, not -1'),
    ('{"calories": 20001}', 'calories are 0 to 20000, not 20001', 'calories are 0 to 20000, not 20001'),
    ('{"sleepQuality": 1}', NULL, NULL), ('{"sleepQuality": 10}', NULL, NULL),
    ('{"sleepQuality": 0}', 'sleep quality is 1 to 10, not 0', 'sleep quality is 1 to 10, not 0'), ('{"sleepQuality": 11}', 'sleep quality is 1 to 10, not 11', 'sleep quality is 1 to 10, not 11'),
    ('{"perceivedStress": 1}', NULL, NULL), ('{"perceivedStress": 10}', NULL, NULL),
    ('{"perceivedStress": 0}', 'stress is 1 to 10, not 0', 'stress is 1 to 10, not 0'), ('{"perceivedStress": 11}', 'stress is 1 to 10, not 11', 'stress is 1 to 10, not 11'),
    ('{"steps": -1, "calories": -1}', 'steps are 0 to 200000, not -1; calories are 0 to 20000, not -1', 'steps are 0 to 200000, not -1; calories are 0 to 20000, not -1')
) AS v (figures, kg, lb)
UNION ALL
SELECT format('limits: %s characters of notes', n), CASE n WHEN 2001 THEN 'notes have at most 2000 characters, not 2001' END,
       centurion.entry_fault(NULL, NULL, NULL, NULL, NULL, repeat('ä', n), 'kg')
FROM unnest(ARRAY[0, 2000, 2001]) AS n;

INSERT INTO result
SELECT 'sources: ' || v.name, v.expected, centurion.merge_sources(v.sources::jsonb, v.changes::jsonb)::text
FROM (VALUES
    ('typed', '{"weight": "manual"}', NULL, '{"weight": 80}'), ('from a watch', '{"steps": "healthkit"}', NULL, '{"steps": 1, "dataSources": {"steps": "healthkit"}}'),
    ('the others stay', '{"steps": "manual", "weight": "healthkit"}', '{"weight": "healthkit"}', '{"steps": 1}'),
    ('typed over', '{"steps": "manual"}', '{"steps": "healthkit"}', '{"steps": 1}'),
    ('taken away', '{"weight": "manual"}', '{"steps": "healthkit", "weight": "manual"}', '{"steps": null}'), ('the last one taken away', NULL, '{"steps": "healthkit"}', '{"steps": null}'),
    ('of what was not changed', '{"steps": "manual"}', '{"steps": "manual"}', '{"weight": null, "dataSources": {"steps": "healthkit"}}'),
    ('stress has none', NULL, NULL, '{"perceivedStress": 5, "notes": "x"}'), ('nothing changed', NULL, NULL, '{}'),
    ('what is not known stays', '{"steps": "manual", "water": "healthkit"}', '{"water": "healthkit"}', '{"steps": 1}')
) AS v (name, expected, sources, changes);

INSERT INTO result
SELECT g.name, g.expected, pg_temp.attempt(g.who, g.call, g.shown)
FROM (VALUES
    ('day: today', 'saved', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{}'')', 'c.outcome'),
    ('day: tomorrow', '23514', 'client', 'entry_save($id, 9001, centurion.today() + 1, NULL, ''{}'')', 'c.outcome'),
    ('day: tomorrow, by the coach', '23514', 'coach', 'entry_save($id, 9001, centurion.today() + 1, NULL, ''{}'')', 'c.outcome'),
    ('day: the last that is open', 'saved', 'client', 'entry_save($id, 9001, centurion.today() - 7, NULL, ''{}'')', 'c.outcome'),
    ('day: the first that is closed', '55000', 'client', 'entry_save($id, 9001, centurion.today() - 8, NULL, ''{}'')', 'c.outcome'),
    ('day: long ago, by the coach', 'saved', 'coach', 'entry_save($id, 9001, ''2020-02-29'', NULL, ''{}'')', 'c.outcome'),
    ('day: none', '22023', 'client', 'entry_save($id, 9001, NULL, NULL, ''{}'')', 'c.outcome'),
    ('limits: in the function too', '23514', 'admin', 'entry_save($id, 9001, centurion.today(), NULL, ''{"weight": 454.1}'')', 'c.outcome'),
    ('limits: of a change', '23514', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"sleepQuality": 11}'')', 'c.outcome'),
    ('limits: NaN', '23514', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"weight": "NaN"}'')', 'c.outcome'),
    ('limits: a number that no column holds', '22003', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"steps": 99999999999}'')', 'c.outcome'),
    ('limits: no number', '22P02', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"steps": "many"}'')', 'c.outcome'),
    ('changes: what is absent stays', '80 6000 x', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"steps": 6000}'')',
     'concat_ws('' '', c.record ->> ''weight'', c.record ->> ''steps'', c.record ->> ''notes'')'),
    ('changes: null clears', '- 5000 x', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"weight": null}'')',
     'concat_ws('' '', coalesce(c.record ->> ''weight'', ''-''), c.record ->> ''steps'', c.record ->> ''notes'')'),
    ('changes: sources are merged', '{"steps": "manual", "weight": "manual"}', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"steps": 6000}'')', 'c.record -> ''dataSources'''),
    ('changes: sources of a new one', '{"steps": "healthkit", "weight": "manual"}', 'client',
     'entry_save($id, 9001, centurion.today(), NULL, ''{"steps": 1, "weight": 80, "dataSources": {"steps": "healthkit"}}'')', 'c.record -> ''dataSources'''),
    ('changes: answers are merged, null clears', '{"mood": "x", "energy": 8}', 'client',
     'entry_save($id, 9001, centurion.today() - 1, $v, ''{"customResponses": {"energy": 8, "water": null, "mood": "x"}}'')', 'c.record -> ''customResponses'''),
    ('changes: answers that are not named stay', '{"water": true, "energy": 7}', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"notes": "y"}'')', 'c.record -> ''customResponses'''),
    ('changes: all answers cleared', 'null', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"customResponses": {"energy": null, "water": null}}'')', 'c.record -> ''customResponses'''),
    ('changes: answers that are no object', '22023', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{"customResponses": [1]}'')', 'c.outcome'),
    ('changes: another source', '22023', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{"steps": 1, "dataSources": {"steps": "guess"}}'')', 'c.outcome'),
    ('changes: another column', '22023', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"userId": 9002}'')', 'c.outcome'),
    ('changes: the day is no column to change', '22023', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{"date": "2026-01-05"}'')', 'c.outcome'),
    ('changes: a list', '22023', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''[]'')', 'c.outcome'),
    ('changes: nothing', '22023', 'client', 'entry_save($id, 9001, centurion.today(), NULL, NULL)', 'c.outcome'),
    ('request: none', '22023', 'client', 'entry_save(NULL, 9001, centurion.today(), NULL, ''{}'')', 'c.outcome'),
    ('conflict: somebody made one', 'conflict 80', 'client', 'entry_save($id, 9001, centurion.today() - 1, NULL, ''{"weight": 81}'')', 'concat_ws('' '', c.outcome, c.record ->> ''weight'')'),
    ('conflict: somebody changed it', 'conflict 80 t', 'client', 'entry_save($id, 9001, centurion.today() - 1, ''1'', ''{"weight": 81}'')',
     'concat_ws('' '', c.outcome, c.record ->> ''weight'', c.version = $v)'),
    ('conflict: somebody deleted it', 'conflict -', 'client', 'entry_save($id, 9001, centurion.today(), ''1'', ''{"weight": 81}'')', 'concat_ws('' '', c.outcome, coalesce(c.record::text, ''-''))'),
    ('conflict: of a deletion', 'conflict 80', 'client', 'entry_delete($id, 9001, ''1'')', 'concat_ws('' '', c.outcome, c.record ->> ''weight'')'),
    ('conflict: a deletion wants a version', 'conflict', 'client', 'entry_delete($id, 9001, NULL)', 'c.outcome'),
    ('deleted: its record is gone', 'saved 9001 -', 'client', 'entry_delete($id, 9001, $v)', 'concat_ws('' '', c.outcome, c.key, coalesce(c.record::text, ''-''))')
) AS g (name, expected, who, call, shown);

-- The settings decide.
INSERT INTO public.system_settings (key, value) VALUES ('entryEditDays', '0'), ('weightUnit', '"lb"');
INSERT INTO result
SELECT g.name, g.expected, pg_temp.attempt(g.who, g.call)
FROM (VALUES
    ('day: today, with no days back', 'saved', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{}'')'),
    ('day: yesterday, with no days back', '55000', 'client', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{}'')'),
    ('day: deleting yesterday''s, with no days back', '55000', 'client', 'entry_delete($id, 9001, $v)'),
    ('day: yesterday, by the coach', 'saved', 'coach', 'entry_save($id, 9001, centurion.today() - 1, $v, ''{}'')'),
    ('limits: 1000 lb', 'saved', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{"weight": 1000}'')'),
    ('limits: more', '23514', 'client', 'entry_save($id, 9001, centurion.today(), NULL, ''{"weight": 1000.1}'')')
) AS g (name, expected, who, call);
DELETE FROM public.system_settings;

-- ---- Once ----

INSERT INTO result VALUES ('once: a new one', 'saved 70', pg_temp.attempt('client', format('entry_save(%s, 9001, centurion.today(), NULL, ''{"weight": 70}'')', pg_temp.id(1)),
                           'concat_ws('' '', c.outcome, c.record ->> ''weight'')', true));
INSERT INTO result VALUES ('once: the same request', 'repeated 70', pg_temp.attempt('client', format('entry_save(%s, 9001, centurion.today(), NULL, ''{"weight": 70}'')', pg_temp.id(1)),
                           'concat_ws('' '', c.outcome, c.record ->> ''weight'')', true));
INSERT INTO result VALUES ('once: the same request with something else stays what it was', 'repeated 70',
                           pg_temp.attempt('client', format('entry_save(%s, 9001, centurion.today(), NULL, ''{"weight": 99}'')', pg_temp.id(1)),
                                           'concat_ws('' '', c.outcome, c.record ->> ''weight'')', true));
INSERT INTO result VALUES ('once: somebody else''s request', '22023', pg_temp.attempt('coach', format('entry_save(%s, 9001, centurion.today(), NULL, ''{"weight": 70}'')', pg_temp.id(1))));
INSERT INTO result VALUES ('once: as another change', '22023', pg_temp.attempt('client', format('entry_delete(%s, 9001, $v)', pg_temp.id(1))));
INSERT INTO result VALUES ('once: a deletion', 'saved 9001 -', pg_temp.attempt('client', format('entry_delete(%s, 9001, $v)', pg_temp.id(2)),
                           'concat_ws('' '', c.outcome, c.key, coalesce(c.record::text, ''-''))', true));
INSERT INTO result VALUES ('once: the same deletion', 'repeated 9001 -', pg_temp.attempt('client', format('entry_delete(%s, 9001, $v)', pg_temp.id(2)),
                           'concat_ws('' '', c.outcome, c.key, coalesce(c.record::text, ''-''))', true));
INSERT INTO result SELECT 'once: what stands', '70', string_agg(weight::text, ' ') FROM public.entries WHERE "userId" = 9001 AND date >= centurion.today() - 7;

-- What the web application writes is its own business.
INSERT INTO public.entries ("userId", date, weight, steps) VALUES (9001, centurion.today() + 5, -1, -1);
INSERT INTO result SELECT 'the owner is never refused anything', '-1', steps::text FROM public.entries WHERE date = centurion.today() + 5;

SELECT * FROM result;
