-- step: inviting people
-- Users, and beside them a table of what each client is like, which all later steps read.

-- What a client can be like. keen: chance of a check-in on a day; recent: the last days up to today, 1 for a check-in
-- (blank: by chance); stress: the level, and what is added over the last days; answers: share of questionnaires
-- completed; share: of those clients whose style is left to chance.
CREATE TEMP TABLE style (
    name text PRIMARY KEY, keen double precision, recent text, stress double precision, rising double precision,
    answers double precision, share double precision);

INSERT INTO style VALUES
('steady',      0.96, NULL,                                3.2, 0.0, 1.00, 0.36),
('good',        0.87, NULL,                                3.9, 0.0, 0.92, 0.34),
('relaxed',     0.80, NULL,                                4.4, 0.0, 0.85, 0.13),
('patchy',      0.52, '01000100101010',                    4.8, 0.0, 0.40, 0.06),
('tense',       0.90, '11111011111111',                    4.4, 2.3, 0.50, 0.04),
('overwhelmed', 0.86, '11110111111110',                    4.9, 4.0, 0.00, 0.02),
('fading',      0.80, '11101101111000',                    5.4, 2.9, 0.45, 0.02),
('silent',      0.82, '111111000000000',                   5.7, 3.3, 0.00, 0.02),
('lost',        0.70, '11011100000000',                    5.0, 0.6, 0.30, 0.00),
('never',       0.00, NULL,                                5.0, 0.0, 0.00, 0.01),
('paused',      0.85, '000000000000',                      4.5, 0.5, 0.70, 0.00),
('left',        0.60, '00000000000000000',                 5.0, 0.5, 0.30, 0.00),
('finished',    0.88, '00000000000000000000000000',        4.0, 0.0, 0.90, 0.00),
('gone',        0.80, repeat('0', 90),                     4.0, 0.0, 0.80, 0.00),
('example',     0.93, '01111111111111111111111111111110', 3.4, 0.0, 1.00, 0.00);

CREATE TEMP TABLE person (
    id integer PRIMARY KEY,
    name text NOT NULL,
    mail text NOT NULL,             -- the part of the address before the @
    role public."Role" NOT NULL,
    style text,
    cohort integer,                 -- the one that they train with, if any
    created date,
    weight double precision,        -- today, in kg
    slope double precision,         -- kg a week
    steps double precision,
    kcal double precision,
    sleep double precision,         -- quality at no stress
    health boolean);                -- a watch writes steps and sleep

-- Everybody of the small set by name: staff are 1 to 8, then the clients, cohort by cohort.
INSERT INTO person (id, name, mail, role, style)
SELECT n, name, mail, CASE WHEN n <= 2 THEN 'ADMIN' WHEN n <= 8 THEN 'COACH' ELSE 'CLIENT' END::public."Role", style
FROM (VALUES
    (1, 'Dana Whitfield', 'dana.whitfield', NULL), (2, 'Tomás Herrera', 'tomas.herrera', NULL),
    (3, 'Gav Thorn', 'gav.thorn', NULL), (4, 'Rory Lindqvist', 'rory.lindqvist', NULL),
    (5, 'Mei Tanaka', 'mei.tanaka', NULL), (6, 'Ewa Nowicka', 'ewa.nowicka', NULL),
    (7, 'Kofi Boateng', 'kofi.boateng', NULL), (8, 'Bryn Llewellyn', 'bryn.llewellyn', NULL),
    -- a six-week challenge and the ongoing group
    (9, 'Ana Silva', 'ana.silva', 'example'), (10, 'Ben Cole', 'ben.cole', 'steady'),
    (11, 'Amy Byrne', 'amy.byrne', 'silent'), (12, 'Sam O''Neill', 'sam.oneill', 'fading'),
    (13, 'Lee Adams', 'lee.adams', 'patchy'), (14, 'Joe Mills', 'joe.mills', 'tense'),
    (15, 'Cara Diaz', 'cara.diaz', 'steady'), (16, 'Dev Rao', 'dev.rao', 'good'),
    (17, 'Siobhán Ní Dhálaigh', 'siobhan.nidhalaigh', 'steady'), (18, '佐藤 美咲', 'misaki.sato', 'good'),
    (19, 'Michał Wiśniewski', 'michal.wisniewski', 'good'),
    (20, U&'Chloe\0301 Lefe\0300vre', 'chloe.lefevre', 'tense'),        -- accents as combining characters
    (21, 'Zoe Finn', 'zoe.finn', 'paused'), (22, 'Θάλεια Παππά', 'thaleia.pappa', 'relaxed'),
    (23, 'Kim Park', 'kim.park', 'lost'), (24, 'Pat Quinn', 'pat.quinn', 'patchy'),
    (25, 'Nguyễn Thị Hương', 'huong.nguyen', 'steady'), (26, 'Иван Петров', 'ivan.petrov', 'good'),
    (27, 'नीलम शर्मा', 'neelam.sharma', 'steady'), (28, 'Tom Becker', 'tom.becker', 'overwhelmed'),
    (29, 'Marta Kowalczyk', 'marta.kowalczyk', 'never'), (30, 'Luca Moretti', 'luca.moretti', 'left'),
    (31, 'Jules Okafor 🚲', 'jules.okafor', 'good'), (32, 'Noah Grünewald', 'noah.gruenewald', 'tense'),
    -- online
    (33, 'Björn Åkesson', 'bjorn.akesson', NULL), (34, 'Priya Nair', 'priya.nair', NULL),
    (35, 'Γιώργος Νικολάου', 'giorgos.nikolaou', NULL), (36, 'Hannah Fischer', 'hannah.fischer', 'silent'),
    (37, 'ليلى حداد', 'layla.haddad', 'good'), (38, 'Oluwaseun Adeyemi', 'seun.adeyemi', NULL),
    (39, 'יעל כהן', 'yael.cohen', 'steady'), (40, 'Katarzyna Zielińska', 'kasia.zielinska', NULL),
    (41, 'Trần Minh Quân', 'quan.tran', NULL), (42, 'Marcus Webb', 'marcus.webb', 'overwhelmed'),
    (43, '김서연', 'seoyeon.kim', NULL), (44, 'Inês Carvalho', 'ines.carvalho', NULL),
    (45, 'Gareth Pugh', 'gareth.pugh', 'fading'), (46, 'Ольга Смирнова', 'olga.smirnova', NULL),
    (47, 'Mehmet Yıldız', 'mehmet.yildiz', NULL), (48, 'Ruth Okonkwo', 'ruth.okonkwo', 'patchy'),
    (49, 'สมชาย ใจดี', 'somchai.jaidee', 'good'), (50, 'Élodie Marchand', 'elodie.marchand', NULL),
    (51, 'Callum Reid', 'callum.reid', 'paused'), (52, 'Ji-woo Han', 'jiwoo.han', NULL),
    (53, '王小明', 'xiaoming.wang', NULL), (54, 'Nadia Rahimi', 'nadia.rahimi', NULL),
    (55, 'Petr Novák', 'petr.novak', 'tense'), (56, 'Grace Mbeki', 'grace.mbeki', 'left'),
    -- barbells
    (57, 'Aoife Kelly', 'aoife.kelly', NULL), (58, 'Ștefan Ionescu', 'stefan.ionescu', NULL),
    (59, 'Lucía Fernández', 'lucia.fernandez', NULL), (60, 'Owen Price', 'owen.price', NULL),
    (61, '田中 翔太', 'shota.tanaka', NULL), (62, 'Ingrid Solberg', 'ingrid.solberg', NULL),
    (63, 'Дмитро Коваленко', 'dmytro.kovalenko', NULL), (64, 'Rachel Stone', 'rachel.stone', 'fading'),
    (65, 'Tiago Almeida', 'tiago.almeida', NULL), (66, 'Agnieszka Wójcik', 'aga.wojcik', NULL),
    (67, 'Hugo Lambert', 'hugo.lambert', NULL), (68, 'Phạm Thu Trang', 'trang.pham', NULL),
    (69, 'Will Archer', 'will.archer', NULL), (70, 'Ελένη Γεωργίου', 'eleni.georgiou', NULL),
    (71, 'Jasmine Clarke', 'jasmine.clarke', 'paused'), (72, 'Arjun Mehta', 'arjun.mehta', NULL),
    (73, 'Sofie Jensen', 'sofie.jensen', NULL), (74, 'Đặng Văn Lâm', 'lam.dang', NULL),
    (75, 'Nina Petrović', 'nina.petrovic', NULL), (76, 'Leo Castellano', 'leo.castellano', 'silent'),
    -- steps and sleep
    (77, 'Maya Goldberg', 'maya.goldberg', NULL), (78, 'Eoin Gallagher', 'eoin.gallagher', NULL),
    (79, 'Paweł Mazur', 'pawel.mazur', NULL), (80, '李静', 'jing.li', NULL),
    (81, 'Charlotte Dubois', 'charlotte.dubois', NULL), (82, 'Anders Holm', 'anders.holm', 'overwhelmed'),
    (83, 'Fatima Zahra Benali', 'fatima.benali', NULL), (84, 'George Hall', 'george.hall', NULL),
    (85, 'Žofia Horváthová', 'zofia.horvathova', NULL), (86, 'Ravi Krishnan', 'ravi.krishnan', NULL),
    (87, 'Emma Thompson', 'emma.thompson', NULL), (88, 'Мария Иванова', 'maria.ivanova', NULL),
    (89, 'Diego Ramírez', 'diego.ramirez', NULL), (90, 'Imogen Frost', 'imogen.frost', 'lost'),
    (91, 'Kwame Asante', 'kwame.asante', NULL), (92, '박지훈', 'jihoon.park', NULL),
    (93, 'Laura Bianchi', 'laura.bianchi', NULL), (94, 'Victor Dahl', 'victor.dahl', NULL),
    (95, 'Yasmin Aziz', 'yasmin.aziz', 'patchy'), (96, 'Hồ Ngọc Hà', 'ha.ho', NULL),
    (97, 'Sean Doyle', 'sean.doyle', NULL), (98, 'अमित कुमार', 'amit.kumar', NULL),
    (99, 'Beatriz Rocha', 'beatriz.rocha', NULL), (100, 'Jonas Weber', 'jonas.weber', NULL),
    (101, 'Tess Morgan', 'tess.morgan', 'left'), (102, 'Milan Jovanović', 'milan.jovanovic', NULL),
    -- finished with the last challenge
    (103, 'Harriet Lowe', 'harriet.lowe', 'finished'), (104, 'Søren Kjær', 'soren.kjaer', 'finished'),
    (105, 'Bruno Costa', 'bruno.costa', 'finished'), (106, 'محمد الفاسي', 'mohamed.elfassi', 'finished'),
    (107, 'Ellie Watson', 'ellie.watson', 'finished'), (108, 'Łukasz Dąbrowski', 'lukasz.dabrowski', 'finished'),
    (109, 'Naomi Fraser', 'naomi.fraser', 'finished'), (110, 'Adèle Girard', 'adele.girard', 'finished'),
    -- clients of the pilot
    (111, 'Frank Osei', 'frank.osei', 'gone'), (112, 'Olga Nowak', 'olga.nowak', 'gone'),
    (113, 'Simon Tate', 'simon.tate', 'gone'), (114, 'Ioana Popescu', 'ioana.popescu', 'gone'),
    (115, '山本 花子', 'hanako.yamamoto', 'gone'), (116, 'Karl Ostrowski', 'karl.ostrowski', 'gone'),
    (117, 'Megan Rhys', 'megan.rhys', 'gone'), (118, 'Lê Anh', 'anh.le', 'gone'),
    (119, 'Hassan Karimi', 'hassan.karimi', 'gone'), (120, 'Paula Núñez', 'paula.nunez', 'gone'),
    (121, 'Theo Brandt', 'theo.brandt', 'gone'), (122, 'Wiktoria Lis', 'wiktoria.lis', 'gone'),
    (123, 'Dan Marsh', 'dan.marsh', 'gone'), (124, 'Sunniva Haug', 'sunniva.haug', 'gone'),
    -- signed up, not in a cohort yet
    (125, 'Isla Grant', 'isla.grant', 'never'), (126, 'Rafael Ortiz', 'rafael.ortiz', 'never'),
    (127, 'Михаил Орлов', 'mikhail.orlov', 'never'), (128, 'Bea Winter', 'bea.winter', 'never')
) AS people (n, name, mail, style);

-- The large set goes on with 992 more coaches and 98,880 more clients, named by chance from ten parts of the world.
INSERT INTO person (id, name, mail, role)
SELECT n, full_name, slug || '.' || n, CASE WHEN n <= 1120 THEN 'COACH' ELSE 'CLIENT' END::public."Role"
FROM demo,
     generate_series(129, 100000) AS n,
     LATERAL (SELECT CASE WHEN u < 0.90 THEN 1 ELSE 2 + floor((u - 0.90) / 0.10 * 9)::integer END AS part
              FROM pg_temp.chance(11, n) AS u) AS script,
     LATERAL (SELECT given, family FROM (VALUES
         (1, ARRAY['Alice', 'Aline', 'Anna', 'Anton', 'Arthur', 'Astrid', 'Benoît', 'Bianca', 'Carlos', 'Cecilia',
                   'Clara', 'Daniel', 'David', 'Edith', 'Elena', 'Elif', 'Emil', 'Enzo', 'Erik', 'Eva', 'Felix',
                   'Fiona', 'Florian', 'François', 'Greta', 'Hanna', 'Helen', 'Henrik', 'Ida', 'Irene', 'Jack',
                   'Jan', 'Jörg', 'José', 'Julia', 'Karin', 'Kate', 'Lars', 'Laura', 'Lena', 'Liam', 'Louise',
                   'Lucas', 'Magda', 'Márta', 'Matteo', 'Maud', 'Mia', 'Nils', 'Nora', 'Oscar', 'Paul', 'Pedro',
                   'Rosa', 'Sara', 'Sofía', 'Tadeusz', 'Thomas', 'Ulla', 'Vera', 'Wanda', 'Yann', 'Zuzana', 'Zoë'],
             ARRAY['Abbott', 'Andersson', 'Araújo', 'Bakker', 'Barnes', 'Bauer', 'Bell', 'Berg', 'Blanc', 'Brown',
                   'Carter', 'Chevalier', 'Christensen', 'Conti', 'Costa', 'Cruz', 'Dumont', 'Dupont', 'Ek', 'Evans',
                   'Ferreira', 'Fontaine', 'Foster', 'Gallo', 'García', 'Gomes', 'Greco', 'Haas', 'Hansen', 'Harris',
                   'Hoffmann', 'Horvat', 'Hughes', 'Jansen', 'Johansson', 'Kaya', 'Keller', 'Király', 'Kowalski',
                   'Larsen', 'Leroy', 'Lindgren', 'López', 'Marino', 'Martin', 'Meyer', 'Molnár', 'Moreau', 'Murphy',
                   'Müller', 'Nagy', 'Nielsen', 'Novotný', 'Nyström', 'Öztürk', 'Papp', 'Pereira', 'Peeters', 'Popa',
                   'Quist', 'Ricci', 'Romero', 'Rossi', 'Roy', 'Ryan', 'Sánchez', 'Santos', 'Schmidt', 'Šimek',
                   'Smith', 'Svoboda', 'Szabó', 'Taylor', 'Tóth', 'Urban', 'Vargas', 'Verhoeven', 'Vidal', 'Virtanen',
                   'Vogel', 'Walsh', 'White', 'Wilson', 'Wolff', 'Wright', 'Young', 'Zając', 'Zieliński']),
         (2, ARRAY['Linh', 'Đức', 'Hạnh', 'Tuấn', 'Ngọc'], ARRAY['Nguyễn', 'Trần', 'Phạm', 'Hoàng', 'Đỗ']),
         (3, ARRAY['Νίκος', 'Μαρία', 'Ελένη', 'Κώστας'], ARRAY['Παππάς', 'Οικονόμου', 'Δήμου', 'Βλάχος']),
         (4, ARRAY['Алексей', 'Ирина', 'Оксана', 'Сергей', 'Юлия'], ARRAY['Волков', 'Бондар', 'Кузьмин', 'Лысенко']),
         (5, ARRAY['أحمد', 'مريم', 'يوسف', 'سلمى'], ARRAY['منصور', 'خليل', 'العلوي', 'ناصر']),
         (6, ARRAY['נועה', 'דוד', 'תמר', 'מיכל', 'יונתן'], ARRAY['לוי', 'מזרחי', 'פרץ', 'ביטון', 'אברהם']),
         (7, ARRAY['प्रिया', 'विक्रम', 'सुनीता', 'राहुल'], ARRAY['गुप्ता', 'सिंह', 'वर्मा', 'मिश्रा']),
         (8, ARRAY['ปรีชา', 'มาลี', 'อนงค์', 'ธนา', 'วิภา'], ARRAY['สุขใจ', 'ทองดี', 'แสงทอง', 'บุญมี', 'ศรีสุข']),
         (9, ARRAY['伟', '芳', '健太', '陽子', '大輔'], ARRAY['张', '刘', '鈴木', '高橋', '中村']),
         (10, ARRAY['민준', '지우', '현우', '수빈'], ARRAY['이', '최', '정', '강'])
         ) AS names (p, given, family) WHERE p = part) AS pool,
     LATERAL (SELECT pg_temp.pick(given, 12, n) AS first, pg_temp.pick(family, 13, n) AS last) AS chosen,
     LATERAL (SELECT CASE WHEN part IN (2, 9) THEN last || ' ' || first
                          WHEN part = 10 THEN last || first
                          ELSE first || ' ' || last END AS full_name,
                     CASE WHEN part = 1
                          THEN lower(translate(first || '.' || last, 'áàäåãâçéèêëíîïñóòöôõőúùüûűýšžćčěřńśźżçąęłøÖŠ',
                                                                      'aaaaaaceeeeiiinoooooouuuuuyszccernszzcaeloOS'))
                          ELSE 'member' END AS slug) AS spelled
WHERE large
ORDER BY n;

-- Which cohort a client trains with: see the next step for what these are.
UPDATE person
SET cohort = CASE WHEN id <= 22 THEN 1 WHEN id <= 32 THEN 2 WHEN id <= 56 THEN 3 WHEN id <= 76 THEN 4 WHEN id <= 102 THEN 5
                  WHEN id <= 110 THEN 6 WHEN id <= 124 THEN 7 WHEN id <= 128 THEN NULL
                  WHEN id <= 1195 THEN 9 ELSE 10 + floor(pg_temp.chance(14, id) * 991) END,
    style = coalesce(style, (SELECT s.name
                             FROM (SELECT name, sum(share) OVER (ORDER BY share DESC, name) AS upto FROM style) AS s
                             WHERE s.upto > pg_temp.chance(15, id) * 0.99999 ORDER BY s.upto LIMIT 1)),
    weight = 58 + 44 * pg_temp.chance(16, id),
    slope = -0.28 + 0.22 * pg_temp.bell(17, id),
    steps = 6200 + 4600 * pg_temp.chance(18, id),
    kcal = 1700 + 750 * pg_temp.chance(19, id),
    sleep = 8.9 + 0.7 * pg_temp.bell(20, id),
    health = pg_temp.chance(21, id) < 0.45
WHERE role = 'CLIENT';

UPDATE person SET weight = 60.7, slope = -0.15, steps = 8300, kcal = 1850, sleep = 9.3, health = true WHERE id = 9;

-- When they signed up: some of a challenge shortly before its start, everybody else over the last two years.
UPDATE person
SET created = CASE
        WHEN role <> 'CLIENT' THEN today - 760 - id % 300
        WHEN id > 1120 AND (id - 1121) % 19 = 0 THEN today - 320 - id % 300     -- the large set's trainees
        WHEN style = 'never' THEN today - 5 - id % 3
        WHEN cohort = 1 AND id > 13 AND pg_temp.chance(22, id) < 0.4
            THEN monday - 15 - floor(6 * pg_temp.chance(23, id))::integer
        WHEN cohort = 5 AND pg_temp.chance(22, id) < 0.5 THEN monday - 34 - floor(9 * pg_temp.chance(23, id))::integer
        WHEN cohort = 7 THEN monday - 190 - floor(300 * pg_temp.chance(23, id))::integer
        ELSE today - 95 - floor(560 * pg_temp.chance(23, id))::integer END
FROM demo;

INSERT INTO public.users (id, email, password, name, image, "emailVerified", role, "createdAt", "updatedAt")
SELECT id, mail || CASE WHEN pg_temp.chance(24, id) < 0.6 THEN '@example.org' ELSE '@example.com' END,
       -- shaped like a bcrypt hash, and the hash of nothing
       CASE WHEN role <> 'CLIENT' OR pg_temp.chance(25, id) < 0.7
            THEN rpad('$2b$12$NotARealHash.DemonstrationOnly', 60, '.') END,
       name, CASE WHEN pg_temp.chance(26, id) < 0.2 THEN 'https://images.example.org/people/' || id || '.jpg' END,
       style IS DISTINCT FROM 'never' AND pg_temp.chance(27, id) < 0.94, role, signed_up,
       CASE WHEN created < today - 40 AND pg_temp.chance(28, id) < 0.3 THEN signed_up + interval '31 days 2 hours'
            ELSE signed_up END
FROM demo, person, LATERAL (SELECT pg_temp.between_hours(created, 7, 21, 29, id) AS signed_up) AS moment
ORDER BY id;

-- Who of them can log in to the database. Roles belong to the cluster, so they may be there from another database.
CREATE TEMP TABLE login (rolname name PRIMARY KEY, person integer, role public."Role", member_of name);

INSERT INTO login
VALUES ('admin', 1, 'ADMIN', 'centurion_admin'), ('coach', 3, 'COACH', 'centurion_coach'),
       ('coach2', 4, 'COACH', 'centurion_coach'), ('client', 9, 'CLIENT', 'centurion_client');

-- As the registrar would: since PostgreSQL 16 only who made a role may change it.
GRANT SELECT ON login TO centurion_registrar;
SET ROLE centurion_registrar;
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN SELECT * FROM login WHERE NOT EXISTS (SELECT FROM pg_roles WHERE pg_roles.rolname = login.rolname) LOOP
        EXECUTE format('CREATE ROLE %I LOGIN', wanted.rolname);
    END LOOP;
    FOR wanted IN SELECT * FROM login WHERE NOT pg_has_role(rolname, member_of, 'MEMBER') LOOP
        EXECUTE format('GRANT %I TO %I', wanted.member_of, wanted.rolname);
    END LOOP;
END
$$;
RESET ROLE;

INSERT INTO centurion.logins (rolname, "userId", role, enabled)
SELECT rolname, person, role, true FROM login ORDER BY person;
