"""What a package exports is what its sorted ``__all__`` says, and each name of it is there and explains itself."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import comity

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(comity.__path__, "comity.")
    if ".migrations" not in found.name and not found.name.endswith("__main__")
)
ROOMS = [
    "comity",
    *(name for name in MODULES if name.count(".") == 1 or hasattr(importlib.import_module(name), "__path__")),
]


def exported(module: ModuleType) -> list[str]:
    return list(getattr(module, "__all__", []))


def order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then the rest: as the linter sorts them."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2), name


@pytest.mark.parametrize("name", ["comity", *MODULES])
def test_names_are_sorted_once_each_and_there(name: str) -> None:
    module = importlib.import_module(name)
    names = exported(module)
    assert names == sorted(set(names), key=order)
    assert [each for each in names if not hasattr(module, each)] == []


@pytest.mark.parametrize("name", ROOMS)
def test_every_public_name_says_what_it_is_for(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    silent = [
        each
        for each in exported(module)
        if callable(found := getattr(module, each))
        and getattr(found, "__module__", "").startswith("comity")
        and not found.__doc__
    ]
    assert silent == []


def test_the_public_verbs_are_all_documented() -> None:
    assert dir(comity) == sorted(comity.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        comity.nothing  # noqa: B018 - looked up on purpose


def test_importing_comity_and_its_help_loads_nothing_heavy() -> None:
    program = "import sys, comity, comity.interfaces.cli; print(*sorted(set(sys.modules) & set(sys.argv[1:])))"
    heavy = ["trafilatura", "sqlalchemy", "lxml", "openpyxl", "rapidfuzz", "ahocorasick_rs", "pypdfium2", "msgspec"]
    ran = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
