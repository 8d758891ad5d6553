"""Changes are gathered by where they came from: an edition of a list, else a document."""

from __future__ import annotations

from dataclasses import replace

from comity.model import Change, Evidence
from comity.views.gathered import gathered

EARLIER, LATER = "2025-06-20T10:00:00Z", "2025-06-21T10:00:00Z"


def change(name: str, kind: str = "joined", **more: str) -> Change:
    at = Evidence(document=more.pop("document", "sha256:a"), path=None, url=None)
    facet = f"agreement|name:{name}"
    made = Change(list=None, edition=None, date=None, kind=kind, facet=facet, name=name, entity=None, learned=LATER)
    return replace(made, evidence=(at,), **more)


def test_what_came_with_one_edition_is_one_entry_in_its_order() -> None:
    rows = [change(name, list="a-list", edition="e2", document=name) for name in ("Clay", "Bay", "Polk")]
    ended = change("Lake", "left", list="a-list", edition="e2")
    (group,) = gathered([*rows, ended])
    assert [each.name for each in group.changes] == ["Clay", "Bay", "Polk", "Lake"]
    assert (group.list, group.edition, group.document) == ("a-list", "e2", None)
    assert group.kinds == {"joined": 3, "left": 1}


def test_stories_editions_and_commits_are_kept_apart() -> None:
    told = [
        change("Clay", list="a-list", edition="e2"),
        change("Clay", list="a-list", edition="e1"),
        change("Clay", "began", document="sha256:b"),
        change("Bay", "said", document="sha256:c"),
        change("Bay", "denied", document="sha256:b"),
        change("Bay", "denied", document="sha256:b", learned=EARLIER),
    ]
    found = [(each.edition, each.document, [one.name for one in each.changes]) for each in gathered(told)]
    assert found == [
        ("e2", None, ["Clay"]),
        ("e1", None, ["Clay"]),
        (None, "sha256:b", ["Clay", "Bay"]),
        (None, "sha256:c", ["Bay"]),
        (None, "sha256:b", ["Bay"]),
    ]


def test_a_change_without_evidence_stands_alone() -> None:
    (group,) = gathered([replace(change("Clay", "reviewed"), evidence=())])
    assert group.document is None and group.list is None
