#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"

static char *folder, *path;

static void make_folder(void)
{
    const char *above = getenv("TMPDIR");
    folder = mem_printf("%s/log.XXXXXX", above ? above : "/tmp");
    cr_assert_not_null(mkdtemp(folder));
    path = mem_printf("%s/state/centurion/centurion.log", folder);
}

static void remove_folder(void)
{
    static const char *const parts[] = {"state/centurion/centurion.log", "state/centurion", "state", "."};
    log_close();
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char *part = mem_printf("%s/%s", folder, parts[i]);
        remove(i + 1 < sizeof parts / sizeof parts[0] ? part : folder);
        free(part);
    }
    free(folder);
    free(path);
}

static const char *contents(void)
{
    static char bytes[8192];
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file)
        fclose(file);
    bytes[length] = '\0';
    return bytes;
}

TestSuite(base_log, .init = make_folder, .fini = remove_folder);

Test(base_log, is_made_on_first_use_for_its_owner_only)
{
    struct stat file;
    log_open(path, LOG_INFO);
    cr_assert_neq(stat(path, &file), 0);
    log_line(LOG_INFO, "hello %d", 5);
    cr_assert_eq(stat(path, &file), 0);
    cr_assert_eq(file.st_mode & 0777, 0600);
    *strrchr(path, '/') = '\0';
    cr_assert_eq(stat(path, &file), 0);
    cr_assert_eq(file.st_mode & 0777, 0700);
    path[strlen(path)] = '/';
    /* 2026-01-16T10:00:00Z info hello 5 */
    const char *line = contents();
    cr_assert_eq(strlen(line), strlen("2026-01-16T10:00:00Z info hello 5\n"));
    cr_assert_eq(line[10], 'T');
    cr_assert_str_eq(line + 19, "Z info hello 5\n");
}

Test(base_log, lines_above_the_level_are_dropped)
{
    log_line(LOG_ERROR, "before it is open");
    log_open(path, LOG_WARNING);
    log_line(LOG_DEBUG, "no");
    log_line(LOG_INFO, "no");
    cr_assert_str_eq(contents(), "");
    log_line(LOG_WARNING, "one");
    log_line(LOG_ERROR, "two");
    log_close();
    log_line(LOG_ERROR, "after it was closed");
    const char *text = contents();
    cr_assert(strstr(text, " warning one\n") && strstr(text, " error two\n"));
    cr_assert_null(strstr(text, "no"));
    cr_assert_null(strstr(text, "closed"));
}

Test(base_log, goes_on_in_the_same_file)
{
    log_open(path, LOG_DEBUG);
    log_line(LOG_DEBUG, "one");
    log_open(path, LOG_DEBUG);
    log_line(LOG_DEBUG, "two");
    const char *text = contents();
    cr_assert_lt(strstr(text, "debug one\n"), strstr(text, "debug two\n"));
    log_open(NULL, LOG_DEBUG);
    log_line(LOG_DEBUG, "three");
    cr_assert_null(strstr(contents(), "three"));
}

Test(base_log, a_call_is_a_line)
{
    log_open(path, LOG_INFO);
    log_line(LOG_INFO, "a\nb\tc\033[31m");
    cr_assert_str_eq(contents() + 19, "Z info a b c [31m\n");
}

Test(base_log, long_lines_are_cut_at_a_character)
{
    char words[3000];
    for (size_t i = 0; i + 3 < sizeof words; i += 3)
        memcpy(words + i, "€", 4);
    log_open(path, LOG_INFO);
    for (int i = 0; i < 3; i++)
        log_line(LOG_INFO, "%.*s%s", i, "xx", words);
    const char *text = contents();
    int lines = 0;
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    cr_assert_eq(lines, 3);
    cr_assert(utf8_valid(text, strlen(text)));
    cr_assert_gt(strlen(text), 3000);
}

Test(base_log, keeps_errno_and_prints_it)
{
    log_open(path, LOG_INFO);
    errno = ENOENT;
    log_line(LOG_INFO, "%m");
    cr_assert_eq(errno, ENOENT);
    cr_assert_str_eq(contents() + 19, "Z info No such file or directory\n");
}

Test(base_log, what_cannot_be_written_is_given_up)
{
    char *below_a_file = mem_printf("%s/centurion.log", path);
    log_open(path, LOG_INFO);
    log_line(LOG_INFO, "x");
    log_open(below_a_file, LOG_INFO);
    errno = EAGAIN;
    log_line(LOG_INFO, "y");
    log_line(LOG_INFO, "y");
    cr_assert_eq(errno, EAGAIN);
    free(below_a_file);
    log_open("/dev/full", LOG_INFO);
    log_line(LOG_INFO, "y");
    cr_assert_eq(errno, EAGAIN);
    log_open(path, LOG_INFO);
    log_line(LOG_INFO, "z");
    cr_assert_not_null(strstr(contents(), " info z\n"));
}
