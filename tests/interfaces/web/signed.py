"""Who is signed in to a site of the tests: accounts of each role, and browsers of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
from starlette.testclient import TestClient

from comity.accounts import ROLES, Accounts
from comity.interfaces.web import cookies
from comity.interfaces.web.access import form_token
from comity.interfaces.web.site import Site

PHRASE = "three owls on a wire"


def peopled(register: str) -> None:
    """Puts one account of each role on a register, each with its role's name; editors are two."""
    with Accounts.open(register) as accounts:
        for role in ROLES:
            accounts.add(role, role, PHRASE, f"{role[0].upper()}. Sample")
        accounts.add("second", "editor", PHRASE, "S. Second")


class Browser:
    """A browser on a site, signed in as somebody or nobody."""

    def __init__(self, client: TestClient, name: str | None = None) -> None:
        self.site: Site = client.app.state.site  # type: ignore[attr-defined]
        self.http = TestClient(client.app, raise_server_exceptions=False, follow_redirects=False)
        self.secret = "0" * 43  # of the form that signs in
        if name is None:
            self.http.cookies.set(cookies.STRANGER, self.secret)
        else:
            self.secret = self.site.accounts.sign_in(name, PHRASE) or ""
            assert self.secret, name
            self.http.cookies.set(cookies.SESSION, self.secret)

    def get(self, address: str, **more: Any) -> httpx2.Response:
        return self.http.get(address, **more)

    def send(
        self, address: str, form: Mapping[str, Any], *, token: str | None = None, sent_from: str = "same-origin"
    ) -> httpx2.Response:
        """A form as the site's own page sends it; with another ``token`` as one that it didn't make."""
        given = form_token(self.secret) if token is None else token
        # The API takes the token in a header.
        sent = {b"Sec-Fetch-Site": sent_from.encode(), b"X-Comity-Token": given.encode("latin-1")}
        return self.http.post(address, data={"token": given, **form}, headers=sent)
