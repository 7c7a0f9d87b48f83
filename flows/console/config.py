"""`dateline config`: every setting, its value in force, and where it comes from."""

import os

from pydantic_settings import EnvSettingsSource, TomlConfigSettingsSource
from rich.console import Console
from rich.text import Text

from flows.console.tables import fits, print_rows
from flows.settings import CONFIG_VARIABLE, PREFIX, Settings, config_file, in_force


def config_command(flags: Settings | None) -> int:
    """Print the settings in force; a variable of the environment that sets nothing is named."""
    settings = in_force(flags)
    origins = _origins(flags)
    rows = [
        (Text(name, "bold"), _written(getattr(settings, name)), origins.get(name, "default"), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    console = Console()
    names = ["setting", "value", "from", "meaning"]
    if fits(console, names, rows):
        print_rows(console, names, rows)
    else:
        print_rows(console, ["setting", "value, where it comes from, meaning"], [_below(*row) for row in rows])
    for name in unknown_variables():
        console.print(f"{name} sets nothing: there is no such setting")
    return 0


def _below(name: Text, value: str, origin: str, meaning: str) -> tuple[Text, Text]:
    """A setting with its meaning below its value, for a screen."""
    return name, Text.assemble(value or "-", f"  ({origin})\n", (meaning, "dim"))


def unknown_variables() -> list[str]:
    """Variables of the environment with our prefix that name no setting."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | {CONFIG_VARIABLE}
    return sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)


def _origins(flags: Settings | None) -> dict[str, str]:
    """Where each setting comes from that is not left at its default."""
    found = dict.fromkeys(TomlConfigSettingsSource(Settings, config_file())(), str(config_file()))
    found |= {name: f"{PREFIX}{name}".upper() for name in EnvSettingsSource(Settings)()}
    if flags:
        plain = in_force()
        changed = [name for name in flags.model_fields_set if getattr(flags, name) != getattr(plain, name)]
        found |= dict.fromkeys(changed, "flag")
    return found


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(value)
