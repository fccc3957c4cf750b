-- params: first_day date, days integer, person integer
-- run: calendar week, admin | admin | - | date_trunc('week', centurion.today())::date, 7, NULL
SELECT * FROM centurion.calendar_week($1, $2);
