"""An entity-relation diagram as SVG: boxes in columns, and for each table that is named one line that all links join.

Lines run between the columns of boxes in lanes, one for each column that is named, and cross a column of boxes through
a gap between two of them. Colours come from the page's style.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from schemas.contract import Contract, columns, key, qualified_name
from schemas.relations import Layout, Relation, relations, shown_columns

WIDTH, LINE, HEAD, FOOT, GAP = 196, 17, 26, 6, 40
"""Width of a box; height of a row, of a box's head and foot; height between two boxes: pixels."""
LANE, MARGIN = 13, 26
"""Pixels between two lanes, and beside the outermost."""

Named = tuple[type[Contract], str]
"""A column that links name: what a lane and the gap that it runs through belong to."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A table's place: its column in the layout, top, and the rows it shows; `more` counts the columns it does not."""

    contract: type[Contract]
    column: int
    top: float
    rows: tuple[str, ...]
    more: int

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return HEAD + LINE * (len(self.rows) + bool(self.more)) + FOOT

    def row(self, name: str) -> float:
        """The middle of a row."""
        return self.top + HEAD + LINE * (self.rows.index(name) + 0.5)


@dataclass(slots=True)
class Plan:
    """The layout of a diagram: its boxes, the lanes of each space between columns, and the gaps that are taken."""

    layout: Layout
    boxes: dict[type[Contract], Box] = field(default_factory=dict)
    lanes: dict[int, list[Named]] = field(default_factory=dict)
    crossings: dict[tuple[int, Named], float] = field(default_factory=dict)

    def left(self, column: int) -> float:
        """The left edge of a column of boxes."""
        return self.space(column) + column * WIDTH

    def space(self, column: int) -> float:
        """The width of all spaces before a column of boxes."""
        return sum(2 * MARGIN + LANE * max(len(self.lanes.get(before, [])) - 1, 0) for before in range(column + 1))

    def lane(self, space: int, named: Named) -> float:
        """The place of a lane: the first one lies nearest to the column on its right."""
        return self.left(space) - MARGIN - LANE * self.lanes[space].index(named)

    @property
    def width(self) -> float:
        """The width of the drawing."""
        return self.left(len(self.layout))

    @property
    def height(self) -> float:
        """The height of the drawing."""
        return max(box.top + box.height for box in self.boxes.values()) + GAP


def svg(title: str, layout: Layout) -> str:
    """The diagram; each box leads to the section of its table, whose id is the table's qualified name."""
    plan = _plan(layout)
    lines = "\n".join(_line(plan, relation) for relation in relations(layout))
    boxes = "\n".join(_box(plan, box) for box in plan.boxes.values())
    size = f'viewBox="0 0 {plan.width:.0f} {plan.height:.0f}" width="{plan.width:.0f}" height="{plan.height:.0f}"'
    return f'<svg class="diagram" {size} role="img" aria-label="{escape(title)}">\n{lines}\n{boxes}\n</svg>'


def _plan(layout: Layout) -> Plan:
    plan = Plan(layout)
    heights = [sum(_placed(contract, layout, 0, 0).height + GAP for contract in group) for group in layout]
    for number, group in enumerate(layout):
        top = GAP / 2 + (max(heights) - heights[number]) / 2
        for contract in group:
            plan.boxes[contract] = _placed(contract, layout, number, top)
            top += plan.boxes[contract].height + GAP
    for relation in relations(layout):
        for space in _spaces(plan, relation):
            lanes = plan.lanes.setdefault(space, [])
            if _named(relation) not in lanes:
                lanes.append(_named(relation))
        for column in _crossed(plan, relation):
            plan.crossings.setdefault((column, _named(relation)), _gap(plan, column, relation))
    return plan


def _placed(contract: type[Contract], layout: Layout, column: int, top: float) -> Box:
    rows = tuple(shown.name for shown in shown_columns(contract, layout))
    return Box(contract, column, top, rows, len(columns(contract)) - len(rows))


def _named(relation: Relation) -> Named:
    return relation.target, relation.named


def _spaces(plan: Plan, relation: Relation) -> list[int]:
    """The spaces that a line runs through; space n lies left of column n. Within the first column it goes outside."""
    source, target = plan.boxes[relation.source].column, plan.boxes[relation.target].column
    if source == target:
        return [source if source == 0 else source + 1]
    step = 1 if target > source else -1
    return [column + (step > 0) for column in range(source, target, step)]


def _crossed(plan: Plan, relation: Relation) -> list[int]:
    """The columns of boxes between the two ends."""
    source, target = plan.boxes[relation.source].column, plan.boxes[relation.target].column
    return list(range(min(source, target) + 1, max(source, target)))


def _gap(plan: Plan, column: int, relation: Relation) -> float:
    """The height at which a line crosses a column: in the gap nearest to its ends, beside the lines already there."""
    boxes = [box for box in plan.boxes.values() if box.column == column]
    gaps = [boxes[0].top - GAP / 2, *(box.top + box.height + GAP / 2 for box in boxes)]
    middle = (
        plan.boxes[relation.source].row(relation.column.name) + plan.boxes[relation.target].row(relation.named)
    ) / 2
    nearest: float = min(gaps, key=lambda gap: abs(gap - middle))
    taken = sum(abs(height - nearest) < GAP / 2 for (at, _), height in plan.crossings.items() if at == column)
    return nearest + (7 if taken % 2 else -7) * ((taken + 1) // 2)


def _line(plan: Plan, relation: Relation) -> str:
    path = " L".join(f"{x:.0f},{y:.0f}" for x, y in _points(plan, relation))
    ends = f"{qualified_name(relation.source)} {qualified_name(relation.target)}"
    says = f"{ends.replace(' ', '.' + relation.column.name + ' → ')}.{relation.named}"
    targets = list(dict.fromkeys(found.target for found in relations(plan.layout)))
    kind = f"link to-{targets.index(relation.target)}{'' if relation.total else ' partial'}"
    x, y = list(_points(plan, relation))[-1]
    return (
        f'<g class="{kind}" data-ends="{ends}"><title>{escape(says)}</title>'
        f'<path d="M{path}"/><circle cx="{x:.0f}" cy="{y:.0f}" r="3.5"/></g>'
    )


def _points(plan: Plan, relation: Relation) -> Iterator[Point]:
    """From the row that names to the row named, by the lanes and gaps of the latter."""
    source, target = plan.boxes[relation.source], plan.boxes[relation.target]
    spaces, named = _spaces(plan, relation), _named(relation)
    yield plan.left(source.column) + (WIDTH if spaces[0] > source.column else 0), source.row(relation.column.name)
    height = source.row(relation.column.name)
    for number, space in enumerate(spaces):
        lane = plan.lane(space, named)
        yield lane, height
        crossed = _crossed_after(number, spaces, space)
        height = target.row(relation.named) if crossed is None else plan.crossings[crossed, named]
        yield lane, height
    yield plan.left(target.column) + (WIDTH if spaces[-1] > target.column else 0), height


def _crossed_after(number: int, spaces: list[int], space: int) -> int | None:
    """The column of boxes between a space and the next one of a line; None behind the last."""
    return None if number + 1 == len(spaces) else min(space, spaces[number + 1])


def _box(plan: Plan, box: Box) -> str:
    name, left = qualified_name(box.contract), plan.left(box.column)
    rows = "".join(
        f'<text x="{left + 10:.0f}" y="{box.row(row) + 4:.0f}" class="{_kind(box, row)}">{row}</text>'
        for row in box.rows
    )
    end = box.top + box.height - FOOT - 5
    more = f'<text x="{left + 10:.0f}" y="{end:.0f}" class="more">and {box.more} more</text>' if box.more else ""
    return (
        f'<a href="#{name}" class="box {_group(name)}" data-table="{name}">'
        f'<rect x="{left:.0f}" y="{box.top:.0f}" width="{WIDTH}" height="{box.height:.0f}" rx="5"/>'
        f'<text x="{left + 10:.0f}" y="{box.top + 18:.0f}" class="name">{name.removeprefix("main.")}</text>'
        f"{rows}{more}</a>"
    )


def _kind(box: Box, row: str) -> str:
    return "key" if row in key(box.contract) else "column"


def _group(name: str) -> str:
    """The kind of a table, for its colour: dim, fact, claim, article, etl."""
    return name.removeprefix("main.").replace(".", "_").partition("_")[0]
