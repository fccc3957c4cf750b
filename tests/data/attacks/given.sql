-- What the demonstration data does not have. Everything else that the attacks name stands there: coach is person 3 with the cohorts 1 and 2,
-- coach2 is 4 with 1 and 3, client is 9 in 1 and 2; member 90 and cohort 5 are person 7's.
UPDATE public.users SET "deletedAt" = '2026-01-10' WHERE id = 32;
UPDATE public.cohorts SET "deletedAt" = '2026-01-10' WHERE id = 8;
INSERT INTO centurion.reviews ("coachId", "clientId", week, status, "byId", at) VALUES (7, 90, '2026-01-05', 'done', 7, '2026-01-12')
ON CONFLICT DO NOTHING;
-- Requests that were saved.
INSERT INTO centurion.requests (id, login, change, target)
SELECT format('00000000-0000-4000-8000-0000000000%s', to_char(n, 'FM00'))::uuid, login, 'entry_save', 'Entry:1'
FROM (VALUES (1, 'admin'), (2, 'coach'), (3, 'coach2'), (4, 'client')) AS r (n, login);
-- Hidden ones whose numbers are no count in any plan.
INSERT INTO public.users (id, email, name, role) VALUES (7001, 'hidden.coach@example.com', 'Hidden Coach', 'COACH');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (5001, 'Hidden', '2026-01-05');
INSERT INTO public.cohort_memberships ("cohortId", "userId") VALUES (5001, 90);
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES (5001, 5001, 1, '{"elements": [{"type": "text", "name": "a"}]}');
INSERT INTO public.weekly_questionnaire_responses ("bundleId", "userId", "weekNumber", responses, "updatedAt") VALUES (5001, 90, 1, '{"a": "hidden"}', '2026-01-10');
INSERT INTO public.coach_notes (id, "userId", "coachId", "weekNumber", notes) VALUES (7001, 90, 7001, 1, 'hidden'), (7002, 9, 7, 1, 'by another coach');
-- What coach changed about a client that coach2 has too.
INSERT INTO public.audit_logs ("userId", action, target, metadata)
SELECT 3, 'UPDATE_ENTRY', 'Entry:' || e.id,
       jsonb_build_object('before', '{"notes": "before"}'::jsonb, 'after', jsonb_build_object('notes', e.notes), 'request', '00000000-0000-4000-8000-000000000002')
FROM public.entries AS e WHERE e."userId" = 9 ORDER BY e.date DESC LIMIT 1;
