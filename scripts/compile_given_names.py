"""Compiles data/language/given_names.yml from the packages `names` and `faker`, unpacked in one folder.

    pip download --no-deps names==0.3.0 faker==40.54.0   # then unpack both into FOLDER
    python scripts/compile_given_names.py FOLDER

Left out are words that are first of all other words, places or days: `language/persons.yml` has those that are both.
"""

from __future__ import annotations

import importlib
import re
import sys
import textwrap
from pathlib import Path

from comity.vocabulary import language

TARGET = Path(__file__).resolve().parents[1] / "src" / "comity" / "data" / "language" / "given_names.yml"
LOCALES = (
    "es es_MX es_ES es_CO es_AR es_CL pt_BR pt_PT vi_VN en_IN en_PK tw_GH ha_NG ig_NG yo_NG en_NG en_KE sw zu_ZA fr_FR "
    "fr_QC tr_TR id_ID it_IT pl_PL ro_RO az_AZ uz_UZ en_US en_GB en_IE de_DE nl_NL sv_SE fi_FI cs_CZ hr_HR"
)
NAME = re.compile(r"[A-ZÀ-ÝĀ-Ž][a-zà-ÿā-ž’'ı]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?")


def census(folder: Path) -> set[str]:
    """The names of the census files."""
    files = sorted(folder.rglob("dist.*male.first"))
    return {line.split()[0].capitalize() for file in files for line in file.read_text(encoding="ascii").splitlines()}


def locales(folder: Path) -> set[str]:
    """The given names of the locales, without those in other letters."""
    sys.path.insert(0, str(next(folder.rglob("faker/__init__.py")).parents[1]))
    found: set[str] = set()
    for locale in LOCALES.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if attribute.startswith("first_name") and not callable(listed) and not isinstance(listed, property):
                found.update(part for name in listed for part in str(name).split() if NAME.fullmatch(part))
    return found


def main(arguments: list[str]) -> int:
    """Writes the file; the head of the present one is kept."""
    folder = Path(arguments[0])
    data = language("persons")
    other = {word for key in ("others", "words_or_given", "not_given", "particles") for word in data[key].split()}
    names = sorted((census(folder) | locales(folder)) - other - {word.capitalize() for word in other})
    head = TARGET.read_text(encoding="utf-8").split("names: >-")[0]
    lines = textwrap.wrap(" ".join(names), 196, break_on_hyphens=False)
    TARGET.write_text(head + "names: >-\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
