-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: search by name, admin | admin | - | 'virt', NULL, NULL, 50, NULL
-- run: search by name, admin, by the hundred | admin | - | 'ann', NULL, NULL, 50, NULL
SELECT * FROM centurion.member_list($1, $2, $3, $4);
