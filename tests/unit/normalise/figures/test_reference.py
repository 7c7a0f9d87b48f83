"""The tables of units and currencies agree with Pint and with CLDR."""

import pytest

from flows.normalise.figures import unit_dimension
from schemas.contract import full_schema
from schemas.figures import DimUnit
from schemas.reference.registry import Reference


def test_every_factor_is_the_one_that_pint_computes(reference: Reference) -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    for row in reference["unit"].drop_nulls("factor").to_dicts():
        base = (registry.Quantity(1, "") * registry.parse_expression(row["pint"])).to_base_units()
        assert row["factor"] == pytest.approx(base.magnitude, rel=1e-11), row["unit"]
        assert row["base_unit"] == str(base.units).replace(" ", ""), row["unit"]


def test_every_currency_has_the_english_name_that_cldr_gives_it(reference: Reference) -> None:
    babel = pytest.importorskip("babel")
    names = babel.Locale("en").currencies
    for row in reference["currency"].to_dicts():
        assert row["code"] == "XXX" or row["name"] == names[row["code"]]


def test_every_name_of_a_unit_or_currency_leads_to_a_known_one(reference: Reference) -> None:
    assert set(reference["unit_name"]["unit"]) <= set(reference["unit"]["unit"])
    assert set(reference["number_suffix"]["unit"].drop_nulls()) <= set(reference["unit"]["unit"])
    codes = set(reference["currency"]["code"])
    assert set(reference["currency_name"]["code"]) | set(reference["currency_area"]["code"]) <= codes
    families = set(reference["currency_name"]["family"].drop_nulls())
    assert set(reference["currency_area"]["family"]) <= families


def test_the_dimension_table_holds_units_currencies_and_people(reference: Reference) -> None:
    units = unit_dimension(reference)
    full_schema(DimUnit).validate(units, lazy=True)
    assert {"kilometer", "percent", "USD", "DEM", "person"} <= set(units["unit"])
    assert units["unit"].is_unique().all()
