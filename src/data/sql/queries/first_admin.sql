-- The first person of a private server for real use: an administrator with a login, who lets in the others.

-- query: first_admin_name
-- params: login text
-- result: login text
SELECT set_config('centurion_local.login', $1, false) AS login;

-- In the same session. The login is the whole right to come in: who reaches the private socket is trusted.
-- query: first_admin_add
-- write
DO $$
DECLARE
    login name := current_setting('centurion_local.login');
    person integer;
BEGIN
    -- Made by the registrar, so that it can be disabled by other administrators; the trigger on logins opens it.
    SET LOCAL ROLE centurion_registrar;
    EXECUTE format('CREATE ROLE %I', login);
    RESET ROLE;
    INSERT INTO public.users (name, email, role, "emailVerified", "updatedAt")
    VALUES (login, lower(login) || '@localhost', 'ADMIN', true, now() AT TIME ZONE 'UTC')
    RETURNING id INTO person;
    INSERT INTO centurion.logins (rolname, "userId", role) VALUES (login, person, 'ADMIN');
END
$$;
