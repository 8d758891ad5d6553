#!/bin/sh
# Installs what some tests need beyond Python, where it may; where it may not, those tests skip and say why.
set -u
if command -v pg_ctl >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL for the register's tests ..."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null 2>&1) ||
        echo "PostgreSQL could not be installed; its tests will be skipped." >&2
fi
exit 0
