-- params: words text, after_name text, after_id integer, page integer, person integer
-- run: search by name | coach | - | 'ann', NULL, NULL, 50, 3
-- run: search by name, the beginning of a word | coach | - | 's', NULL, NULL, 50, 3
SELECT * FROM centurion.member_list($1, $2, $3, $4);
