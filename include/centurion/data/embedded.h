/* SQL that the program brings with it, made by the build from src/data/sql/schema and src/data/sql/demo. */
#ifndef CENTURION_DATA_EMBEDDED_H
#define CENTURION_DATA_EMBEDDED_H

/* src/data/sql/schema/NNNN_name.sql */
struct embedded_migration {
    int version;
    const char *name;
    const char *sql; /* the file, byte for byte */
};

/* src/data/sql/demo/NN_step.sql */
struct embedded_step {
    const char *step; /* what the line "-- step:" says, in words for people */
    const char *sql;
};

/* Each in ascending order of version or file name. */
extern const struct embedded_migration embedded_migrations[];
extern const int embedded_migrations_count;
extern const struct embedded_step embedded_steps[];
extern const int embedded_steps_count;

#endif
