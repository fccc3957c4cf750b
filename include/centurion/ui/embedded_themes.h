/* The themes that the program brings with it, made by the build from themes/NAME.theme. */
#ifndef CENTURION_UI_EMBEDDED_THEMES_H
#define CENTURION_UI_EMBEDDED_THEMES_H

struct embedded_theme {
    const char *name;
    const char *text; /* the file, byte for byte */
};

/* In ascending order of name. */
extern const struct embedded_theme embedded_themes[];
extern const int embedded_themes_count;

#endif
