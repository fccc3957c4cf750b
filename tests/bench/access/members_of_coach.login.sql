-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: member list, first page | coach | - | NULL, NULL, NULL, 50, 3
-- run: member list, deep page | coach | - | NULL, 'P', 0, 50, 3
SELECT * FROM centurion.member_list($1, $2, $3, $4);
