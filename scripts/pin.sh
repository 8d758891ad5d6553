#!/bin/sh
# Pins every dependency anew: installs the project fresh and writes constraints.txt from what was installed.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check '.[dev,train]' hatchling
{
    echo "# What the project is installed and tested with; made by scripts/pin.sh, names and versions only."
    "$folder/bin/pip" list --format=freeze | grep -vE '^(comity|pip|setuptools)=='
} >constraints.txt
