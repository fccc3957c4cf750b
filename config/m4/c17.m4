# CENTURION_C17: the language, and the warnings that all code has to pass. Sets PROJECT_CFLAGS.
AC_DEFUN([CENTURION_C17], [
  AC_MSG_CHECKING([whether $CC takes -std=c17])
  centurion_saved_cflags=$CFLAGS
  CFLAGS="$CFLAGS -std=c17"
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[_Static_assert(__STDC_VERSION__ >= 201710L, "C17");]])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
     AC_MSG_ERROR([a compiler for C17 is needed: gcc 8 or clang 7, or newer])])
  CFLAGS=$centurion_saved_cflags
  PROJECT_CFLAGS="-std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 -Wundef -Wvla"
  AC_SUBST([PROJECT_CFLAGS])
])
