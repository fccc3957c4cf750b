-- params: first_day date, days integer, person integer
-- run: calendar week | coach | - | date_trunc('week', centurion.today())::date, 7, 3
SELECT * FROM centurion.calendar_week($1, $2);
