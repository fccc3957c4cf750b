# CENTURION_ENABLE: the --enable options for people who work on the program. Adds to PROJECT_CFLAGS and sets PROJECT_LDFLAGS.
AC_DEFUN([CENTURION_ENABLE], [
  AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [warnings are errors])], [], [enable_werror=no])
  AS_IF([test "$enable_werror" = yes], [PROJECT_CFLAGS="$PROJECT_CFLAGS -Werror"])

  AC_ARG_ENABLE([sanitize], [AS_HELP_STRING([--enable-sanitize], [build with AddressSanitizer and UBSan])], [], [enable_sanitize=no])
  PROJECT_LDFLAGS=
  AS_IF([test "$enable_sanitize" = yes], [
    sanitize="-fsanitize=address,undefined"
    PROJECT_CFLAGS="$PROJECT_CFLAGS $sanitize -fno-sanitize-recover=all -fno-omit-frame-pointer"
    PROJECT_LDFLAGS="$PROJECT_LDFLAGS $sanitize"
    # gcc sees null formats and cut texts in its own instrumentation (its manual warns of that); clang knows no such warnings
    AS_CASE([`$CC --version 2>/dev/null`], [*clang*], [],
      [PROJECT_CFLAGS="$PROJECT_CFLAGS -Wno-format-overflow -Wno-format-truncation"])])

  AC_ARG_ENABLE([coverage], [AS_HELP_STRING([--enable-coverage], [build for gcov])], [], [enable_coverage=no])
  AS_IF([test "$enable_coverage" = yes], [
    PROJECT_CFLAGS="$PROJECT_CFLAGS --coverage -O0"
    PROJECT_LDFLAGS="$PROJECT_LDFLAGS --coverage"])

  AC_SUBST([enable_sanitize])
  AC_SUBST([PROJECT_LDFLAGS])
])
