-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: search by name, a coach of 30 % | bench_many | - | 'virt', NULL, NULL, 50, 1000
SELECT * FROM centurion.member_list($1, $2, $3, $4);
