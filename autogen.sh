#!/bin/sh
# From a clone to the program. Says what it does, asks nothing, and does only what is not done yet.
set -eu

usage() {
    cat <<'END'
usage: ./autogen.sh                    makes ./configure, nothing else
       ./autogen.sh demo [OPTION...]   installs what is missing, builds in .build, starts "centurion demo"
       ./autogen.sh check [ARG...]     installs what is missing, builds in .build, runs "make check"
       ./autogen.sh packages LIST...   installs the packages of config/packages/LIST (build, run, test, ci)
Packages come from Debian or Ubuntu by apt-get, with sudo where that is needed.
END
}

say() {
    echo "autogen.sh: $*"
}

fail() {
    echo "autogen.sh: $*" >&2
    exit 1
}

# Is there a PostgreSQL server, 15 or newer, from whatever package?
have_server() {
    for folder in /usr/lib/postgresql/*; do
        [ -x "$folder/bin/postgres" ] && [ "${folder##*/}" -ge 15 ] 2>/dev/null && return 0
    done
    return 1
}

# Prints the packages of the lists $@ that are not installed, in one line.
missing_packages() {
    for list; do
        sed '/^#/d' "config/packages/$list"
    done | while read -r package; do
        [ "$package" = postgresql ] && have_server && continue
        [ "$(dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | head -n 1)" = installed ] || printf ' %s' "$package"
    done
}

# Installing Debian's server package makes a server for the whole system and starts it. This file, there while we install, says not to.
no_cluster=/etc/postgresql-common/createcluster.d/centurion.conf

allow_cluster() {
    if [ -e "$no_cluster" ]; then
        $sudo rm -f "$no_cluster"
        $sudo rmdir --ignore-fail-on-non-empty "${no_cluster%/*}"
    fi
}

# Installs the packages $1 (words), or says how.
install_packages() {
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    say "these packages are missing:$1"
    command="apt-get install --no-install-recommends$1"
    by_hand="Install them as root, then run this again:
    apt-get update && $command"
    case $1 in *postgresql*)
        by_hand="$by_hand
That also starts a server for the whole system; \"$PWD/autogen.sh packages build run test\" as root installs without."
        ;;
    esac
    command -v apt-get >/dev/null || fail "there is no apt-get here to install them with. $by_hand"
    if [ -n "$sudo" ]; then
        command -v sudo >/dev/null || fail "neither root nor sudo. $by_hand"
        say "this needs root's rights: sudo $command"
        # Where nobody can type a password, sudo must not wait for one.
        if [ -t 0 ]; then sudo -v || fail "sudo refused. $by_hand"; else sudo -n true || fail "sudo refused. $by_hand"; fi
    else
        say "$command"
    fi
    trap allow_cluster EXIT
    trap 'exit 130' HUP INT TERM
    case $1 in *postgresql*)
        $sudo mkdir -p "${no_cluster%/*}"
        echo 'create_main_cluster = false' | $sudo tee "$no_cluster" >/dev/null
        ;;
    esac
    # shellcheck disable=SC2086 # words
    apt-cache show $1 >/dev/null 2>&1 || update_lists || fail "apt-get could not read what packages there are. $by_hand"
    # shellcheck disable=SC2086
    apt_get install --no-install-recommends $1 || { update_lists && apt_get install --no-install-recommends $1; } ||
        fail "apt-get could not install them. $by_hand"
    allow_cluster
    trap - EXIT HUP INT TERM
}

apt_get() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

# At most once.
update_lists() {
    [ -z "${updated:-}" ] || return 1
    updated=yes
    apt_get update
}

make_configure() {
    for tool in autoconf automake aclocal pkg-config; do
        package=$tool
        [ "$tool" != aclocal ] || package=automake
        command -v "$tool" >/dev/null || fail "$tool is missing: install the package $package (config/packages/build lists all that building needs)"
    done
    mkdir -p config/aux
    autoreconf --install --force
    rm -rf autom4te.cache
}

# Installs and builds for $1, demo or check.
build_for() {
    case $1 in demo) lists='build run' ;; check) lists='build run test' ;; esac
    command -v dpkg-query >/dev/null || fail "this is neither Debian nor Ubuntu. What is needed, by their names:" \
        "$(for list in $lists; do sed '/^#/d' "config/packages/$list"; done | tr '\n' ' ')- with that: ./autogen.sh && mkdir .build && cd .build && ../configure && make"
    # shellcheck disable=SC2086
    missing=$(missing_packages $lists)
    mkdir -p .build
    if [ -n "$missing" ]; then
        install_packages "$missing"
        rm -f .build/configured-*
    fi
    if [ ! -x configure ] || [ ! -f config/config.h.in ]; then
        say "making configure"
        make_configure
    fi
    # configure looks for more when there are tests to build, so each purpose has it run once.
    if [ ! -f ".build/configured-$1" ]; then
        say "configuring in .build"
        (cd .build && ../configure --quiet)
        touch ".build/configured-$1"
    fi
    say "building in .build"
    make -s --no-print-directory -C .build -j "$(nproc)"
}

cd "$(dirname "$0")"
case ${1:-} in
'')
    make_configure
    say "made configure. Next: mkdir .build && cd .build && ../configure && make"
    ;;
demo)
    build_for demo
    shift
    exec .build/centurion demo "$@"
    ;;
check)
    build_for check
    shift
    exec make -s --no-print-directory -C .build -j "$(nproc)" check "$@"
    ;;
packages)
    shift
    for list; do [ -f "config/packages/$list" ] || fail "no such list: $list"; done
    missing=$(missing_packages "$@")
    [ -z "$missing" ] || install_packages "$missing"
    ;;
-h | --help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
