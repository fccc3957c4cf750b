-- Changing notes, reviews, prompts, frequencies, insights, settings, questionnaires, answers and health data: who may, within which limits.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
CREATE ROLE rules_coaching_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_coaching_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_coaching_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_coaching_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_coaching_stranger LOGIN IN ROLE centurion_client;
CREATE ROLE rules_coaching_disabled LOGIN IN ROLE centurion_coach;
CREATE TEMP TABLE roles AS SELECT * FROM unnest(ARRAY['admin', 'coach', 'other', 'client', 'stranger', 'disabled', 'owner']) WITH ORDINALITY AS r (who, nth);

-- Calls a change as somebody, and says what came of it (shown is about the answer c) or the error's code. Unless kept, nothing
-- stays of it. $id: a new request; $v(Entity:key): the version of a row.
CREATE FUNCTION pg_temp.attempt(who text, call text, shown text DEFAULT 'c.outcome', kept boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
    seen  text[];
    kind  record;
BEGIN
    call := replace(call, '$id', format('%L::uuid', gen_random_uuid()));
    seen := regexp_match(call, '\$v\((\w+):([^)]*)\)');
    IF seen IS NOT NULL THEN
        SELECT e.relation, e.condition INTO kind FROM centurion.entities AS e WHERE e.entity = seen[1];
        EXECUTE format('SELECT t.xmin::text FROM %s AS t WHERE %s', kind.relation, kind.condition) INTO value USING seen[2];
        call := regexp_replace(call, '\$v\([^)]*\)', quote_nullable(value));
    END IF;
    BEGIN
        IF who <> 'owner' THEN
            EXECUTE format('SET LOCAL SESSION AUTHORIZATION rules_coaching_%s', who);
        END IF;
        EXECUTE format('SELECT string_agg((%s)::text, '' '') FROM centurion.%s AS c', shown, call) INTO value;
        IF NOT kept THEN
            RAISE EXCEPTION '%', coalesce(value, 'nothing') USING ERRCODE = 'ZZZZZ';
        END IF;
        RESET SESSION AUTHORIZATION;
        RETURN coalesce(value, 'nothing');
    EXCEPTION
        WHEN SQLSTATE 'ZZZZZ' THEN RETURN SQLERRM;
        WHEN OTHERS THEN RETURN SQLSTATE;
    END;
END
$$;
CREATE FUNCTION pg_temp.asked(bundle integer) RETURNS jsonb LANGUAGE sql SECURITY DEFINER AS $$ SELECT questions FROM public.questionnaire_bundles WHERE id = bundle $$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS text LANGUAGE sql AS $$ SELECT format('''00000000-0000-4000-8000-%s''::uuid', lpad(n::text, 12, '0')) $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@coaching.example', 'Coach', 'COACH'), (9101, 'other@coaching.example', 'Other', 'COACH'), (9102, 'admin@coaching.example', 'Admin', 'ADMIN'),
    (9103, 'disabled@coaching.example', 'Disabled', 'COACH'), (9001, '1@coaching.example', 'Mine', 'CLIENT'), (9002, '2@coaching.example', 'Theirs', 'CLIENT'),
    (9003, '3@coaching.example', 'Paused', 'CLIENT'), (9004, '4@coaching.example', 'Left', 'CLIENT'), (9005, '5@coaching.example', 'Deleted', 'CLIENT'),
    (9006, '6@coaching.example', 'Also mine', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 9005;
INSERT INTO centurion.logins (rolname, "userId", role, enabled) VALUES
    ('rules_coaching_admin', 9102, 'ADMIN', true), ('rules_coaching_coach', 9100, 'COACH', true), ('rules_coaching_other', 9101, 'COACH', true),
    ('rules_coaching_client', 9001, 'CLIENT', true), ('rules_coaching_stranger', 9002, 'CLIENT', true), ('rules_coaching_disabled', 9103, 'COACH', false);
-- Every cohort is in its second week.
INSERT INTO public.cohorts (id, name, "startDate", status, "deletedAt")
SELECT id, name, centurion.week_monday(centurion.today()) - 7, status::public."CohortStatus", gone::timestamp
FROM (VALUES (9001, 'Mine', 'ACTIVE', NULL), (9002, 'Theirs', 'ACTIVE', NULL), (9003, 'Completed', 'COMPLETED', NULL), (9004, 'Deleted', 'ACTIVE', '2026-01-01')) AS c (id, name, status, gone);
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9001, 9103), (9002, 9101), (9002, 9102), (9003, 9100), (9004, 9100);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status, "joinedAt")
SELECT cohort, member, status::public."MembershipStatus", centurion.today() - 60
FROM (VALUES (9001, 9001, 'ACTIVE'), (9001, 9003, 'PAUSED'), (9001, 9004, 'INACTIVE'), (9001, 9005, 'ACTIVE'), (9001, 9006, 'ACTIVE'),
             (9002, 9002, 'ACTIVE'), (9003, 9001, 'ACTIVE'), (9004, 9001, 'ACTIVE')) AS m (cohort, member, status);
INSERT INTO public.coach_notes (id, "userId", "coachId", "weekNumber", notes) VALUES
    (9001, 9001, 9100, 1, 'by the coach'), (9002, 9001, 9102, 1, 'by the admin'), (9003, 9004, 9100, 1, 'about one who left'), (9004, 9005, 9100, 1, 'about one deleted'),
    (9005, 9002, 9101, 1, 'by the other');
INSERT INTO centurion.reviews ("coachId", "clientId", week, status, "byId", at) VALUES (9100, 9006, centurion.week_monday(centurion.today()) - 7, 'done', 9100, '2026-01-01');
INSERT INTO public.cohort_check_in_configs (id, "cohortId", prompts) VALUES (9001, 9001, '{"theme": "calm", "customPrompt1": "Water?", "customPrompt1Type": "boolean"}');
INSERT INTO public.admin_insights (id, "cohortId", title, description, status) VALUES
    (9001, 9001, 'Quiet', 'x', 'ACTIVE'), (9002, 9001, 'Quiet', 'x', 'RESOLVED'), (9003, NULL, 'Late', 'x', 'ACTIVE');
INSERT INTO public.system_settings (key, value) VALUES ('attentionRed', '70'), ('currency', '"GBP"'), ('theirs', '{"kept": 1}'), ('noActivityDays', '"9"');
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive")
SELECT id, cohort, week, q.questions, active
FROM (VALUES (9001, 9001, 1, true), (9002, 9001, 2, true), (9003, 9001, 3, true), (9004, 9002, 2, true), (9005, 9003, 2, true), (9006, 9001, 9, true),
             (9007, 9004, 2, true)) AS b (id, cohort, week, active),
     (SELECT $json${"title": "Week", "pages": [
         {"name": "p1", "elements": [
             {"type": "html", "name": "intro", "html": "<p>x</p>"},
             {"type": "comment", "name": "wins", "isRequired": true},
             {"type": "text", "name": "days", "inputType": "number", "min": 0, "max": 7, "isRequired": true},
             {"type": "panel", "name": "inner", "elements": [
                 {"type": "radiogroup", "name": "focus", "choices": ["Food", {"value": 2, "text": "Two"}]},
                 {"type": "checkbox", "name": "many", "choices": ["a", "b", "c"]}]}]},
         {"name": "p2", "elements": [
             {"type": "rating", "name": "energy", "rateMax": 10},
             {"type": "boolean", "name": "again"},
             {"type": "text", "name": "word", "maxLength": 5},
             {"type": "signaturepad", "name": "signed"}]}]}$json$::jsonb) AS q (questions);
INSERT INTO public.weekly_questionnaire_responses (id, "userId", "bundleId", "weekNumber", responses, status) VALUES
    (9001, 9001, 9001, 1, '{"wins": "all", "days": 7, "signed": {"by": null}}', 'COMPLETED'),
    (9002, 9006, 9002, 2, '{"wins": "some"}', 'IN_PROGRESS'), (9003, 9002, 9004, 2, '{}', 'COMPLETED');
INSERT INTO public.entries (id, "userId", date, weight, steps, "dataSources") VALUES
    (9001, 9001, centurion.today() - 1, 80, NULL, '{"weight": "manual"}'), (9002, 9001, centurion.today() - 2, 80, 5000, '{"steps": "manual"}'),
    (9003, 9001, centurion.today() - 3, 80, NULL, '{"steps": "manual"}'), (9004, 9001, centurion.today() - 8, 80, NULL, NULL),
    (9005, 9001, centurion.today() - 4, 999, NULL, NULL);

-- ---- Who may what ----

INSERT INTO result
SELECT 'who: ' || g.name, g.expected, (SELECT string_agg(pg_temp.attempt(r.who, g.call), ' ' ORDER BY r.nth) FROM roles AS r)
FROM (VALUES -- admin, own coach, another coach, client, another client, disabled, the tables' owner
    ('a new note', 'saved saved P0002 42501 42501 42501 42501', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 2, "notes": "x"}'')'),
    ('a note about a coach', 'P0002 P0002 P0002 42501 42501 42501 42501', 'note_save($id, NULL, NULL, 9101, ''{"weekNumber": 2, "notes": "x"}'')'),
    ('a new note about one who left', 'saved P0002 P0002 42501 42501 42501 42501', 'note_save($id, NULL, NULL, 9004, ''{"weekNumber": 2, "notes": "x"}'')'),
    ('a new note about one deleted', 'P0002 P0002 P0002 42501 42501 42501 42501', 'note_save($id, NULL, NULL, 9005, ''{"weekNumber": 2, "notes": "x"}'')'),
    ('the coach''s note', 'saved saved P0002 42501 42501 42501 42501', 'note_save($id, 9001, $v(Note:9001), NULL, ''{"notes": "y"}'')'),
    ('the admin''s note', 'saved 42501 P0002 42501 42501 42501 42501', 'note_save($id, 9002, $v(Note:9002), NULL, ''{"notes": "y"}'')'),
    ('the note about one who left', 'saved saved P0002 42501 42501 42501 42501', 'note_save($id, 9003, $v(Note:9003), NULL, ''{"notes": "y"}'')'),
    ('the note about one deleted', 'P0002 P0002 P0002 42501 42501 42501 42501', 'note_save($id, 9004, $v(Note:9004), NULL, ''{"notes": "y"}'')'),
    ('another coach''s note', 'saved P0002 saved 42501 42501 42501 42501', 'note_save($id, 9005, $v(Note:9005), NULL, ''{"notes": "y"}'')'),
    ('deleting the coach''s note', 'saved saved P0002 42501 42501 42501 saved', 'note_delete($id, 9001, $v(Note:9001))'),
    ('deleting the admin''s note', 'saved 42501 P0002 42501 42501 42501 saved', 'note_delete($id, 9002, $v(Note:9002))'),
    ('a review', '55000 saved P0002 42501 42501 42501 42501', 'review_set($id, 9001, centurion.today(), ''done'', NULL)'),
    ('a review by an admin who coaches', 'saved P0002 saved 42501 42501 42501 42501', 'review_set($id, 9002, centurion.today(), ''done'', NULL)'),
    ('a review of one paused', '55000 55000 P0002 42501 42501 42501 42501', 'review_set($id, 9003, centurion.today(), ''done'', NULL)'),
    ('a review of one who left', '55000 P0002 P0002 42501 42501 42501 42501', 'review_set($id, 9004, centurion.today(), ''done'', NULL)'),
    ('reviews', '55000 saved saved P0002 42501 42501 42501 42501', 'review_set_all($id, ''{9001,9006}'', centurion.today(), ''skipped'')'),
    ('reviews, one of them another''s', '55000 P0002 P0002 42501 42501 42501 42501', 'review_set_all($id, ''{9001,9002}'', centurion.today(), ''skipped'')'),
    ('prompts', 'saved saved P0002 42501 42501 42501 saved', 'prompts_save($id, 9001, $v(Prompts:9001), ''{"customPrompt1": "Tea?"}'')'),
    ('prompts of a completed cohort', '55000 55000 P0002 42501 42501 42501 55000', 'prompts_save($id, 9003, NULL, ''{"customPrompt1": "Tea?"}'')'),
    ('prompts of a deleted cohort', 'P0002 P0002 P0002 42501 42501 42501 P0002', 'prompts_save($id, 9004, NULL, ''{"customPrompt1": "Tea?"}'')'),
    ('a cohort''s frequency', 'saved saved P0002 42501 42501 42501 saved', 'cohort_frequency_set($id, 9001, 3)'),
    ('a completed cohort''s frequency', '55000 55000 P0002 42501 42501 42501 55000', 'cohort_frequency_set($id, 9003, 3)'),
    ('a member''s frequency', 'saved saved P0002 42501 42501 42501 saved', 'member_frequency_set($id, 9001, 3)'),
    ('a new insight', 'saved 42501 42501 42501 42501 42501 saved', 'insight_save($id, NULL, NULL, ''{"title": "New"}'')'),
    ('an insight', 'saved 42501 42501 42501 42501 42501 saved', 'insight_save($id, 9001, $v(Insight:9001), ''{"priority": "URGENT"}'')'),
    ('triage', 'saved 42501 42501 42501 42501 42501 saved', 'insight_triage($id, 9001, $v(Insight:9001), ''RESOLVED'')'),
    ('a setting', 'saved 42501 42501 42501 42501 42501 saved', 'setting_save($id, ''currency'', $v(Setting:currency), ''"EUR"'')'),
    ('the default of a setting', 'saved 42501 42501 42501 42501 42501 saved', 'setting_reset($id, ''currency'', $v(Setting:currency))'),
    ('a new questionnaire', 'saved saved P0002 42501 42501 42501 saved', 'questionnaire_save($id, NULL, NULL, ''{"cohortId": 9001, "weekNumber": 4, "questions": {"pages": []}}'')'),
    ('a questionnaire of a completed cohort', '55000 55000 P0002 42501 42501 42501 55000', 'questionnaire_save($id, 9005, $v(Questionnaire:9005), ''{"isActive": false}'')'),
    ('a questionnaire of a deleted cohort', 'P0002 P0002 P0002 42501 42501 42501 P0002', 'questionnaire_save($id, 9007, $v(Questionnaire:9007), ''{"isActive": false}'')'),
    ('a questionnaire', 'saved saved P0002 42501 42501 42501 saved', 'questionnaire_save($id, 9002, $v(Questionnaire:9002), ''{"isActive": false}'')'),
    ('moving one to another cohort', 'saved P0002 P0002 42501 42501 42501 saved', 'questionnaire_save($id, 9006, $v(Questionnaire:9006), ''{"cohortId": 9002}'')'),
    ('deleting a questionnaire', 'saved saved P0002 42501 42501 42501 saved', 'questionnaire_delete($id, 9006, $v(Questionnaire:9006))'),
    ('copying a questionnaire', 'saved saved P0002 42501 42501 42501 saved', 'questionnaire_copy($id, 9001, 9001, 5)'),
    ('copying another cohort''s questionnaire', 'saved P0002 P0002 42501 42501 42501 saved', 'questionnaire_copy($id, 9004, 9001, 5)'),
    ('copying a deleted cohort''s questionnaire', 'P0002 P0002 P0002 42501 42501 42501 P0002', 'questionnaire_copy($id, 9007, 9001, 5)'),
    ('copying one to another cohort', 'saved P0002 P0002 42501 42501 42501 saved', 'questionnaire_copy($id, 9001, 9002, 5)'),
    ('answers', '42501 42501 42501 saved P0002 42501 42501', 'response_save($id, 9002, NULL, ''{"days": 4}'', false)'),
    ('opening answers again', 'saved saved P0002 42501 42501 42501 saved', 'response_reopen($id, 9001, $v(Response:9001))'),
    ('opening another cohort''s answers again', 'saved P0002 saved 42501 42501 42501 saved', 'response_reopen($id, 9003, $v(Response:9003))'),
    ('workouts from a watch', 'saved saved P0002 saved P0002 42501 saved', 'health_workouts_import($id, 9001, ''[]'')'),
    ('sleep from a watch', 'saved saved P0002 saved P0002 42501 saved', 'sleep_import($id, 9001, ''[]'')'),
    ('steps from a watch', 'saved saved P0002 saved P0002 42501 saved', 'steps_import($id, 9001, ''[]'')')
) AS g (name, expected, call);

-- ---- Within which limits ----

INSERT INTO result
SELECT g.name, g.expected, pg_temp.attempt(g.who, g.call, g.shown)
FROM (VALUES
    -- notes
    ('note: 5000 characters', 'saved', 'coach', 'note_save($id, NULL, NULL, 9001, jsonb_build_object(''weekNumber'', 1, ''notes'', repeat(''ä'', 5000)))', 'c.outcome'),
    ('note: 5001 characters', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, jsonb_build_object(''weekNumber'', 1, ''notes'', repeat(''ä'', 5001)))', 'c.outcome'),
    ('note: one character', 'saved', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 1, "notes": "x"}'')', 'c.outcome'),
    ('note: none', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 1, "notes": ""}'')', 'c.outcome'),
    ('note: blanks', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 1, "notes": " \n"}'')', 'c.outcome'),
    ('note: no text', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 1}'')', 'c.outcome'),
    ('note: text taken away', '23514', 'coach', 'note_save($id, 9001, $v(Note:9001), 9001, ''{"notes": null}'')', 'c.outcome'),
    ('note: week 0', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 0, "notes": "x"}'')', 'c.outcome'),
    ('note: no week', '23514', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"notes": "x"}'')', 'c.outcome'),
    ('note: no number', '22P02', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": "x", "notes": "x"}'')', 'c.outcome'),
    ('note: its author is its caller', '9100 9001 2', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 2, "notes": "x"}'')',
     'concat_ws('' '', c.record ->> ''coachId'', c.record ->> ''userId'', c.record ->> ''weekNumber'')'),
    ('note: nobody else is made its author', '22023', 'coach', 'note_save($id, NULL, NULL, 9001, ''{"weekNumber": 2, "notes": "x", "coachId": 9101}'')', 'c.outcome'),
    ('note: an admin''s change leaves its author', '9100 y', 'admin', 'note_save($id, 9001, $v(Note:9001), 9001, ''{"notes": "y"}'')',
     'concat_ws('' '', c.record ->> ''coachId'', c.record ->> ''notes'')'),
    ('note: stays with its member', '22023', 'coach', 'note_save($id, 9001, $v(Note:9001), 9006, ''{"notes": "y"}'')', 'c.outcome'),
    ('note: no such note', 'P0002', 'admin', 'note_save($id, 1, ''1'', 9001, ''{"notes": "y"}'')', 'c.outcome'),
    ('note: conflict', 'conflict by the coach', 'coach', 'note_save($id, 9001, ''1'', 9001, ''{"notes": "y"}'')', 'c.outcome || '' '' || (c.record ->> ''notes'')'),
    ('note: conflict without a version', 'conflict', 'coach', 'note_save($id, 9001, NULL, 9001, ''{"notes": "y"}'')', 'c.outcome'),
    ('note: conflict of a deletion', 'conflict', 'coach', 'note_delete($id, 9001, ''1'')', 'c.outcome'),
    ('note: no changes', '22023', 'coach', 'note_save($id, 9001, $v(Note:9001), 9001, NULL)', 'c.outcome'),
    ('note: no request', '22023', 'coach', 'note_save(NULL, NULL, NULL, 9001, ''{"weekNumber": 1, "notes": "x"}'')', 'c.outcome'),
    -- reviews
    ('review: by any day of its week', 't done 9100', 'coach', 'review_set($id, 9001, centurion.week_monday(centurion.today()) - 1, ''done'', NULL)',
     'concat_ws('' '', c.record ->> ''week'' = (centurion.week_monday(centurion.today()) - 7)::text, c.record ->> ''status'', c.record ->> ''byId'')'),
    ('review: opened again', 'saved pending', 'coach', format('review_set($id, 9006, %L, ''pending'', $v(Review:9100/9006/%s))', centurion.week_monday(centurion.today()) - 7,
                                                              centurion.week_monday(centurion.today()) - 7), 'c.outcome || '' '' || (c.record ->> ''status'')'),
    ('review: pending without one', 'saved -', 'coach', 'review_set($id, 9001, centurion.today(), ''pending'', NULL)', 'c.outcome || '' '' || coalesce(c.record ->> ''status'', ''-'')'),
    ('review: next week', '23514', 'coach', 'review_set($id, 9001, centurion.week_monday(centurion.today()) + 7, ''done'', NULL)', 'c.outcome'),
    ('review: this Sunday', 'saved', 'coach', 'review_set($id, 9001, centurion.week_monday(centurion.today()) + 6, ''done'', NULL)', 'c.outcome'),
    ('review: before the cohort began', '55000', 'coach', 'review_set($id, 9001, centurion.week_monday(centurion.today()) - 8, ''done'', NULL)', 'c.outcome'),
    ('review: another word', '23514', 'coach', 'review_set($id, 9001, centurion.today(), ''maybe'', NULL)', 'c.outcome'),
    ('review: no word', '23514', 'coach', 'review_set($id, 9001, centurion.today(), NULL, NULL)', 'c.outcome'),
    ('review: no week', '22023', 'coach', 'review_set($id, 9001, NULL, ''done'', NULL)', 'c.outcome'),
    ('review: no client', '22023', 'coach', 'review_set($id, NULL, centurion.today(), ''done'', NULL)', 'c.outcome'),
    ('review: conflict', 'conflict done', 'coach', 'review_set($id, 9006, centurion.today() - 7, ''skipped'', NULL)', 'c.outcome || '' '' || (c.record ->> ''status'')'),
    ('reviews: those that are so already stay', '9001 now, 9006 before', 'coach', 'review_set_all($id, ''{9006,9001,9006}'', centurion.today() - 7, ''done'')',
     'concat(c.record ->> ''clientId'', CASE WHEN c.record ->> ''at'' < ''2026-01-02'' THEN '' before'' ELSE '' now,'' END)'),
    ('reviews: opened again, without a row for those that were', '- pending', 'coach', 'review_set_all($id, ''{9001,9006}'', centurion.today() - 7, ''pending'')',
     'coalesce(c.record ->> ''status'', ''-'')'),
    ('reviews: next week', '23514', 'coach', 'review_set_all($id, ''{9001}'', centurion.today() + 7, ''done'')', 'c.outcome'),
    ('reviews: another word', '23514', 'coach', 'review_set_all($id, ''{9001}'', centurion.today(), ''maybe'')', 'c.outcome'),
    ('reviews: no word', '23514', 'coach', 'review_set_all($id, ''{9001}'', centurion.today(), NULL)', 'c.outcome'),
    ('reviews: nobody in the list', '22023', 'coach', 'review_set_all($id, ''{9001,NULL}'', centurion.today(), ''done'')', 'c.outcome'),
    ('reviews: no list', '22023', 'coach', 'review_set_all($id, NULL, centurion.today(), ''done'')', 'c.outcome'),
    -- prompts and frequencies
    ('prompts: what is not known stays, null clears', '{"theme": "calm", "customPrompt1": "Tea?"}', 'coach',
     'prompts_save($id, 9001, $v(Prompts:9001), ''{"customPrompt1": "Tea?", "customPrompt1Type": null}'')', 'c.record -> ''prompts'''),
    ('prompts: conflict', 'conflict calm', 'coach', 'prompts_save($id, 9001, NULL, ''{"customPrompt1": "Tea?"}'')', 'c.outcome || '' '' || (c.record #>> ''{prompts,theme}'')'),
    ('prompts: a cohort''s first', 'saved', 'other', 'prompts_save($id, 9002, NULL, ''{"questions": []}'')', 'c.outcome'),
    ('prompts: a list', '22023', 'coach', 'prompts_save($id, 9001, $v(Prompts:9001), ''[]'')', 'c.outcome'),
    ('prompts: out of their limits', '23514', 'coach', 'prompts_save($id, 9001, $v(Prompts:9001), ''{"questions": 1}'')', 'c.outcome'),
    ('frequency: 1 day', 'saved 1', 'coach', 'cohort_frequency_set($id, 9001, 1)', 'c.outcome || '' '' || (c.record ->> ''days'')'),
    ('frequency: 90 days', 'saved 90', 'coach', 'member_frequency_set($id, 9001, 90)', 'c.outcome || '' '' || (c.record ->> ''days'')'),
    ('frequency: 0 days', '23514', 'coach', 'cohort_frequency_set($id, 9001, 0)', 'c.outcome'),
    ('frequency: 91 days', '23514', 'coach', 'member_frequency_set($id, 9001, 91)', 'c.outcome'),
    ('frequency: as everybody', 'saved -', 'coach', 'member_frequency_set($id, 9001, NULL)', 'c.outcome || '' '' || coalesce(c.record ->> ''days'', ''-'')'),
    -- insights
    ('insight: as it is made', 'ACTIVE MEDIUM', 'admin', 'insight_save($id, NULL, NULL, ''{"title": "New", "cohortId": 9001}'')', 'concat_ws('' '', c.record ->> ''status'', c.record ->> ''priority'')'),
    ('insight: no title', '23514', 'admin', 'insight_save($id, NULL, NULL, ''{"description": "x"}'')', 'c.outcome'),
    ('insight: a blank title', '23514', 'admin', 'insight_save($id, NULL, NULL, ''{"title": " "}'')', 'c.outcome'),
    ('insight: a title of 256', '23514', 'admin', 'insight_save($id, NULL, NULL, jsonb_build_object(''title'', repeat(''x'', 256)))', 'c.outcome'),
    ('insight: the same again', '23505', 'admin', 'insight_save($id, NULL, NULL, ''{"title": "Quiet", "cohortId": 9001}'')', 'c.outcome'),
    ('insight: the same again, of no cohort', '23505', 'admin', 'insight_save($id, NULL, NULL, ''{"title": "Late"}'')', 'c.outcome'),
    ('insight: the same title of another cohort', 'saved', 'admin', 'insight_save($id, NULL, NULL, ''{"title": "Quiet", "cohortId": 9002}'')', 'c.outcome'),
    ('insight: becoming the same', '23505', 'admin', 'insight_save($id, 9003, $v(Insight:9003), ''{"title": "Quiet", "cohortId": 9001}'')', 'c.outcome'),
    ('insight: open again beside the same', '23505', 'admin', 'insight_triage($id, 9002, $v(Insight:9002), ''ACTIVE'')', 'c.outcome'),
    ('insight: dismissed', 'DISMISSED', 'admin', 'insight_triage($id, 9002, $v(Insight:9002), ''DISMISSED'')', 'c.record ->> ''status'''),
    ('insight: another word', '23514', 'admin', 'insight_triage($id, 9002, $v(Insight:9002), ''DONE'')', 'c.outcome'),
    ('insight: no word', '23514', 'admin', 'insight_triage($id, 9002, $v(Insight:9002), NULL)', 'c.outcome'),
    ('insight: its status is not edited', '22023', 'admin', 'insight_save($id, 9001, $v(Insight:9001), ''{"status": "RESOLVED"}'')', 'c.outcome'),
    ('insight: a deleted cohort', 'P0002', 'admin', 'insight_save($id, NULL, NULL, ''{"title": "New", "cohortId": 9004}'')', 'c.outcome'),
    ('insight: no such one', 'P0002', 'admin', 'insight_triage($id, 1, NULL, ''RESOLVED'')', 'c.outcome'),
    ('insight: conflict', 'conflict', 'admin', 'insight_save($id, 9001, ''1'', ''{"title": "x"}'')', 'c.outcome'),
    ('insight: conflict of triage', 'conflict', 'admin', 'insight_triage($id, 9001, ''1'', ''RESOLVED'')', 'c.outcome'),
    -- settings
    ('setting: least', 'saved', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''0'')', 'c.outcome'),
    ('setting: below it', '23514', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''-1'')', 'c.outcome'),
    ('setting: most', 'saved', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''365'')', 'c.outcome'),
    ('setting: above it', '23514', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''366'')', 'c.outcome'),
    ('setting: a broken number', '23514', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''7.5'')', 'c.outcome'),
    ('setting: a number as a text', '23514', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''"7"'')', 'c.outcome'),
    ('setting: JSON''s null', '23514', 'admin', 'setting_save($id, ''entryEditDays'', NULL, ''null'')', 'c.outcome'),
    ('setting: no value', '22023', 'admin', 'setting_save($id, ''entryEditDays'', NULL, NULL)', 'c.outcome'),
    ('setting: a time zone', 'saved', 'admin', 'setting_save($id, ''timezone'', NULL, ''"Pacific/Auckland"'')', 'c.outcome'),
    ('setting: no time zone', '23514', 'admin', 'setting_save($id, ''timezone'', NULL, ''"Mars/Olympus"'')', 'c.outcome'),
    ('setting: no currency', '23514', 'admin', 'setting_save($id, ''currency'', $v(Setting:currency), ''"pounds"'')', 'c.outcome'),
    ('setting: pounds', 'saved', 'admin', 'setting_save($id, ''weightUnit'', NULL, ''"lb"'')', 'c.outcome'),
    ('setting: stones', '23514', 'admin', 'setting_save($id, ''weightUnit'', NULL, ''"st"'')', 'c.outcome'),
    ('setting: a text as a number', '23514', 'admin', 'setting_save($id, ''weightUnit'', NULL, ''1'')', 'c.outcome'),
    ('setting: amber below red', 'saved', 'admin', 'setting_save($id, ''attentionAmber'', NULL, ''69'')', 'c.outcome'),
    ('setting: amber at red', '23514', 'admin', 'setting_save($id, ''attentionAmber'', NULL, ''70'')', 'c.outcome'),
    ('setting: red above amber', 'saved', 'admin', 'setting_save($id, ''attentionRed'', $v(Setting:attentionRed), ''31'')', 'c.outcome'),
    ('setting: red at amber', '23514', 'admin', 'setting_save($id, ''attentionRed'', $v(Setting:attentionRed), ''30'')', 'c.outcome'),
    ('setting: fewest clients at most', 'saved', 'admin', 'setting_save($id, ''minClientsPerCoach'', NULL, ''50'')', 'c.outcome'),
    ('setting: fewest clients above most', '23514', 'admin', 'setting_save($id, ''minClientsPerCoach'', NULL, ''51'')', 'c.outcome'),
    ('setting: amber check-ins at green', 'saved', 'admin', 'setting_save($id, ''adherenceAmberMinimum'', NULL, ''6'')', 'c.outcome'),
    ('setting: green check-ins below amber', '23514', 'admin', 'setting_save($id, ''adherenceGreenMinimum'', NULL, ''2'')', 'c.outcome'),
    ('setting: calories below the most', 'saved', 'admin', 'setting_save($id, ''minDailyCalories'', NULL, ''4999'')', 'c.outcome'),
    ('setting: least calories at the most', '23514', 'admin', 'setting_save($id, ''minDailyCalories'', NULL, ''5000'')', 'c.outcome'),
    ('setting: made up', 'P0002', 'admin', 'setting_save($id, ''madeUp'', NULL, ''1'')', 'c.outcome'),
    ('setting: no name', 'P0002', 'admin', 'setting_save($id, NULL, NULL, ''1'')', 'c.outcome'),
    ('setting: another program''s, as it says', 'saved ["any"]', 'admin', 'setting_save($id, ''theirs'', $v(Setting:theirs), ''["any"]'')', 'c.outcome || '' '' || (c.record ->> ''value'')'),
    ('setting: another program''s has no default', 'P0002', 'admin', 'setting_reset($id, ''theirs'', $v(Setting:theirs))', 'c.outcome'),
    ('setting: conflict', 'conflict GBP', 'admin', 'setting_save($id, ''currency'', NULL, ''"EUR"'')', 'c.outcome || '' '' || (c.record ->> ''value'')'),
    ('setting: conflict of a default', 'conflict', 'admin', 'setting_reset($id, ''currency'', ''1'')', 'c.outcome'),
    ('setting: what is there in another spelling can go', 'saved', 'admin', 'setting_reset($id, ''noActivityDays'', $v(Setting:noActivityDays))', 'c.outcome'),
    -- questionnaires
    ('questionnaire: the week is taken', '23505', 'coach', 'questionnaire_save($id, NULL, NULL, ''{"cohortId": 9001, "weekNumber": 2, "questions": {"pages": []}}'')', 'c.outcome'),
    ('questionnaire: copied to a week that is taken', '23505', 'coach', 'questionnaire_copy($id, 9001, 9001, 2)', 'c.outcome'),
    ('questionnaire: moved to a week that is taken', '23505', 'coach', 'questionnaire_save($id, 9006, $v(Questionnaire:9006), ''{"weekNumber": 3}'')', 'c.outcome'),
    ('questionnaire: moved', 'saved 8', 'coach', 'questionnaire_save($id, 9006, $v(Questionnaire:9006), ''{"weekNumber": 8}'')', 'c.outcome || '' '' || (c.record ->> ''weekNumber'')'),
    ('questionnaire: with answers, moved', '55000', 'coach', 'questionnaire_save($id, 9001, $v(Questionnaire:9001), ''{"weekNumber": 8}'')', 'c.outcome'),
    ('questionnaire: with answers, to another cohort', '55000', 'admin', 'questionnaire_save($id, 9001, $v(Questionnaire:9001), ''{"cohortId": 9002}'')', 'c.outcome'),
    ('questionnaire: with answers, deleted', '55000', 'admin', 'questionnaire_delete($id, 9001, $v(Questionnaire:9001))', 'c.outcome'),
    ('questionnaire: with answers, closed', 'saved', 'coach', 'questionnaire_save($id, 9001, $v(Questionnaire:9001), ''{"isActive": false, "weekNumber": 1}'')', 'c.outcome'),
    ('questionnaire: week 0', '23514', 'coach', 'questionnaire_copy($id, 9001, 9001, 0)', 'c.outcome'),
    ('questionnaire: week 1000', 'saved', 'coach', 'questionnaire_copy($id, 9001, 9001, 1000)', 'c.outcome'),
    ('questionnaire: week 1001', '23514', 'coach', 'questionnaire_copy($id, 9001, 9001, 1001)', 'c.outcome'),
    ('questionnaire: no week', '23514', 'coach', 'questionnaire_copy($id, 9001, 9001, NULL)', 'c.outcome'),
    ('questionnaire: no questions', '23514', 'coach', 'questionnaire_save($id, NULL, NULL, ''{"cohortId": 9001, "weekNumber": 4}'')', 'c.outcome'),
    ('questionnaire: no cohort', 'P0002', 'coach', 'questionnaire_save($id, NULL, NULL, ''{"weekNumber": 4, "questions": {"pages": []}}'')', 'c.outcome'),
    ('questionnaire: a copy asks the same', 'true', 'coach', 'questionnaire_copy($id, 9001, 9001, 5)',
     '(c.record -> ''questions'' = (SELECT questions FROM pg_temp.asked(9001) AS questions) AND c.record ->> ''isActive'' = ''true'')'),
    ('questionnaire: no such one', 'P0002', 'admin', 'questionnaire_delete($id, 1, NULL)', 'c.outcome'),
    ('questionnaire: conflict', 'conflict', 'coach', 'questionnaire_save($id, 9002, ''1'', ''{"isActive": false}'')', 'c.outcome'),
    ('questionnaire: conflict of a deletion', 'conflict', 'coach', 'questionnaire_delete($id, 9006, ''1'')', 'c.outcome'),
    -- answers
    ('answers: last week', '55000', 'client', 'response_save($id, 9001, $v(Response:9001), ''{"days": 4}'', false)', 'c.outcome'),
    ('answers: next week', '55000', 'client', 'response_save($id, 9003, NULL, ''{"days": 4}'', false)', 'c.outcome'),
    ('answers: a cohort that is completed', '55000', 'client', 'response_save($id, 9005, NULL, ''{"days": 4}'', false)', 'c.outcome'),
    ('answers: a cohort that is deleted', 'P0002', 'client', 'response_save($id, 9007, NULL, ''{"days": 4}'', false)', 'c.outcome'),
    ('answers: none', 'saved IN_PROGRESS {}', 'client', 'response_save($id, 9002, NULL, ''{}'', NULL)', 'concat_ws('' '', c.outcome, c.record ->> ''status'', c.record -> ''responses'')'),
    ('answers: of their week', '2 9001', 'client', 'response_save($id, 9002, NULL, ''{}'', false)', 'concat_ws('' '', c.record ->> ''weekNumber'', c.record ->> ''userId'')'),
    ('answers: not what is asked', '23514', 'client', 'response_save($id, 9002, NULL, ''{"other": 1}'', false)', 'c.outcome'),
    ('answers: not what is shown', '23514', 'client', 'response_save($id, 9002, NULL, ''{"intro": "x"}'', false)', 'c.outcome'),
    ('answers: of a kind not known here', '23514', 'client', 'response_save($id, 9002, NULL, ''{"signed": "x"}'', false)', 'c.outcome'),
    ('answers: out of their limits', '23514', 'client', 'response_save($id, 9002, NULL, ''{"days": 8}'', false)', 'c.outcome'),
    ('answers: completed without all that must be', '23514', 'client', 'response_save($id, 9002, NULL, ''{"days": 4}'', true)', 'c.outcome'),
    ('answers: completed with a blank', '23514', 'client', 'response_save($id, 9002, NULL, ''{"days": 4, "wins": " "}'', true)', 'c.outcome'),
    ('answers: completed at once', 'COMPLETED', 'client', 'response_save($id, 9002, NULL, ''{"days": 4, "wins": "x"}'', true)', 'c.record ->> ''status'''),
    ('answers: a list', '22023', 'client', 'response_save($id, 9002, NULL, ''[]'', false)', 'c.outcome'),
    ('answers: no questionnaire', 'P0002', 'client', 'response_save($id, NULL, NULL, ''{}'', false)', 'c.outcome'),
    ('answers: not completed cannot be opened', '55000', 'coach', 'response_reopen($id, 9002, $v(Response:9002))', 'c.outcome'),
    ('answers: no such ones', 'P0002', 'admin', 'response_reopen($id, 1, NULL)', 'c.outcome'),
    ('answers: opening, conflict', 'conflict COMPLETED', 'coach', 'response_reopen($id, 9001, ''1'')', 'c.outcome || '' '' || (c.record ->> ''status'')')
) AS g (name, expected, who, call, shown);

-- ---- Once, in the order of a day ----

-- Each of these is kept; what one leaves, the next one finds.
CREATE FUNCTION pg_temp.step(name text, expected text, who text, call text, shown text DEFAULT 'c.outcome') RETURNS void LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO result VALUES (step.name, step.expected, pg_temp.attempt(who, call, shown, true)); END $$;

DO $$
DECLARE
    note    text := format('note_save(%s, NULL, NULL, 9001, ''{"weekNumber": 3, "notes": "once"}'')', pg_temp.id(1));
    gone    text := format('note_delete(%s, 9002, $v(Note:9002))', pg_temp.id(2));
    many    text := format('review_set_all(%s, ''{9001,9006}'', centurion.today(), ''done'')', pg_temp.id(3));
    bundle  text := format('questionnaire_copy(%s, 9001, 9001, 6)', pg_temp.id(4));
    setting text := format('setting_save(%s, ''attentionAmber'', NULL, ''35'')', pg_temp.id(5));
    insight text := format('insight_save(%s, NULL, NULL, ''{"title": "Once"}'')', pg_temp.id(6));
    days    text := format('cohort_frequency_set(%s, 9001, 3)', pg_temp.id(8));
BEGIN
    -- A request that comes again finds itself, by whatever way it changed something.
    PERFORM pg_temp.step('once: note', 'saved once', 'coach', note, 'c.outcome || '' '' || (c.record ->> ''notes'')');
    PERFORM pg_temp.step('again: note', 'repeated once', 'coach', note, 'c.outcome || '' '' || (c.record ->> ''notes'')');
    PERFORM pg_temp.step('once: a note is gone', 'saved 9002 -', 'admin', gone, 'concat_ws('' '', c.outcome, c.key, coalesce(c.record::text, ''-''))');
    PERFORM pg_temp.step('again: a note is gone', 'repeated 9002 -', 'admin', gone, 'concat_ws('' '', c.outcome, c.key, coalesce(c.record::text, ''-''))');
    PERFORM pg_temp.step('once: reviews', 'saved done saved done', 'coach', many, 'concat_ws('' '', c.outcome, c.record ->> ''status'')');
    PERFORM pg_temp.step('again: reviews', 'repeated done repeated done', 'coach', many, 'concat_ws('' '', c.outcome, c.record ->> ''status'')');
    PERFORM pg_temp.step('again: as another person''s', '22023', 'admin', note);
    PERFORM pg_temp.step('again: as another change', '22023', 'coach', format('note_delete(%s, 9001, NULL)', pg_temp.id(1)));
    PERFORM pg_temp.step('once: questionnaire', 'saved 6', 'coach', bundle, 'c.outcome || '' '' || (c.record ->> ''weekNumber'')');
    PERFORM pg_temp.step('again: questionnaire', 'repeated 6', 'coach', bundle, 'c.outcome || '' '' || (c.record ->> ''weekNumber'')');
    PERFORM pg_temp.step('once: insight', 'saved', 'admin', insight);
    PERFORM pg_temp.step('again: insight', 'repeated', 'admin', insight);
    PERFORM pg_temp.step('once: frequency', 'saved 3', 'coach', days, 'c.outcome || '' '' || (c.record ->> ''days'')');
    PERFORM pg_temp.step('again: frequency', 'repeated 3', 'coach', days, 'c.outcome || '' '' || (c.record ->> ''days'')');
    PERFORM pg_temp.step('frequency: another one', 'saved 5', 'admin', 'cohort_frequency_set($id, 9001, 5)', 'c.outcome || '' '' || (c.record ->> ''days'')');
    PERFORM pg_temp.step('frequency: as everybody', 'saved -', 'admin', 'cohort_frequency_set($id, 9001, NULL)', 'c.outcome || '' '' || coalesce(c.record ->> ''days'', ''-'')');

    -- Two settings that must not contradict each other, neither by a value nor by its default.
    PERFORM pg_temp.step('once: setting', 'saved 35', 'admin', setting, 'c.outcome || '' '' || (c.record ->> ''value'')');
    PERFORM pg_temp.step('again: setting', 'repeated 35', 'admin', setting, 'c.outcome || '' '' || (c.record ->> ''value'')');
    PERFORM pg_temp.step('setting: red at what amber was set to', '23514', 'admin', 'setting_save($id, ''attentionRed'', $v(Setting:attentionRed), ''35'')');
    PERFORM pg_temp.step('setting: amber higher', 'saved', 'admin', 'setting_save($id, ''attentionAmber'', $v(Setting:attentionAmber), ''65'')');
    PERFORM pg_temp.step('setting: the default of red below it', '23514', 'admin', 'setting_reset($id, ''attentionRed'', $v(Setting:attentionRed))');
    PERFORM pg_temp.step('setting: the other one first', 'saved', 'admin', 'setting_reset($id, ''attentionAmber'', $v(Setting:attentionAmber))');
    PERFORM pg_temp.step('setting: then the default', 'saved', 'admin', 'setting_reset($id, ''attentionRed'', $v(Setting:attentionRed))');
END
$$;
INSERT INTO result SELECT 'once: there is one of each', '1 1 1', concat_ws(' ',
    (SELECT count(*) FROM public.coach_notes WHERE notes = 'once'), (SELECT count(*) FROM public.questionnaire_bundles WHERE ("cohortId", "weekNumber") = (9001, 6)),
    (SELECT count(*) FROM public.admin_insights WHERE title = 'Once'));

-- Answers: begun, gone on with, completed, opened by the coach, gone on with.
DO $$
DECLARE
    begun text := format('response_save(%s, 9002, NULL, ''{"wins": "half", "energy": 7}'', false)', pg_temp.id(7));
    ours  text;
    more  text;
BEGIN
    PERFORM pg_temp.step('answers: one that is refused leaves its request free', '23514', 'client', replace(begun, '7}', '11}'));
    PERFORM pg_temp.step('answers: begun', 'saved', 'client', begun);
    PERFORM pg_temp.step('answers: begun again', 'repeated {"wins": "half", "energy": 7}', 'client', begun, 'c.outcome || '' '' || (c.record -> ''responses'')');
    ours := (SELECT r.id FROM public.weekly_questionnaire_responses AS r WHERE r."userId" = 9001 AND r."bundleId" = 9002);
    more := format('response_save($id, 9002, $v(Response:%s), ', ours);
    UPDATE public.weekly_questionnaire_responses AS r SET responses = r.responses || '{"signed": {"by": null}, "gone": 1}' WHERE r.id = ours::integer;
    PERFORM pg_temp.step('answers: somebody else was there', 'conflict half', 'client', 'response_save($id, 9002, NULL, ''{"wins": "mine"}'', false)',
                         'c.outcome || '' '' || (c.record #>> ''{responses,wins}'')');
    PERFORM pg_temp.step('answers: field by field, what is not known stays', '{"gone": 1, "wins": "all", "signed": {"by": null}}', 'client',
                         more || '''{"wins": "all", "energy": null}'', false)', 'c.record -> ''responses''');
    PERFORM pg_temp.step('answers: what is not known is not taken back', '23514', 'client', more || '''{"signed": null}'', false)');
    PERFORM pg_temp.step('answers: what is not asked any more neither', '23514', 'client', more || '''{"gone": null}'', false)');
    PERFORM pg_temp.step('answers: completed', 'COMPLETED', 'client', more || '''{"days": 0}'', true)', 'c.record ->> ''status''');
    PERFORM pg_temp.step('answers: final', '55000', 'client', more || '''{"days": 5}'', true)');
    PERFORM pg_temp.step('answers: not opened by their member', '55000', 'client', more || '''{}'', false)');
    PERFORM pg_temp.step('answers: opened', 'saved IN_PROGRESS', 'coach', format('response_reopen($id, %s, $v(Response:%1$s))', ours),
                         'c.outcome || '' '' || (c.record ->> ''status'')');
    PERFORM pg_temp.step('answers: gone on with', '5', 'client', more || '''{"days": 5}'', false)', 'c.record #>> ''{responses,days}''');
    UPDATE public.questionnaire_bundles SET "isActive" = false WHERE id = 9002;
    PERFORM pg_temp.step('answers: closed', '55000', 'client', more || '''{"days": 6}'', false)');
    UPDATE public.questionnaire_bundles SET "isActive" = true WHERE id = 9002;
    UPDATE public.cohort_memberships SET status = 'PAUSED' WHERE ("cohortId", "userId") = (9001, 9001);
    PERFORM pg_temp.step('answers: paused', '55000', 'client', more || '''{"days": 6}'', false)');
    UPDATE public.cohort_memberships SET status = 'INACTIVE' WHERE ("cohortId", "userId") = (9001, 9001);
    PERFORM pg_temp.step('answers: left', 'P0002', 'client', more || '''{"days": 6}'', false)');
    UPDATE public.cohort_memberships SET status = 'ACTIVE' WHERE ("cohortId", "userId") = (9001, 9001);
    PERFORM pg_temp.step('answers: back again', 'saved', 'client', more || '''{"days": 6}'', false)');

    -- Its week, to the day.
    INSERT INTO public.cohorts (id, name, "startDate") VALUES (9010, 'Moving', centurion.today() - 7);
    INSERT INTO public.cohort_memberships ("cohortId", "userId") VALUES (9010, 9001);
    INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES (9011, 9010, 1, '{"elements": [{"type": "comment", "name": "wins"}]}');
    more := 'response_save($id, 9011, NULL, ''{"wins": "x"}'', true)';
    PERFORM pg_temp.step('week: the day after it', '55000', 'client', more);
    INSERT INTO public.system_settings (key, value) VALUES ('questionnaireGraceDays', '1');
    PERFORM pg_temp.step('week: a day of grace', 'saved', 'client', more);
    DELETE FROM public.weekly_questionnaire_responses WHERE "bundleId" = 9011;
    UPDATE public.cohorts SET "startDate" = centurion.today() - 8 WHERE id = 9010;
    PERFORM pg_temp.step('week: not two', '55000', 'client', more);
    DELETE FROM public.system_settings WHERE key = 'questionnaireGraceDays';
    UPDATE public.cohorts SET "startDate" = centurion.today() - 6 WHERE id = 9010;
    PERFORM pg_temp.step('week: its last day', 'saved', 'client', more);
    DELETE FROM public.weekly_questionnaire_responses WHERE "bundleId" = 9011;
    UPDATE public.cohorts SET "startDate" = centurion.today() WHERE id = 9010;
    PERFORM pg_temp.step('week: its first day', 'saved', 'client', more);
    DELETE FROM public.weekly_questionnaire_responses WHERE "bundleId" = 9011;
    UPDATE public.cohorts SET "startDate" = centurion.today() + 1 WHERE id = 9010;
    PERFORM pg_temp.step('week: the day before', '55000', 'client', more);

    -- An undo is held against the same rules.
    PERFORM pg_temp.step('undo: triaged', 'saved', 'admin', format('insight_triage(%s, 9001, $v(Insight:9001), ''RESOLVED'')', pg_temp.id(10)));
    PERFORM pg_temp.step('undo: the same again', 'saved', 'admin', format('insight_save(%s, NULL, NULL, ''{"title": "Quiet", "cohortId": 9001}'')', pg_temp.id(11)));
    PERFORM pg_temp.step('undo: there would be two active ones', '55000', 'admin', format('undo($id, %s)', pg_temp.id(10)));
    PERFORM pg_temp.step('undo: the second one', 'saved', 'admin', format('undo($id, %s)', pg_temp.id(11)));
    PERFORM pg_temp.step('undo: then the first one', 'saved', 'admin', format('undo($id, %s)', pg_temp.id(10)));
    PERFORM pg_temp.step('undo: all reviews of a request', 'saved', 'coach', format('undo($id, %s)', pg_temp.id(3)));
    PERFORM pg_temp.step('undo: a note that is gone', 'saved by the admin', 'admin', format('undo($id, %s)', pg_temp.id(2)), 'c.outcome || '' '' || (c.record ->> ''notes'')');
END
$$;
INSERT INTO result SELECT 'undo: reviews', '0', count(*)::text FROM centurion.reviews WHERE "coachId" = 9100 AND week = centurion.week_monday(centurion.today());

-- ---- Health data ----

CREATE TEMP TABLE file (name text, rows jsonb);
INSERT INTO file VALUES ('workouts', $json$[
    {"workoutType": "Running", "startTime": "2026-01-05T07:00:00Z", "endTime": "2026-01-05T07:42:00Z", "duration": 42.4, "calories": 380, "distance": "6.2",
     "heartRate": {"avg": 30, "max": 250}},
    {"workoutType": "Running", "startTime": "2026-01-05 20:00:00 +1300", "endTime": "2026-01-05 20:42:00 +1300", "duration": 42},
    {"workoutType": "Walking", "startTime": "2026-01-05T07:00:00", "endTime": "2026-01-05T07:00:20", "duration": 0.3},
    {"workoutType": "Running", "startTime": "2026-02-30T07:00:00Z", "endTime": "2026-03-01T07:42:00Z", "duration": 42},
    {"workoutType": "Running", "startTime": "2026-01-06T07:00:00Z", "endTime": "2026-01-06T07:42:00Z", "duration": 0},
    {"workoutType": "Running", "startTime": "2026-01-06T07:00:00Z", "endTime": "2026-01-06T07:42:00Z", "duration": 42, "heartRate": {"avg": 29}},
    {"workoutType": "Running", "startTime": "2026-01-06T07:00:00Z", "endTime": "2026-01-06T07:42:00Z", "duration": 42, "heartRate": {"max": 251}},
    {"workoutType": " ", "startTime": "2026-01-06T07:00:00Z", "endTime": "2026-01-06T06:59:00Z", "duration": 42},
    {"workoutType": "Running", "startTime": "2026-01-06T07:00:00Z", "endTime": "2026-01-06T07:42:00Z", "duration": "long", "calories": "NaN"},
    17, null]$json$), ('sleep', $json$[
    {"startTime": "2026-01-05T22:00:00Z", "endTime": "2026-01-06T06:00:00Z", "totalSleep": 420, "inBedTime": 480, "sourceDevice": "Watch"},
    {"startTime": "2026-01-06T12:00:00Z", "endTime": "2026-01-06T13:00:00Z", "totalSleep": 60, "inBedTime": 60},
    {"startTime": "2026-01-06T22:00:00Z", "endTime": "2026-01-07T06:00:00Z", "totalSleep": 0, "inBedTime": 1440, "deepSleep": 1440},
    {"startTime": "2026-01-07T22:00:00Z", "endTime": "2026-01-08T06:00:00Z", "totalSleep": -1, "inBedTime": 480},
    {"startTime": "2026-01-07T22:00:00Z", "endTime": "2026-01-08T06:00:00Z", "totalSleep": 420, "inBedTime": 1441},
    {"startTime": "2026-01-07T22:00:00Z", "endTime": "2026-01-07T22:00:00Z", "totalSleep": 420, "inBedTime": 480},
    {"endTime": "2026-01-08T06:00:00Z", "inBedTime": 480}]$json$);
-- Yesterday has none (twice in the file); the day before was typed; the one before that was typed and taken away; four days ago has
-- a weight that no check-in can have; five days ago there was none; eight days ago lies outside of the member's days.
INSERT INTO file
SELECT 'steps', jsonb_agg(jsonb_build_object('date', coalesce(to_char(centurion.today() - d.ago, 'YYYY-MM-DD'), 'someday'), 'steps', d.steps) ORDER BY d.nth)
FROM (VALUES (1, 1, '200000'::jsonb), (2, 1, '3000'), (3, 2, '9000'), (4, 3, '9000'), (5, 4, '9000'), (6, 5, '9000'), (7, 8, '9000'), (8, -1, '9000'),
             (9, 1, '200001'), (10, 1, '-1'), (11, 1, '"many"'), (12, NULL, '5'), (13, 1, '999999999999')) AS d (nth, ago, steps);

DO $$
DECLARE
    counts constant text := 'concat_ws('' '', c.outcome, c.record ->> ''imported'', c.record ->> ''known'', jsonb_path_query_array(c.record, ''$.refused[*].row''))';
    workouts text := format('health_workouts_import($id, 9001, %L)', (SELECT f.rows FROM file AS f WHERE f.name = 'workouts'));
    sleep    text := format('sleep_import($id, 9001, %L)', (SELECT f.rows FROM file AS f WHERE f.name = 'sleep'));
    steps    text := format('steps_import($id, 9001, %L)', (SELECT f.rows FROM file AS f WHERE f.name = 'steps'));
BEGIN
    PERFORM pg_temp.step('workouts: good ones are kept', 'saved 2 1 [4, 5, 6, 7, 8, 9, 10, 11]', 'client', replace(workouts, '$id', pg_temp.id(20)), counts);
    PERFORM pg_temp.step('workouts: the same request', 'repeated 2 1 [4, 5, 6, 7, 8, 9, 10, 11]', 'client', replace(workouts, '$id', pg_temp.id(20)), counts);
    PERFORM pg_temp.step('workouts: the same file', 'saved 0 3 [4, 5, 6, 7, 8, 9, 10, 11]', 'coach', workouts, counts);
    PERFORM pg_temp.step('workouts: somebody else''s are their own', 'saved 2 1 [4, 5, 6, 7, 8, 9, 10, 11]', 'stranger', replace(workouts, '9001', '9002'), counts);
    PERFORM pg_temp.step('workouts: why', 'a workout has a start and an end', 'coach', workouts, 'c.record #>> ''{refused,0,why}''');
    PERFORM pg_temp.step('workouts: all that is wrong', 'a workout has a type; the end is before the start', 'coach', workouts, 'c.record #>> ''{refused,4,why}''');
    PERFORM pg_temp.step('workouts: no numbers', 'duration is a number, not "long"; calories is a number, not "NaN"', 'coach', workouts, 'c.record #>> ''{refused,5,why}''');
    PERFORM pg_temp.step('workouts: no list', '22023', 'client', 'health_workouts_import($id, 9001, ''{}'')');
    PERFORM pg_temp.step('workouts: nothing', '22023', 'client', 'health_workouts_import($id, 9001, NULL)');

    PERFORM pg_temp.step('sleep: one a day of waking up', 'saved 2 1 [4, 5, 6, 7]', 'client', replace(sleep, '$id', pg_temp.id(21)), counts);
    PERFORM pg_temp.step('sleep: the same request', 'repeated 2 1 [4, 5, 6, 7]', 'client', replace(sleep, '$id', pg_temp.id(21)), counts);
    PERFORM pg_temp.step('sleep: the same file', 'saved 0 3 [4, 5, 6, 7]', 'admin', sleep, counts);
    PERFORM pg_temp.step('sleep: why', 'a night has a start and an end; a night has its minutes asleep and in bed', 'coach', sleep, 'c.record #>> ''{refused,3,why}''');
    PERFORM pg_temp.step('sleep: no list', '22023', 'client', 'sleep_import($id, 9001, ''"x"'')');
    -- The second row's day is the 6th in UTC, and the 7th where the business is.
    INSERT INTO public.system_settings (key, value) VALUES ('timezone', '"Pacific/Auckland"');
    PERFORM pg_temp.step('sleep: the day is that of the business', 'saved 2 1 [4, 5, 6, 7]', 'stranger', replace(sleep, '9001', '9002'), counts);
    DELETE FROM public.system_settings WHERE key = 'timezone';

    PERFORM pg_temp.step('steps: fill what has none', 'saved 1 3 [5, 7, 8, 9, 10, 11, 12, 13]', 'client', replace(steps, '$id', pg_temp.id(22)), counts);
    PERFORM pg_temp.step('steps: the same request', 'repeated 1 3 [5, 7, 8, 9, 10, 11, 12, 13]', 'client', replace(steps, '$id', pg_temp.id(22)), counts);
    PERFORM pg_temp.step('steps: coaches fill older ones as well', 'saved 1 4 [5, 8, 9, 10, 11, 12, 13]', 'coach', steps, counts);
    PERFORM pg_temp.step('steps: a day without a check-in stays so', '1', 'coach', steps, 'c.record ->> ''absent''');
    PERFORM pg_temp.step('steps: why', 'weight is above 0 and at most 454 kg, not 999', 'coach', steps, 'c.record #>> ''{refused,0,why}''');
    PERFORM pg_temp.step('steps: no list', '22023', 'client', 'steps_import($id, 9001, NULL)');
END
$$;
INSERT INTO result
SELECT 'workouts: as stored', 'Running 07:00 42 380 6.2 {"avg": 30, "max": 250} | Walking 07:00 1',
       string_agg(concat_ws(' ', w."workoutType", to_char(w."startTime", 'HH24:MI'), w.duration, w.calories, w.distance, w."heartRate"), ' | ' ORDER BY w."workoutType")
FROM public.healthkit_workouts AS w WHERE w."userId" = 9001
UNION ALL
SELECT 'sleep: as stored', '420 480 Watch | 0 1440 1440',
       string_agg(concat_ws(' ', s."totalSleep", s."inBedTime", s."deepSleep", s."sourceDevice"), ' | ' ORDER BY s."endTime") FROM public.sleep_records AS s WHERE s."userId" = 9001
UNION ALL
SELECT 'sleep: as stored, where the business is ahead', '420 | 60', string_agg(s."totalSleep"::text, ' | ' ORDER BY s."endTime") FROM public.sleep_records AS s WHERE s."userId" = 9002
UNION ALL
SELECT 'steps: as stored', '9001 200000 {"steps": "healthkit", "weight": "manual"} | 9002 5000 {"steps": "manual"} | 9003 - {"steps": "manual"} '
                           '| 9004 9000 {"steps": "healthkit"} | 9005 - -',
       string_agg(concat_ws(' ', e.id, coalesce(e.steps::text, '-'), coalesce(e."dataSources"::text, '-')), ' | ' ORDER BY e.id) FROM public.entries AS e WHERE e."userId" = 9001;

SELECT * FROM result;
