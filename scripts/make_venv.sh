#!/bin/sh
# Makes the project's virtual environment: make_venv.sh PYTHON FOLDER.
# Debian and Ubuntu keep the venv module in a package of its own: it is installed where we are root, else named.
set -eu
python=$1
folder=$2
if ! command -v "$python" >/dev/null 2>&1; then
    echo "$python is not installed. Run: apt-get install -y python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Comity needs Python 3.11 or later; $python is $("$python" -V 2>&1). Run: make PYTHON=python3.11" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $package ..."
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    else
        echo "This Python lacks the venv module. Run: sudo apt-get install -y $package" >&2
        exit 1
    fi
fi
"$python" -m venv "$folder"
