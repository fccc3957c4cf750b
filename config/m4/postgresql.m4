# CENTURION_POSTGRESQL(MAJOR): finds the folder of the newest PostgreSQL server of at least that major version and defines PG_BINDIR,
# the first place where the program looks for one at run time. None is fine: the program runs against other people's servers.
AC_DEFUN([CENTURION_POSTGRESQL], [
  AC_ARG_WITH([pg-bindir], [AS_HELP_STRING([--with-pg-bindir=DIR], [folder of initdb and postgres, $1 or newer (searched)])],
    [], [with_pg_bindir=search])
  AC_MSG_CHECKING([for a PostgreSQL server, $1 or newer])
  AS_IF([test "$with_pg_bindir" = search],
    [pg_candidates="`pg_config --bindir 2>/dev/null` `echo /usr/lib/postgresql/*/bin` `echo $PATH | tr : ' '`"],
    [pg_candidates=$with_pg_bindir])
  pg_bindir= pg_major=0
  for pg_dir in $pg_candidates; do
    test -x "$pg_dir/postgres" && test -x "$pg_dir/initdb" || continue
    pg_found=`"$pg_dir/postgres" -V 2>/dev/null | sed 's/@<:@^0-9@:>@*\(@<:@0-9@:>@*\).*/\1/'`
    AS_IF([test "${pg_found:-0}" -ge $1 && test "$pg_found" -gt "$pg_major"], [pg_bindir=$pg_dir pg_major=$pg_found])
  done
  AS_IF([test -n "$pg_bindir"], [AC_MSG_RESULT([$pg_bindir ($pg_major)])],
    [AC_MSG_RESULT([none])
     AS_IF([test "$with_pg_bindir" != search], [AC_MSG_ERROR([no PostgreSQL server, $1 or newer, in $with_pg_bindir])])])
  AC_DEFINE_UNQUOTED([PG_BINDIR], ["$pg_bindir"], [Folder of the PostgreSQL server found when this was built, or empty.])
  AC_DEFINE([PG_MAJOR_MINIMUM], [$1], [Oldest major version of PostgreSQL that will do.])
  AC_SUBST([pg_bindir])
])
