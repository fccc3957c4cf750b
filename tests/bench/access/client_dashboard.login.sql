-- params: person integer
-- run: client dashboard | client | 5 | (SELECT "userId" FROM centurion.logins WHERE rolname = 'client')
SELECT * FROM centurion.client_home();
SELECT * FROM centurion.client_week();
SELECT * FROM centurion.client_todo();
SELECT * FROM centurion.client_upcoming(20);
