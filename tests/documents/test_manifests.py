"""Manifests: what they say of each file, and what makes them refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import manifest, valid_date
from comity.errors import ManifestError
from comity.model import Publication

FULL = Publication("https://x.example/a", "Sandhill Courier", "2025-05-28", "OH", "2025-06-01T16:00:00Z")


@pytest.mark.parametrize(
    "text",
    [
        "path,url,publisher,published,home_state,captured\n"
        "a.txt,https://x.example/a,Sandhill Courier,2025-05-28,oh,2025-06-01T08:00:00-08:00\n",
        "\ufeffcaptured,path,url,publisher,published,home_state,remarks\r\n"
        "2025-06-01T16:00:00,a.txt,https://x.example/a,Sandhill Courier,2025-05-28T22:00:00-05:00,OH,seen\r\n",
        '{"path": "a.txt", "url": "https://x.example/a", "publisher": "Sandhill Courier", "published": "2025-05-28",'
        ' "home_state": "OH", "captured": "2025-06-01T16:00:00Z"}\n\n',
    ],
)
def test_a_manifest_names_files_and_what_is_known_of_them(tmp_path: Path, text: str) -> None:
    file = tmp_path / "manifest"
    file.write_text(text, encoding="utf-8", newline="")
    assert manifest(file) == [(str(tmp_path / "a.txt"), FULL)]


def test_only_the_path_is_needed_and_order_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "manifest.csv"
    file.write_text("path\nb.txt\n/abs/a.txt\n")
    assert manifest(file) == [(str(tmp_path / "b.txt"), Publication()), ("/abs/a.txt", Publication())]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("url,published\nx,2025\n", "manifest.csv:1: no column 'path'"),
        ("path,publishd\na.txt,2025\n", "did you mean 'published'"),
        ("path,published\na.txt,2025-02-30\n", "manifest.csv:2: impossible date '2025-02-30'"),
        ("path,published\na.txt,yesterday\n", "impossible date"),
        ("path,captured\na.txt,noon\n", "impossible instant"),
        ("path,home_state\na.txt,Ohio\n", "isn't two letters"),
        ("path,url\n,https://x.example\n", "manifest.csv:2: no path"),
        ("path,url\na.txt,b,c\n", "more cells than columns"),
        ('{"path": "a.txt"}\n{"path": \n', "manifest.csv:2: not a JSON object"),
        ('{"path": 3}\n', "must be text"),
        ('{"url": "x"}\n', "no column 'path'"),
    ],
)
def test_refused_manifests_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "manifest.csv"
    file.write_text(text)
    with pytest.raises(ManifestError) as caught:
        manifest(file)
    assert message in str(caught.value)


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="can't be read"):
        manifest(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2025-05-28", True),
        ("2025-05", True),
        ("2025", True),
        ("2025-05-01/2025-05-28", True),
        ("2025-05-01/..", True),
        ("2025-05?", True),
        ("2024-02-29", True),
        ("2025-02-29", False),
        ("2025-13", False),
        ("0000-01-01", False),
        ("05/28/2025", False),
        ("", False),
    ],
)
def test_valid_dates(text: str, valid: bool) -> None:
    assert valid_date(text) is valid
