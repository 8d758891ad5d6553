"""The command line: names, flags and help of every command; the work is in the modules of ``interfaces/commands``.

Heavy rooms are imported when a command runs, so that ``comity --help`` answers at once. Every error that Comity knows
becomes one line (or, with ``--json``, one object) on standard error: what, where, what to do.
Exit codes: 0 done; 1 done, but an input was refused; 2 wrong use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from comity.errors import UsageError
from comity.interfaces.cli_programs import token, webhook
from comity.interfaces.cli_review import review
from comity.interfaces.cli_user import user
from comity.interfaces.running import Json, Known, Register
from comity.interfaces.running import run as _run
from comity.settings import build

__all__ = ["app", "main"]

app = typer.Typer(
    name="comity",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A public register of how US local governments and federal immigration enforcement deal with each other, "
    "read from news stories and official lists. Start with `comity demo`.",
)
lists = typer.Typer(no_args_is_help=True, help="Official lists: add editions, compare them, see what changed.")
app.add_typer(lists, name="list")
app.add_typer(review, name="review")
app.add_typer(user, name="user")
app.add_typer(token, name="token")
app.add_typer(webhook, name="webhook")

Topic = Annotated[str | None, typer.Option("--topic", help="A topic's name or YAML file.")]
Paths = Annotated[list[str] | None, typer.Argument(help="Files or folders: text, HTML, PDF.")]
Manifest = Annotated[
    str | None,
    typer.Option("--manifest", help="CSV or JSON Lines: path, url, publisher, published, home_state, captured."),
]
Published = Annotated[str | None, typer.Option("--published", help="Publication date, YYYY-MM-DD.")]
Publisher = Annotated[str | None, typer.Option("--publisher", help="Who published it.")]
Url = Annotated[str | None, typer.Option("--url", help="Where it was published.")]
HomeState = Annotated[str | None, typer.Option("--home-state", help="The outlet's home state, two letters.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="As things stood in the world on this day.")]
Since = Annotated[str | None, typer.Option("--since", help="From this day on.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what it would do; record nothing.")]


def _given(published: str | None, publisher: str | None, url: str | None, home_state: str | None) -> dict[str, Any]:
    return {"published": published, "publisher": publisher, "url": url, "home_state": home_state}


@app.command(epilog="Example: `comity demo --register demo.db`")
def demo(
    register: Annotated[
        str | None, typer.Option("--register", help="Keep the register here; else a temporary one.")
    ] = None,
) -> None:
    """Build a register from the bundled sample; show a dossier, a comparison and what to do next."""
    _run("demo:demo", register=register)


@app.command(epilog="Example: `comity read story.txt --published 2025-05-28 --publisher 'Must Read Alaska'`")
def read(
    paths: Paths = None,
    manifest: Manifest = None,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    home_state: HomeState = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say for each statement how it came about.")] = False,
    topic: Topic = None,
    json: Json = False,
) -> None:
    """Read statements from stories, each with its exact evidence. Touches no register."""
    given = _given(published, publisher, url, home_state)
    _run(
        "reading:read", json, paths=paths, manifest=manifest, given=given, explain=explain, settings=build(topic=topic)
    )


@app.command(epilog="Example: `comity mentions story.txt --json`")
def mentions(
    paths: Paths = None,
    manifest: Manifest = None,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    home_state: HomeState = None,
    json: Json = False,
) -> None:
    """Find the attributions, places, bodies and dates of any text, as spans."""
    given = _given(published, publisher, url, home_state)
    _run("reading:mentions", json, paths=paths, manifest=manifest, given=given, settings=build())


@app.command(epilog="Example: `comity add stories/ --manifest stories.csv`")
def add(
    paths: Paths = None,
    manifest: Manifest = None,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    home_state: HomeState = None,
    dry_run: DryRun = False,
    topic: Topic = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Read stories and agreements and record their statements. Safe to repeat."""
    given = _given(published, publisher, url, home_state)
    settings = build(register, topic)
    work = "previewing:stories" if dry_run else "register:add"
    _run(work, json, paths=paths, manifest=manifest, given=given, settings=settings)


@app.command(epilog="Example: `comity reread --dry-run`")
def reread(
    dry_run: DryRun = False,
    topic: Topic = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Read the recorded texts again with this reader and vocabulary: tell what that changes, and record it.

    Editions of lists are read again by `comity list reread`.
    """
    _run("rereading:reread", json, dry_run=dry_run, settings=build(register, topic))


@app.command(epilog="Example: `comity show 'Anchorage, AK' --as-of 2025-06-01`")
def show(
    entity: Annotated[str, typer.Argument(help="A name with its state, or an id.")],
    as_of: AsOf = None,
    known: Known = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Show an entity's dossier: a plain status line for each matter, then the evidence."""
    _run("register:show", json, name=entity, as_of=as_of, known=known, settings=build(register))


@app.command(epilog="Example: `comity compare one.txt two.txt --published 2025-05-30`")
def compare(
    paths: Paths = None,
    about: Annotated[str | None, typer.Option("--about", help="Compare what the register holds of an entity.")] = None,
    since: Since = None,
    html: Annotated[
        str | None, typer.Option("--html", help="Write one self-contained HTML file, and print its name.")
    ] = None,
    manifest: Manifest = None,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    home_state: HomeState = None,
    topic: Topic = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Compare accounts of one matter: facts down, accounts across."""
    given = _given(published, publisher, url, home_state)
    chosen = {"about": about, "since": since, "html": html}
    settings = build(register, topic)
    _run("comparing:compare", json, paths=paths, manifest=manifest, given=given, chosen=chosen, settings=settings)


@app.command(epilog="Example: `comity resolve 'Martinsville County' --state VA`")
def resolve(
    name: Annotated[str | None, typer.Argument(help="A name as printed.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="The state it lies in.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="state, county, place, school_district, agency, …")] = None,
    csv: Annotated[str | None, typer.Option("--csv", help="Resolve a column of a CSV file.")] = None,
    column: Annotated[str | None, typer.Option("--column", help="The column with the names.")] = None,
    state_column: Annotated[str | None, typer.Option("--state-column", help="The column with the states.")] = None,
    json: Json = False,
) -> None:
    """Say which entity a name means, which others it could mean, and why."""
    table = {"csv": csv, "column": column, "state_column": state_column}
    _run("resolving:resolve", json, name=name, state=state, kind=kind, table=table)


ListName = Annotated[str, typer.Argument(help="A list's name, or the path of its YAML file.", metavar="NAME")]


@lists.command("add", epilog="Example: `comity list add us-287g-participating captures/*/participating*.xlsx`")
def list_add(
    name: ListName,
    paths: Annotated[list[str] | None, typer.Argument(help="Workbooks or CSV files, in any order.")] = None,
    manifest: Manifest = None,
    published: Published = None,
    url: Url = None,
    dry_run: DryRun = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """Record editions of a list, in the order of their capture. Safe to repeat."""
    given = {"published": published, "url": url}
    work = "previewing:edition" if dry_run else "lists:add"
    _run(work, json, name=name, paths=paths or [], manifest=manifest, given=given, settings=build(register))


@lists.command("reread", epilog="Example: `comity list reread dhs-sanctuary --dry-run`")
def list_reread(
    name: ListName,
    dry_run: DryRun = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """Read a list's recorded editions again as it is described now: tell what that changes, and record it."""
    _run("rereading:reread_list", json, name=name, dry_run=dry_run, settings=build(register))


@lists.command("diff", epilog="Example: `comity list diff us-287g-participating old.xlsx new.xlsx`")
def list_diff(
    name: ListName,
    old: Annotated[str, typer.Argument(help="The older edition.")],
    new: Annotated[str, typer.Argument(help="The newer edition.")],
    later: Annotated[
        list[str] | None, typer.Option("--later", help="A still later edition, to prove a departure; may be repeated.")
    ] = None,
    json: Json = False,
) -> None:
    """Say what changed between two editions. Touches no register."""
    _run("lists:diff", json, name=name, old=old, new=new, later=later)


@lists.command("show", epilog="Example: `comity list show us-287g-pending --as-of 2025-06-01`")
def list_show(
    name: ListName, as_of: AsOf = None, known: Known = None, register: Register = None, json: Json = False
) -> None:
    """Show a list as it stood on a day: its rows as printed, and whom they mean."""
    _run("lists:show", json, name=name, as_of=as_of, known=known, settings=build(register))


@lists.command("changes", epilog="Example: `comity list changes us-287g-participating --since 2025-06-01`")
def list_changes(
    name: ListName,
    since: Since = None,
    as_of: AsOf = None,
    known: Known = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Say edition by edition who joined, left, was renamed, reassigned, amended, relisted or doubled."""
    _run("lists:changes", json, name=name, since=since, as_of=as_of, known=known, settings=build(register))


@lists.command(
    "withdraw",
    epilog="Example: `comity list withdraw dhs-sanctuary --date 2025-06-01 --evidence https://example.org/x`",
)
def list_withdraw(
    name: ListName,
    date: Annotated[str, typer.Option("--date", help="The day on which the list was gone.")],
    evidence: Annotated[str, typer.Option("--evidence", help="What shows it: a path or a URL.")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Record that a list was taken back as a whole: what it said ends on that day."""
    _run("lists:withdraw", json, name=name, date=date, evidence=evidence, settings=build(register))


@app.command(epilog="Example: `comity changes --since 2025-06-01`")
def changes(
    since: Since = None,
    learned_since: Annotated[
        str | None, typer.Option("--learned-since", help="What the register learned from this day on.")
    ] = None,
    as_of: AsOf = None,
    known: Known = None,
    feed: Annotated[str | None, typer.Option("--feed", help="As a feed: json (JSON Feed 1.1) or atom.")] = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Say what joined, left, began, ended, was corrected, taken back or newly disputed, with before and after."""
    asked = {"since": since, "learned_since": learned_since, "as_of": as_of, "known": known}
    _run("changes:changes", json, asked=asked, feed=feed, settings=build(register))


@app.command(epilog="Example: `comity conflicts 'Anchorage, AK'`")
def conflicts(
    entity: Annotated[str | None, typer.Argument(help="A name with its state, or an id; else all.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Show where accounts of one matter differ: each side with its sentences."""
    _run("changes:conflicts", json, name=entity, as_of=as_of, known=known, settings=build(register))


@app.command(epilog="Example: `comity export --format csv --output register-as-csv`")
def export(
    format: Annotated[str, typer.Option("--format", help="csv, jsonl, parquet, geojson or ftm (FollowTheMoney).")],
    output: Annotated[
        str | None,
        typer.Option("--output", help="A folder (all tables and datapackage.json), or a file (the statements)."),
    ] = None,
    as_of: AsOf = None,
    known: Known = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Write the register as files that others' tools open: the same bytes for the same register."""
    _run("exporting:export", json, format=format, to=output, as_of=as_of, known=known, settings=build(register))


@app.command(epilog="Example: `comity verify --register comity.db`")
def verify(register: Register = None, json: Json = False) -> None:
    """Recompute bytes, texts, spans, ids and the log's chain; name the first thing that doesn't hold."""
    _run("register:verify", json, settings=build(register))


@app.command(epilog="Example: `comity serve --demo`")
def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Serve the bundled sample, on a temporary register.")] = False,
    host: Annotated[str, typer.Option("--host", help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on; 0 for any that is free.")] = 8000,
    address: Annotated[
        str, typer.Option("--address", help="The site's public root, for feeds and citations. Else as it was asked.")
    ] = "",
    contact: Annotated[
        str, typer.Option("--contact", help="Where to write about a record: an e-mail address or a URL.")
    ] = "",
    rate: Annotated[
        float, typer.Option("--rate", help="Requests a second that one client may make for long; 0 for no bound.")
    ] = 50.0,
    private: Annotated[
        bool, typer.Option("--private", help="Show nothing to who has not signed in: no public reading.")
    ] = False,
    webhook_network: Annotated[
        list[str] | None,
        typer.Option("--webhook-network", help="Tell webhooks in this network, too, though it is private: 10.0.0.0/8."),
    ] = None,
    workers: Annotated[
        int,
        typer.Option("--workers", min=0, max=64, help="Processes beside this one that make pages: as many as cores."),
    ] = 0,
    topic: Topic = None,
    register: Register = None,
) -> None:
    """Serve a register as public pages and a reading API, on this machine unless told otherwise."""
    settings = build(register, topic)
    shown = {
        "address": address,
        "contact": contact,
        "rate": rate,
        "private": private,
        "networks": webhook_network or [],
        "workers": workers,
    }
    _run("serving:serve", settings=settings, given=register is not None, demo=demo, host=host, port=port, shown=shown)


@app.command(epilog="Example: `comity mcp --register comity.db`")
def mcp(
    address: Annotated[
        str, typer.Option("--address", help="The public root of the register's site, for addresses in answers.")
    ] = "",
    topic: Topic = None,
    register: Register = None,
) -> None:
    """Serve a register to a language model's program (Model Context Protocol, over standard input and output)."""
    _run("asking:mcp", settings=build(register, topic), address=address)


@app.command(epilog="Example: `comity proof st-3f2a9c41 --output proof.json`")
def proof(
    statement: Annotated[str | None, typer.Argument(help="A statement's id, or a prefix that fits only one.")] = None,
    output: Annotated[str | None, typer.Option("--output", help="Write it to this file.")] = None,
    check: Annotated[str | None, typer.Option("--check", help="Check this proof; needs no register.")] = None,
    captured: Annotated[str | None, typer.Option("--bytes", help="With --check: the captured bytes.")] = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Write a proof of one statement that holds on its own, or check one with nothing but the captured bytes."""
    if check is not None:
        _run("proving:check", json, file=check, captured=captured)
    else:
        _run("proving:proof", json, statement=statement, to=output, settings=build(register))


@app.command(epilog="Example: `comity backup /mnt/elsewhere/comity.db`")
def backup(
    file: Annotated[str, typer.Argument(help="A file that isn't there yet.")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Copy a register with its captured bytes, whoever writes meanwhile, and verify the copy."""
    _run("proving:backup", json, to=file, settings=build(register))


@app.command(epilog="Example: `comity seal sha256:3f2a9c41 --ground court --reason 'order of 2026-01-05'`")
def seal(
    document: Annotated[str, typer.Argument(help="The document's id, or a prefix that fits only one.")],
    ground: Annotated[str, typer.Option("--ground", help="court, takedown or privacy.")],
    reason: Annotated[str, typer.Option("--reason", help="Which order or request; it stays on the record.")],
    author: Annotated[str | None, typer.Option("--author", help="Who seals it; else the user's name.")] = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Take a document's text and bytes off on a recorded ground. Its hashes stay; it can't be undone."""
    given = {"document": document, "ground": ground, "reason": reason, "author": author}
    _run("proving:seal", json, **given, settings=build(register))


@app.command(epilog="Example: `comity version`")
def version(json: Json = False) -> None:
    """Print the version, the topic's vocabulary and the reader."""
    _run("reading:version", json)


def main(arguments: list[str] | None = None) -> None:
    """The console script. A call that can't be understood is one line, too, with the exit code 2."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(words, prog_name="comity", standalone_mode=False)
    except TyperException as error:
        message = getattr(error, "message", "") or str(error)
        if message:  # without one, the help that was asked for by naming no command is already there
            context = getattr(error, "ctx", None)
            call = context.command_path if context is not None else "comity"
            wrong = UsageError(message.rstrip("."), hint=f"{call} --help shows how")
            import_module("comity.interfaces.output").report(wrong, "--json" in words)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
