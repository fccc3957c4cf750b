-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: admin member list, first page | admin | - | NULL, NULL, NULL, 50, NULL
-- run: admin member list, deep page | admin | - | NULL, 'P', 0, 50, NULL
SELECT * FROM centurion.member_list($1, $2, $3, $4);
