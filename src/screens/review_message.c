#include "review_message.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/screens/app.h"
#include "figures.h"

enum { COPY = 1, EDIT_TEXT, MAIL };

struct review_message {
    struct app *app;
    struct figures *figures;
    char *name, *text; /* of the draft that is shown */
};

static void set_text(struct review_message *self, char *text)
{
    free(self->text);
    self->text = text;
}

/* ---- The address ---- */

/* Everything but what RFC 3986 calls unreserved; line ends are CR LF. at: an address keeps its @. */
static void encode(struct str *out, const char *text, bool at)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '\n')
            str_add(out, "%0D%0A");
        else if ((byte < 0x80 && isalnum(byte)) || strchr("-._~", byte) || (at && byte == '@'))
            str_add_char(out, (char)byte);
        else
            str_addf(out, "%%%02X", byte);
    }
}

char *review_message_address(const char *to, const char *subject, const char *body)
{
    struct str out = {0};
    str_add(&out, "mailto:");
    encode(&out, to, true);
    str_add(&out, "?subject=");
    encode(&out, subject, false);
    str_add(&out, "&body=");
    encode(&out, body, false);
    return str_steal(&out);
}

/* ---- What is done with it ---- */

static void show(struct review_message *self);

static void edited(void *owner, const char *text)
{
    struct review_message *self = owner;
    set_text(self, mem_strdup(text));
    show(self);
}

static void mail(struct review_message *self)
{
    char *subject = figures_text(self->figures, "Your week {from} to {to}");
    char *address = review_message_address(figures_email(self->figures), subject, self->text);
    app_run_command(self->app, app_options(self->app)->mailer, address);
    free(address);
    free(subject);
}

static void chosen(void *owner, int64_t value)
{
    struct review_message *self = owner;
    if (value == COPY)
        app_copy(self->app, self->text);
    else if (value == EDIT_TEXT)
        app_edit_text(self->app, self->text, ".txt", edited, self);
    else
        mail(self);
}

static void show(struct review_message *self)
{
    const char *mailer = app_options(self->app)->mailer, *to = figures_email(self->figures);
    bool can_mail = mailer && *mailer && *to;
    const struct menu_item items[] = {{.text = "Copy", .letter = 'c', .value = COPY},
                                      {.text = "Edit in $EDITOR", .letter = 'e', .value = EDIT_TEXT},
                                      {.text = "Mail",
                                       .letter = 'm',
                                       .remark = can_mail ? to : "centurion.conf names no mailer",
                                       .off = !can_mail,
                                       .value = MAIL}};
    char title[200];
    snprintf(title, sizeof title, "Message to %.160s", self->name);
    app_menu(self->app, title, self->text, items, 3, chosen, self);
}

static void ready(void *owner, bool known)
{
    struct review_message *self = owner;
    const char *template = app_options(self->app)->message;
    if (!known)
        return;
    set_text(self, figures_text(self->figures, template ? template : ""));
    show(self);
}

void review_message_open(struct review_message *self, int64_t member, const char *name, int monday)
{
    char *copy = mem_strdup(name);
    free(self->name);
    self->name = copy;
    figures_ask(self->figures, member, monday);
}

struct review_message *review_message_new(struct app *app)
{
    struct review_message *self = mem_alloc(sizeof *self);
    self->app = app;
    self->figures = figures_new(app, self, ready);
    return self;
}

void review_message_free(struct review_message *self)
{
    figures_free(self->figures);
    free(self->name);
    free(self->text);
    free(self);
}
