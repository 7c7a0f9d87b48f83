"""What is no date: the rules' conditions on the text around a mention."""

import polars as pl

from flows.normalise.dates.rules import CONDITIONS


def apply_conditions(mentions: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Drop mentions whose rule asks for other text before or after them.

    Args:
        mentions: `rule_no`, `is_conditional`, `before`, `after`.
        table: the rules with their conditions (Rust regexes, null where there is none).
    """
    conditional = table.select("rule_no", *CONDITIONS)
    free = mentions.filter(~pl.col("is_conditional"))
    concerned = mentions.filter("is_conditional").sort("rule_no")
    groups = concerned.select(pl.col("rule_no").rle()).unnest("rule_no").rename({"value": "rule_no"})
    first = pl.col("len").cum_sum() - pl.col("len")
    ruled = groups.with_columns(first=first).join(conditional, on="rule_no", how="left", maintain_order="left")
    holds = [
        pl.all_horizontal(
            pl.col(name.removeprefix("not_")).slice(first, length).str.contains(pattern) ^ name.startswith("not_")
            for name, pattern in zip(CONDITIONS, patterns, strict=True)
            if pattern
        )
        .implode()
        .alias(str(rule_no))
        for rule_no, first, length, *patterns in zip(*ruled.select("rule_no", "first", "len", *CONDITIONS), strict=True)
    ]
    if not holds:
        return free
    fits = concerned.select(holds).unpivot(value_name="fits").explode("fits")["fits"]
    return pl.concat([free, concerned.filter(fits)])
