"""``comity token …`` and ``comity webhook …``: names, flags and help; the work is in ``interfaces/commands``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from comity.interfaces.running import Json, Register, run
from comity.settings import build

__all__ = ["token", "webhook"]

token = typer.Typer(no_args_is_help=True, help="Tokens with which programs use the API of the site.")
webhook = typer.Typer(no_args_is_help=True, help="Addresses that are told what changes on the register.")


@token.command("add", epilog="Example: `comity token add 'nightly upload' --account clerk --scope upload --days 30`")
def token_add(
    label: Annotated[str, typer.Argument(help="What uses it.")],
    account: Annotated[str, typer.Option("--account", help="The account in whose name it acts.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read, upload or decide; may be repeated. Else read.")
    ] = None,
    days: Annotated[int, typer.Option("--days", help="How long it is valid, 1 to 366 days.")] = 90,
    register: Register = None,
    json: Json = False,
) -> None:
    """Make a token and print it: once, for only its hash is kept."""
    _run("tokens:add", register, json, label=label, account=account, scopes=scope or ["read"], days=days)


@token.command("list", epilog="Example: `comity token list`")
def token_list(register: Register = None, json: Json = False) -> None:
    """List the tokens: what each is for, whose, with which scopes, until when, when last used."""
    _run("tokens:listed", register, json)


@token.command("revoke", epilog="Example: `comity token revoke t-3f2a9c41d07e`")
def token_revoke(
    identity: Annotated[str, typer.Argument(help="Its id, as `comity token list` prints it.", metavar="ID")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Let nothing be done with a token any more, from now on."""
    _run("tokens:revoke", register, json, identity=identity)


@webhook.command("add", epilog="Example: `comity webhook add https://example.org/hook --list us-287g-participating`")
def webhook_add(
    url: Annotated[str, typer.Argument(help="Where to send messages: https://…", metavar="URL")],
    entity: Annotated[str | None, typer.Option("--entity", help="Only of this entity, by its id.")] = None,
    predicate: Annotated[str | None, typer.Option("--predicate", help="Only of this predicate.")] = None,
    list_name: Annotated[str | None, typer.Option("--list", help="Only of this official list.")] = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Tell an address what changes from now on, while the site is served; print the secret that signs, once."""
    asked = {"entity": entity, "predicate": predicate, "list": list_name}
    _run("webhooks:add", register, json, url=url, asked=asked)


@webhook.command("list", epilog="Example: `comity webhook list`")
def webhook_list(register: Register = None, json: Json = False) -> None:
    """List the webhooks: how many messages wait, and why one is told nothing any more."""
    _run("webhooks:listed", register, json)


@webhook.command("remove", epilog="Example: `comity webhook remove w-3f2a9c41d07e`")
def webhook_remove(
    identity: Annotated[str, typer.Argument(help="Its id, as `comity webhook list` prints it.", metavar="ID")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Tell it nothing any more; what waits is dropped."""
    _run("webhooks:remove", register, json, identity=identity)


def _run(command: str, register: str | None, json: bool, **given: Any) -> None:
    run(command, json, settings=build(register), **given)
