-- Puts into the log that a list leaves the program. false: nothing can be written here.
-- query: list_exported
-- params: list text, format text, destination text, filter text, columns text, rows int4
-- result: logged bool
SELECT centurion.list_exported($1, $2, $3, $4, $5, $6) AS logged;
