"""What is no date: the rules' conditions on the text around a mention."""

import polars as pl

from flows.normalise.dates.rules import CONDITIONS


def apply_conditions(mentions: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Drop mentions whose rule asks for other text before or after them.

    Args:
        mentions: `rule_no`, `before`, `after`.
        table: the rules with their conditions (Rust regexes, null where there is none).
    """
    conditional = table.filter(pl.any_horizontal(pl.col(*CONDITIONS).is_not_null()))
    parts = [mentions.join(conditional.select("rule_no"), on="rule_no", how="anti").lazy()]
    concerned = mentions.join(conditional.select("rule_no"), on="rule_no", how="semi")
    by_rule = concerned.partition_by("rule_no", as_dict=True)
    for rule_no, *patterns in zip(*conditional.select("rule_no", *CONDITIONS), strict=True):
        holds = [
            pl.col(name.removeprefix("not_")).str.contains(pattern) ^ name.startswith("not_")
            for name, pattern in zip(CONDITIONS, patterns, strict=True)
            if pattern
        ]
        if (rule_no,) in by_rule:
            parts.append(by_rule[rule_no,].lazy().filter(*holds))
    return pl.concat(pl.collect_all(parts, engine="in-memory"))
