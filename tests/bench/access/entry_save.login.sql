-- params: member integer, day date, version text
-- run: saving an entry | client | 2 | (SELECT "userId" FROM centurion.logins WHERE rolname = 'client'), centurion.today(), NULL
-- run: saving an entry, not waiting for the disk | bench_client | 2 | (SELECT "userId" FROM centurion.logins WHERE rolname = 'bench_client'), centurion.today(), NULL
SELECT outcome, version
FROM centurion.entry_save(gen_random_uuid(), $1, $2, $3, jsonb_build_object('weight', 60 + random() * 10, 'steps', floor(random() * 20000)));
