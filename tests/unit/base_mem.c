#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

TestSuite(base_mem);

Test(base_mem, is_zeroed)
{
    unsigned char *bytes = mem_alloc(100), *array = mem_array(10, 10);
    for (int i = 0; i < 100; i++)
        cr_assert(bytes[i] == 0 && array[i] == 0);
    free(bytes);
    free(array);
}

Test(base_mem, of_no_size_is_still_memory)
{
    void *none = mem_alloc(0), *no_rows = mem_array(0, 8), *no_size = mem_array(8, 0), *shrunk = mem_resize(NULL, 0, 8);
    cr_assert(none && no_rows && no_size && shrunk);
    free(none);
    free(no_rows);
    free(no_size);
    free(shrunk);
}

Test(base_mem, keeps_what_it_held_when_resized)
{
    int *numbers = mem_resize(NULL, 2, sizeof *numbers);
    numbers[0] = 7;
    numbers[1] = 8;
    numbers = mem_resize(numbers, 5000, sizeof *numbers);
    cr_assert(numbers[0] == 7 && numbers[1] == 8);
    numbers = mem_resize(numbers, 1, sizeof *numbers);
    cr_assert_eq(numbers[0], 7);
    free(numbers);
}

Test(base_mem, copies_text)
{
    static const char source[] = {'a', 'b', 'c', 'd'}; /* not terminated */
    char *whole = mem_strdup("whole"), *part = mem_strndup(source, 3), *shorter = mem_strndup("ab", 10),
         *none = mem_strndup("ab", 0);
    cr_assert_null(mem_strdup(NULL));
    cr_assert_str_eq(whole, "whole");
    cr_assert_str_eq(part, "abc");
    cr_assert_str_eq(shorter, "ab");
    cr_assert_str_eq(none, "");
    free(whole);
    free(part);
    free(shorter);
    free(none);
}

Test(base_mem, prints)
{
    char *text = mem_printf("%s %d", "x", 5), *empty = mem_printf("%s", ""), *wide = mem_printf("%1000d", 1);
    cr_assert_str_eq(text, "x 5");
    cr_assert_str_eq(empty, "");
    cr_assert_eq(strlen(wide), 1000);
    free(text);
    free(empty);
    free(wide);
}

Test(base_mem, wipes)
{
    char secret[] = "secret";
    mem_wipe(secret, sizeof secret - 1);
    for (size_t i = 0; i < sizeof secret; i++)
        cr_assert_eq(secret[i], 0);
    mem_wipe(NULL, 0);
}

static void hook(void)
{
    fputs("terminal restored, ", stderr);
}

static void check_exhausted(void)
{
    fflush(stderr);
    cr_assert_stderr_eq_str("terminal restored, centurion: out of memory\n");
}

/* What is asked for must look possible to the compiler, and be refused by every allocator. */
static volatile size_t far_too_many = SIZE_MAX / 4;

Test(base_mem, ends_the_program_when_an_array_overflows, .init = cr_redirect_stderr, .fini = check_exhausted,
     .exit_code = 1)
{
    mem_on_exhausted(hook);
    free(mem_array(far_too_many, 8));
}

Test(base_mem, ends_the_program_when_resizing_overflows, .init = cr_redirect_stderr, .fini = check_exhausted,
     .exit_code = 1)
{
    mem_on_exhausted(hook);
    free(mem_resize(NULL, far_too_many, 8));
}
