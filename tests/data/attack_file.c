#include "tests/data/attack_file.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"

const char *const attack_logins[ATTACK_LOGINS] = {"admin", "coach", "coach2", "client"};
const char *const attack_groups[ATTACK_LOGINS] = {"centurion_admin", "centurion_coach", "centurion_coach",
                                                  "centurion_client"};

static char *file_path(const char *name)
{
    const char *root = getenv("CENTURION_SRCDIR");
    return mem_printf("%s/tests/data/attacks/%s", root ? root : ".", name);
}

char **attacks_files(void)
{
    char *pattern = file_path("*.sql");
    glob_t found = {0};
    size_t count = 0;
    if (glob(pattern, 0, NULL, &found) != 0)
        found.gl_pathc = 0;
    char **names = mem_array(found.gl_pathc + 1, sizeof *names);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        if (strcmp(name, "walls.sql") != 0 && strcmp(name, "given.sql") != 0)
            names[count++] = mem_strdup(name);
    }
    globfree(&found);
    free(pattern);
    return names;
}

static char *read_file(const char *name)
{
    char *path = file_path(name), part[4096];
    FILE *file = fopen(path, "r");
    struct str text = {0};
    size_t length;
    free(path);
    if (!file)
        return NULL;
    while ((length = fread(part, 1, sizeof part, file)) > 0)
        str_add_bytes(&text, part, length);
    fclose(file);
    return str_steal(&text);
}

char *attacks_given(void)
{
    return read_file("given.sql");
}

char *attack_replace(const char *text, const char *word, const char *with)
{
    struct str out = {0};
    const char *hit;
    for (; (hit = strstr(text, word)); text = hit + strlen(word)) {
        str_add_bytes(&out, text, (size_t)(hit - text));
        str_add(&out, with);
    }
    str_add(&out, text);
    return str_steal(&out);
}

static void add_line(char **text, const char *line)
{
    char *longer = *text ? mem_printf("%s\n%s", *text, line) : mem_strdup(line);
    free(*text);
    *text = longer;
}

/* ---- walls.sql ---- */

/* The SQL under "-- wall: NAME", NULL where there is no such name; heap. */
static char *named_wall(const char *walls, const char *name)
{
    char *head = mem_printf("-- wall: %s\n", name);
    const char *at = strstr(walls, head);
    char *sql = NULL;
    if (at && (at == walls || at[-1] == '\n')) {
        at += strlen(head);
        const char *end = strstr(at, "\n-- wall: ");
        sql = end ? mem_strndup(at, (size_t)(end - at)) : mem_strdup(at);
    }
    free(head);
    return sql;
}

/* A line of names becomes what they stand for; anything else is SQL already. Heap. */
static char *wall_line(const char *walls, const char *line)
{
    char *names = mem_strdup(line), *rest = names, *name, *sql = NULL;
    while ((name = strsep(&rest, " "))) {
        char *part = named_wall(walls, name);
        if (!part) {
            free(sql);
            sql = mem_strdup(line);
            break;
        }
        add_line(&sql, part);
        free(part);
    }
    free(names);
    return sql;
}

static char *whole_wall(const char *walls, char *wall)
{
    char *rest = wall, *line, *sql = NULL;
    while ((line = strsep(&rest, "\n"))) {
        char *part = wall_line(walls, line);
        add_line(&sql, part);
        free(part);
    }
    free(wall);
    return sql;
}

/* ---- Blocks ---- */

static bool set_expected(struct attack *attack, char *logins, const char *value)
{
    char *login;
    while ((login = strsep(&logins, " "))) {
        int which = 0;
        while (which < ATTACK_LOGINS && strcmp(login, attack_logins[which]) != 0)
            which++;
        if (which == ATTACK_LOGINS || attack->expected[which])
            return false;
        attack->expected[which] = mem_strdup(value);
    }
    return true;
}

static bool set_probe(struct attack *attack, char *values)
{
    char *second = strstr(values, " | ");
    if (!second || attack->probe[0])
        return false;
    *second = '\0';
    attack->probe[0] = mem_strdup(values);
    attack->probe[1] = mem_strdup(second + 3);
    return true;
}

/* One line of a block's head: "-- key: value". */
static bool set_key(struct attack *attack, char *line)
{
    char *key = line + 3, *value = strstr(key, ": ");
    if (!value)
        return false;
    *value = '\0';
    value += 2;
    if (strcmp(key, "wall") == 0)
        add_line(&attack->wall, value);
    else if (strcmp(key, "fallen") == 0)
        add_line(&attack->fallen, value);
    else if (strcmp(key, "committed") == 0)
        attack->committed = true;
    else if (strcmp(key, "probe") == 0)
        return set_probe(attack, value);
    else
        return set_expected(attack, key, value);
    return true;
}

static const char *missing(const struct attack *attack)
{
    bool tried = false;
    for (int i = 0; i < ATTACK_LOGINS; i++)
        tried = tried || attack->expected[i];
    if (!tried)
        return "nobody tries it";
    if (!attack->wall)
        return "it names no wall";
    return attack->sql ? NULL : "it has no statement";
}

struct attacks attacks_read(const char *name)
{
    struct attacks attacks = {0};
    char *walls = read_file("walls.sql"), *text = read_file(name), *rest = text, *line;
    struct attack *attack = NULL;
    if (!walls || !text)
        attacks.error = mem_printf("%s or walls.sql cannot be read", name);
    while (!attacks.error && (line = strsep(&rest, "\n"))) {
        if (str_starts(line, "-- attack: ")) {
            attacks.list = mem_resize(attacks.list, attacks.count + 1, sizeof *attacks.list);
            attack = &attacks.list[attacks.count++];
            *attack = (struct attack){.name = mem_strdup(line + strlen("-- attack: "))};
        } else if (attack && str_starts(line, "-- ") && !attack->sql) {
            if (!set_key(attack, line))
                attacks.error = mem_printf("%s: %s: \"%s\" is not understood", name, attack->name, line);
        } else if (attack && *line && !str_starts(line, "--")) {
            add_line(&attack->sql, line);
        }
    }
    for (size_t i = 0; i < attacks.count && !attacks.error; i++) {
        const char *what = missing(&attacks.list[i]);
        if (what)
            attacks.error = mem_printf("%s: %s: %s", name, attacks.list[i].name, what);
        else
            attacks.list[i].wall = whole_wall(walls, attacks.list[i].wall);
    }
    free(walls);
    free(text);
    return attacks;
}

void attacks_free(struct attacks *attacks)
{
    for (size_t i = 0; i < attacks->count; i++) {
        struct attack *attack = &attacks->list[i];
        for (int login = 0; login < ATTACK_LOGINS; login++)
            free(attack->expected[login]);
        free(attack->name);
        free(attack->probe[0]);
        free(attack->probe[1]);
        free(attack->wall);
        free(attack->fallen);
        free(attack->sql);
    }
    free(attacks->list);
    free(attacks->error);
    *attacks = (struct attacks){0};
}
