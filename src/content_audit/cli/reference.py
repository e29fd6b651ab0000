"""The commands that tell of the tool itself: `explain`, `rules` and `init`."""

from pathlib import Path

import click

from content_audit.cli.options import fail


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Print a rule's page: why it exists, what its fix does, and examples."""
    from content_audit.pages import page

    text = page(code)
    if text is None:
        fail(f"no rule {code!r}; `content-audit rules` lists them")
    click.echo(text, nl=False)


@click.command()
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", show_default=True)
def rules(output_format: str) -> None:
    """List the rules."""
    from content_audit.pages import catalogue_json, catalogue_text

    click.echo(catalogue_json() if output_format == "json" else catalogue_text(), nl=False)


@click.command()
def init() -> None:
    """Write a commented content-audit.toml to start from."""
    from content_audit.pages import starter_config

    target = Path("content-audit.toml")
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(starter_config())
    except FileExistsError:
        fail(f"{target} is there already")
    except OSError as error:
        fail(f"{target}: {error.strerror}")
    click.echo(f"{target} written.")
