-- What a database remembers of itself: what was added to somebody else's tables, how everything stood when it was last migrated,
-- and how many rows there were. Nobody but the owner reads or writes any of it.

-- One row where the shared tables were the web application's before they were ours too (`centurion db adopt`).
CREATE TABLE centurion.adoption (
    at    timestamptz NOT NULL DEFAULT now(),
    login name        NOT NULL DEFAULT session_user
);
CREATE UNIQUE INDEX adoption_one_row ON centurion.adoption ((true));

-- What adopting it and later migrations changed outside of this schema, so that `centurion db release` takes back just that.
--   kind, object, name, detail   as in the query "inventory"
--   added                        true: it is there since; false: it stood and was taken away
CREATE TABLE centurion.adoption_changes (
    id     integer GENERATED ALWAYS AS IDENTITY,
    kind   text    NOT NULL,
    object text    NOT NULL,
    name   text    NOT NULL,
    detail text    NOT NULL,
    added  boolean NOT NULL,

    CONSTRAINT adoption_changes_pkey PRIMARY KEY (id)
);

-- Everything as it stood after the last migration; `centurion db verify` holds it against what stands.
CREATE TABLE centurion.inventory (
    kind   text NOT NULL,
    object text NOT NULL,
    name   text NOT NULL,
    detail text NOT NULL
);

-- How many rows the tables had before and after each time that they were migrated, adopted or restored.
CREATE TABLE centurion.row_counts (
    run      integer     NOT NULL,
    work     text        NOT NULL,
    phase    text        NOT NULL,
    relation text        NOT NULL,
    rows     bigint      NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT row_counts_pkey PRIMARY KEY (run, phase, relation),
    CONSTRAINT row_counts_work_known CHECK (work IN ('init', 'migrate', 'adopt', 'restore')),
    CONSTRAINT row_counts_phase_known CHECK (phase IN ('before', 'after'))
);

ALTER TABLE centurion.adoption ENABLE ROW LEVEL SECURITY;
ALTER TABLE centurion.adoption_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE centurion.inventory ENABLE ROW LEVEL SECURITY;
ALTER TABLE centurion.row_counts ENABLE ROW LEVEL SECURITY;
