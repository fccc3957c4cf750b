#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/file.h"
#include "centurion/base/mem.h"

TestSuite(base_file);

Test(base_file, the_whole_text_arrives)
{
    enum { LENGTH = 300000 };
    FILE *file = tmpfile();
    char *text = mem_alloc(LENGTH + 1), *read = mem_alloc(LENGTH + 1);
    memset(text, 'x', LENGTH);
    cr_assert_eq(file_fill(fileno(file), text), 0);
    rewind(file);
    cr_assert_eq(fread(read, 1, LENGTH, file), LENGTH);
    cr_assert_str_eq(read, text);
    cr_assert_eq(fgetc(file), EOF);
    free(read);
    free(text);
    fclose(file);
}

Test(base_file, an_empty_text_is_written_too)
{
    FILE *file = tmpfile();
    cr_assert_eq(file_fill(fileno(file), ""), 0);
    cr_assert_eq(fgetc(file), EOF);
    fclose(file);
}

Test(base_file, what_cannot_be_written_says_why)
{
    int full = open("/dev/full", O_WRONLY), closed = open("/dev/null", O_RDONLY);
    cr_assert_eq(file_fill(full, "x"), ENOSPC);
    cr_assert_eq(file_fill(closed, "x"), EBADF);
    close(full);
    close(closed);
}
