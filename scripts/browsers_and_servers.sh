#!/bin/sh
# Installs what some tests need beyond Python, where it may; where it may not, those tests skip and say why.
set -u
may_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}
install() { # PACKAGE, and what it is for
    echo "Installing $1 for $2 ..."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null 2>&1) ||
        echo "$1 could not be installed; $2 will be skipped." >&2
}
if ! command -v pg_ctl >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 && may_install; then
    install postgresql "the register's tests on PostgreSQL"
fi
if ! command -v chromium >/dev/null 2>&1 && may_install; then
    install chromium "the site's tests in a browser"
fi
exit 0
