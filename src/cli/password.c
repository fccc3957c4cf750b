/* Passwords that are typed or read from a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "verbs.h"

bool cli_ask_hidden(const char *question, char out[CLI_PASSWORD_MAX])
{
    struct termios shown, hidden;
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &shown) != 0)
        return false;
    fputs(question, stderr);
    hidden = shown;
    hidden.c_lflag &= (tcflag_t)~ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool typed = fgets(out, CLI_PASSWORD_MAX, stdin) != NULL;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    if (typed)
        out[strcspn(out, "\n")] = '\0';
    return typed;
}

/* The first line; the rest of the file is nobody's business. */
static enum status read_line(FILE *file, const char *name, char out[CLI_PASSWORD_MAX], struct error *error)
{
    int length = 0, byte;
    while ((byte = getc(file)) != EOF && byte != '\n' && byte != '\0' && length < CLI_PASSWORD_MAX - 1)
        out[length++] = (char)byte;
    if (length && byte != '\0' && out[length - 1] == '\r')
        length--;
    out[length] = '\0';
    if (ferror(file))
        return error_set(error, STATUS_USAGE, "%s cannot be read: %s.", name, strerror(errno));
    if (byte == '\0' || (byte != EOF && byte != '\n'))
        return error_set(error, STATUS_USAGE, "The first line of %s is no password: it is too long, or not text.",
                         name);
    if (!length)
        return error_set(error, STATUS_USAGE, "The first line of %s is empty.", name);
    return STATUS_OK;
}

static enum status read_file(const char *path, char out[CLI_PASSWORD_MAX], struct error *error)
{
    if (str_equal(path, "-"))
        return read_line(stdin, "standard input", out, error);
    FILE *file = fopen(path, "re");
    struct stat about;
    if (!file)
        return error_set(error, STATUS_USAGE, "%s cannot be read: %s.", path, strerror(errno));
    if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) && about.st_mode & (S_IRWXG | S_IRWXO))
        fprintf(stderr, "centurion: others can read the password in %s\n", path);
    setvbuf(file, NULL, _IONBF, 0); /* leaves no copy behind */
    enum status status = read_line(file, path, out, error);
    fclose(file);
    return status;
}

enum status cli_new_password(const struct cli *cli, const char *whose, char out[CLI_PASSWORD_MAX], struct error *error)
{
    const char *path = cli->given[OPTION_PASSWORD_FILE];
    char question[128], again[CLI_PASSWORD_MAX];
    out[0] = '\0';
    if (path)
        return read_file(path, out, error);
    snprintf(question, sizeof question, "New password of %.80s: ", whose);
    if (!cli_ask_hidden(question, out)) {
        error_set(error, STATUS_USAGE, "There is no terminal to ask for the password.");
        error_hint(error, "Put it into the first line of a file: --password-file FILE");
        return STATUS_USAGE;
    }
    bool typed = cli_ask_hidden("The same again: ", again);
    bool same = typed && str_equal(out, again);
    mem_wipe(again, sizeof again);
    if (!same)
        return error_set(error, STATUS_USAGE, "The two are not the same.");
    return *out ? STATUS_OK : error_set(error, STATUS_USAGE, "The password is empty.");
}
