-- People and logins: whoever is no administrator becomes none, and makes, ends and learns nobody's login.

-- attack: own role, by its function
-- coach client: 22023
-- wall: CREATE OR REPLACE FUNCTION centurion.require_keys(changes jsonb, allowed text[]) RETURNS void LANGUAGE sql AS ''
SELECT (centurion.user_save(gen_random_uuid(), (SELECT user_id FROM centurion.whoami()), '1', '{"role": "ADMIN"}')).outcome;

-- attack: own e-mail, by its function
-- coach client: 42501
-- wall: promoted
SELECT (centurion.user_save(gen_random_uuid(), (SELECT user_id FROM centurion.whoami()), '1', '{"email": "other@example.org"}')).outcome;

-- attack: a stranger's name
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.user_save(gen_random_uuid(), 90, '1', '{"name": "Other"}')).outcome;

-- attack: anybody else's name, by a client
-- client: P0002
-- wall: promoted
SELECT (centurion.user_save(gen_random_uuid(), 10, '1', '{"name": "Other"}')).outcome;

-- attack: another coach's name
-- coach: P0002
-- wall: promoted
SELECT (centurion.user_save(gen_random_uuid(), 4, '1', '{"name": "Other"}')).outcome;

-- attack: somebody new, by the function
-- coach coach2 client: 42501
-- wall: promoted
SELECT (centurion.user_save(gen_random_uuid(), NULL, NULL, '{"name": "New", "email": "new@example.org", "role": "ADMIN"}')).outcome;

-- attack: a role for oneself
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.user_set_role(gen_random_uuid(), (SELECT user_id FROM centurion.whoami()), '1', 'ADMIN')).outcome;

-- attack: somebody disabled
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.user_delete(gen_random_uuid(), 90, '1')).outcome;

-- attack: somebody restored
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.user_restore(gen_random_uuid(), 32, '1')).outcome;

-- attack: somebody erased
-- coach coach2 client: 42501
-- wall: functions promoted
-- fallen: 22023
SELECT (centurion.user_erase(gen_random_uuid(), 90, 'other@example.org')).outcome;

-- attack: somebody's web password
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.user_set_password(gen_random_uuid(), 90, '$2b$12$' || repeat('a', 53))).outcome;

-- attack: somebody's web sessions
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.session_revoke_all(gen_random_uuid(), 1)).outcome;

-- attack: a login for somebody
-- coach coach2 client: 42501
-- wall: functions promoted
-- fallen: 22023
SELECT (centurion.login_create(gen_random_uuid(), 2, 'attacks_made', 'x')).outcome;

-- attack: another one's login closed
-- coach coach2 client: 42501
-- wall: functions promoted
-- fallen: P0002
SELECT (centurion.login_disable(gen_random_uuid(), 'attacks_nobody')).outcome;

-- attack: another one's sessions ended
-- admin coach coach2 client: 42501
-- wall: functions
SELECT centurion.end_sessions('attacks_nobody');

-- attack: a login mapped to another person
-- admin coach coach2 client: 42501
-- wall: superuser
-- fallen: 22023
SELECT (centurion.login_map(gen_random_uuid(), 2, 'attacks_nobody')).outcome;

-- attack: everything about a stranger
-- coach coach2 client: P0002
-- wall: promoted
SELECT centurion.person_export(90) IS NOT NULL;

-- attack: how a stranger stands
-- coach coach2 client: 0
-- wall: promoted
SELECT count(*) FROM centurion.user_show(90);

-- attack: the list of people
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.user_list(NULL, false);

-- attack: the list of logins
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.login_list();

-- attack: by what somebody comes in
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) FROM centurion.user_access(1);
