-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: member list of a coach of 30 %, first page | bench_many | - | NULL, NULL, NULL, 50, 1000
-- run: member list of a coach of 30 %, deep page | bench_many | - | NULL, 'P', 0, 50, 1000
SELECT * FROM centurion.member_list($1, $2, $3, $4);
