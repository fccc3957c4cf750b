#!/bin/sh
# Makes ./configure.
set -eu
cd "$(dirname "$0")"
mkdir -p config/aux
autoreconf --install --force
rm -rf autom4te.cache
