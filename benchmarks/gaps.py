"""Do the gap rules find what is there, and nothing else? Planted gaps and near misses, and the time of all rules.

python benchmarks/gaps.py          precision and recall of every rule over planted programmes
python benchmarks/gaps.py --size   500 organisations with 40 duties each over 5 000 objects and 10 years

Every programme begins clean: goals with four indicators and two activities, each with its own named organisation, all
measured, all reported. A plant changes one goal in one way, so that exactly one gap is there; a near miss changes it
almost as much, and nothing is to be found. Plants of G8 include comments that a person would read otherwise: a denial,
and a subject told in other words.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.catalogue.programme import Programme
from samlad.foundation import schema
from samlad.publish import gap_rules, publishing
from samlad.submissions.submission_reader import Submissions
from tests.rows import periods, programme, table

Row = dict[str, Any]
Found = tuple[str, str]
"""A rule and the object it is about."""

KINDS = ("nara_relation", "heder", "prostitution_manniskohandel", "sexuellt_vald")
CARRIED = 10
"""Duties of each of the organisations that make up the top tenth and report everything, so that G15 has a measure."""

RULES = tuple(f"G{number}" for number in range(1, 17))


@dataclass
class World:
    """A programme being made: its rows, its reports, and the gaps that are truly there."""

    pick: random.Random
    last_year: int = 2025
    years: int = 5
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    silent: set[tuple[str, str, int]] = field(default_factory=set)
    late_only: set[tuple[str, str, int]] = field(default_factory=set)
    comments: dict[tuple[str, str, int], str] = field(default_factory=dict)
    others: list[Row] = field(default_factory=list)
    truth: set[Found] = field(default_factory=set)
    near: set[Found] = field(default_factory=set)

    @property
    def first_year(self) -> int:
        """The first year that asks for reports."""
        return self.last_year - self.years + 1

    @property
    def as_of(self) -> date:
        """A day when the whole of the last year is due."""
        return date(self.last_year + 1, 3, 1)

    def word(self) -> str:
        """A word nobody else uses."""
        return "ämne" + "".join(self.pick.choice("bdfgklmnprstv") + self.pick.choice("aeiouyåäö") for _ in range(5))

    def organisation(self, **cells: Any) -> str:
        """A new organisation."""
        name = f"N{len(self.rows['organisations'])}"
        self.rows["organisations"].append(
            {"organisation_id": name, "name": f"Nämnd {name}", "short_name": name, "kind": "facknamnd", **cells}
        )
        return name

    def indicator(self, goal: str, owner: str | None, **cells: Any) -> str:
        """A new indicator of a goal, with an owner or without."""
        name = f"{goal}-I{len(self.rows['indicators'])}"
        said = self.word()
        self.rows["indicators"].append(
            {"indicator_id": name, "goal_id": goal, "name": said, "short_name": said, "provider": "own", **cells}
        )
        if owner:
            self.duty("indicator", name, owner)
        return name

    def activity(self, goal: str, owner: str | None, *measured_by: str, **cells: Any) -> str:
        """A new activity of a goal, with what measures it."""
        name = f"{goal}-A{len(self.rows['activities'])}"
        self.rows["activities"].append({"activity_id": name, "goal_id": goal, "title": f"Aktivitet {name}", **cells})
        self.rows["activity_indicators"] += [{"activity_id": name, "indicator_id": one} for one in measured_by]
        if owner:
            self.duty("activity", name, owner)
        return name

    def duty(self, kind: str, name: str, owner: str | None = None, **cells: Any) -> None:
        """A new duty, named or of a group."""
        self.rows["responsibilities"].append(
            {"object_type": kind, "object_id": name, "organisation_id": owner, "valid_from": None, **cells}
        )

    def change(self, kind: str, key: str, name: str, **cells: Any) -> None:
        """Change one row of a catalogue table."""
        next(row for row in self.rows[kind] if row[key] == name).update(cells)


@dataclass(frozen=True)
class Goal:
    """A clean goal: four indicators with an owner each, and two activities that the first two measure."""

    goal_id: str
    owners: tuple[str, ...]
    indicators: tuple[str, ...]
    activities: tuple[str, ...]


def clean_goal(world: World) -> Goal:
    """A goal with nothing wrong."""
    goal_id = f"M{len(world.rows['goals'])}"
    world.rows["goals"].append({"goal_id": goal_id, "number": len(world.rows["goals"]) + 1, "programme_id": "P"})
    owners = tuple(world.organisation() for _ in range(4))
    indicators = tuple(world.indicator(goal_id, owner) for owner in owners)
    world.change("indicators", "indicator_id", indicators[0], violence_types=" ".join(KINDS[:3]))
    activities = tuple(world.activity(goal_id, owners[at], indicators[at]) for at in range(2))
    world.change("activities", "activity_id", activities[1], violence_types=KINDS[3])
    return Goal(goal_id, owners, indicators, activities)


Plant = Callable[[World, Goal, int], str]
"""Changes a clean goal in one way and returns the id of the object it is about; the number chooses the variety."""


def ownerless(kind: str) -> tuple[Plant, Plant]:
    """G1 and G2."""

    def new(world: World, goal: Goal, **cells: Any) -> str:
        if kind == "activity":
            return world.activity(goal.goal_id, None, **cells)
        return world.indicator(goal.goal_id, None, **cells)

    def true(world: World, goal: Goal, number: int) -> str:
        name = new(world, goal)
        match number % 5:
            case 1:
                world.duty(kind, name, goal.owners[0], role="berord")
            case 2:
                world.duty(kind, name, goal.owners[0], status="proposed")
            case 3:
                world.duty(kind, name, goal.owners[0], valid_to=date(world.last_year - 1, 5, 31))
            case 4:
                world.duty(kind, name, group_id="tom")
        return name

    def near(world: World, goal: Goal, number: int) -> str:
        ended = {"valid_to": date(world.last_year, 6, 30)}
        name = new(world, goal, **(ended if number % 3 == 0 else {}))
        if kind == "indicator" and number % 3 == 0:
            world.change("indicators", "indicator_id", name, replaced_by=goal.indicators[0])
        if number % 3 == 1:
            world.duty(kind, name, group_id="alla")
        if number % 3 == 2:
            world.duty(kind, name, goal.owners[0], role="delansvarig")
        return name

    return true, near


def true_g3(world: World, goal: Goal, number: int) -> str:
    """Two or three named, nobody leads."""
    name = world.activity(goal.goal_id, goal.owners[0])
    world.duty("activity", name, goal.owners[1], role="ansvarig" if number % 2 else "delansvarig")
    if number % 3 == 0:
        world.duty("activity", name, goal.owners[2])
    return name


def near_g3(world: World, goal: Goal, number: int) -> str:
    """One leads, or the other is a group, concerned, proposed or gone."""
    name = world.activity(goal.goal_id, goal.owners[0])
    match number % 5:
        case 0:
            world.duty("activity", name, goal.owners[1], role="huvudansvarig")
        case 1:
            world.duty("activity", name, group_id="alla")
        case 2:
            world.duty("activity", name, goal.owners[1], role="berord")
        case 3:
            world.duty("activity", name, goal.owners[1], status="proposed")
        case 4:
            world.duty("activity", name, goal.owners[1], valid_to=date(world.last_year, 6, 30))
    return name


def true_g4(world: World, goal: Goal, number: int) -> str:
    """Never a report, whether one year was asked for or all."""
    cells = {"valid_from": date(world.last_year - 1, 2, 1)} if number % 2 else {}
    name = world.indicator(goal.goal_id, goal.owners[0], **cells)
    _silence(world, goal.owners[0], name, range(world.first_year, world.last_year + 1))
    return name


def near_g4(world: World, goal: Goal, number: int) -> str:
    """One report long ago; or nothing asked for yet."""
    if number % 2:
        name = world.indicator(goal.goal_id, goal.owners[0], valid_from=date(world.last_year, 12, 31), periods="T1")
    else:
        name = world.indicator(goal.goal_id, goal.owners[0])
        _silence(world, goal.owners[0], name, range(world.first_year + 1, world.last_year + 1))
    return name


def true_g5(world: World, goal: Goal, number: int) -> str:
    """All years but the last."""
    kind = number % 2
    name = (world.activity if kind else world.indicator)(goal.goal_id, goal.owners[0])
    _silence(world, goal.owners[0], name, [world.last_year])
    return name


def near_g5(world: World, goal: Goal, number: int) -> str:
    """Neither of the last two years; or an early period of the last year came."""
    if number % 2:
        name = world.activity(goal.goal_id, goal.owners[0])
        world.late_only.add((goal.owners[0], name, world.last_year))
    else:
        name = world.indicator(goal.goal_id, goal.owners[0])
        _silence(world, goal.owners[0], name, [world.last_year - 1, world.last_year])
    return name


def true_g6(world: World, goal: Goal, number: int) -> str:
    """The activity without its indicator, or the indicator without its activity."""
    if number % 2:
        world.late_only.add((goal.owners[0], goal.activities[0], world.last_year))
        return goal.activities[0]
    _silence(world, goal.owners[0], goal.indicators[0], [world.last_year - 1, world.last_year])
    return goal.indicators[0]


def near_g6(world: World, goal: Goal, number: int) -> str:
    """Both are missing; or an indicator that no activity of the same organisation is measured by."""
    if number % 2:
        _silence(world, goal.owners[2], goal.indicators[2], [world.last_year - 1, world.last_year])
        return goal.indicators[2]
    for name in (goal.indicators[0], goal.activities[0]):
        _silence(world, goal.owners[0], name, [world.last_year - 1, world.last_year])
    return goal.indicators[0]


def true_g7(world: World, goal: Goal, number: int) -> str:
    """Another organisation does the work, or has written that it does; a proposal changes nothing until decided."""
    if number % 2:
        _observe(world, "offers_responsibility", "indicator", goal.indicators[2], goal.owners[3])
        if number % 3 == 0:
            world.duty("indicator", goal.indicators[2], goal.owners[3], status="proposed")
    else:
        world.activity(goal.goal_id, goal.owners[3], goal.indicators[2])
    return goal.indicators[2]


def near_g7(world: World, goal: Goal, number: int) -> str:
    """The other organisation is only concerned; or it answers for the indicator too."""
    match number % 3:
        case 0:
            name = world.activity(goal.goal_id, goal.owners[2], goal.indicators[2])
            world.duty("activity", name, goal.owners[3], role="berord")
        case 1:
            _observe(world, "offers_responsibility", "indicator", goal.indicators[2], goal.owners[2])
        case 2:
            world.activity(goal.goal_id, goal.owners[3], goal.indicators[2])
            world.duty("indicator", goal.indicators[2], goal.owners[3], role="huvudansvarig")
    return goal.indicators[2]


def true_g8(world: World, goal: Goal, number: int) -> str:
    """Somebody else's comment is about the indicator's subject; every fifth in other words."""
    said = next(row["name"] for row in world.rows["indicators"] if row["indicator_id"] == goal.indicators[2])
    words = "i andra ord men samma sak" if number % 5 == 4 else f"{said}{('', 'n', 'r')[number % 3]}"
    world.comments[goal.owners[0], goal.activities[0], world.last_year] = f"Vi arbetar också med {words}."
    return goal.indicators[2]


def near_g8(world: World, goal: Goal, number: int) -> str:
    """The comment is about the own indicator, or about something near; every fifth denies that the work is done."""
    words = {row["indicator_id"]: row["name"] for row in world.rows["indicators"]}
    if number % 5 == 4:
        comment = f"Vi arbetar inte med {words[goal.indicators[2]]}."
    elif number % 2:
        comment = f"Vi arbetar med {words[goal.indicators[0]]}."
    else:
        comment = f"Vi arbetar med {words[goal.indicators[2]][:6]}."
    world.comments[goal.owners[0], goal.activities[0], world.last_year] = comment
    return goal.indicators[2]


def true_g9(world: World, goal: Goal, number: int) -> str:
    """Two of five activities are measured, or fewer."""
    for _ in range(3 + number % 3):
        world.activity(goal.goal_id, goal.owners[0])
    return goal.goal_id


def near_g9(world: World, goal: Goal, number: int) -> str:
    """Half of them are measured, or more."""
    for _ in range(1 + number % 2):
        world.activity(goal.goal_id, goal.owners[0])
    return goal.goal_id


def true_g10(world: World, goal: Goal, number: int) -> str:
    """Half of the indicators are one organisation's or about one subgroup; or somebody has said so."""
    match number % 3:
        case 0:
            for name in goal.indicators[:2]:
                world.change("indicators", "indicator_id", name, subgroup="nyanlända")
        case 1:
            for name in goal.indicators[2:]:
                world.rows["responsibilities"] = [
                    row for row in world.rows["responsibilities"] if row["object_id"] != name
                ]
                world.duty("indicator", name, goal.owners[2])
        case 2:
            kind = "few_indicators" if number % 2 else "narrow_indicator"
            _observe(world, kind, "goal", goal.goal_id, goal.owners[0])
    return goal.goal_id


def near_g10(world: World, goal: Goal, number: int) -> str:
    """One of four; two subgroups with one each; or a group, which is not one organisation."""
    match number % 3:
        case 0:
            world.change("indicators", "indicator_id", goal.indicators[0], subgroup="nyanlända")
        case 1:
            for at, name in enumerate(goal.indicators[:2]):
                world.change("indicators", "indicator_id", name, subgroup=f"grupp {at}")
        case 2:
            for name in goal.indicators[2:]:
                world.rows["responsibilities"] = [
                    row for row in world.rows["responsibilities"] if row["object_id"] != name
                ]
                world.duty("indicator", name, group_id="alla")
    return goal.goal_id


def _lost(world: World, goal: Goal) -> tuple[str, str, str]:
    """An activity whose one organisation has ended, its successor, and one that goes on."""
    day = date(world.last_year - 1, 7, 1)
    gone = world.organisation(valid_to=date(world.last_year - 1, 6, 30))
    heir = world.organisation(valid_from=day)
    world.rows["successions"].append({"predecessor_id": gone, "successor_id": heir, "date": day})
    name = world.activity(goal.goal_id, goal.owners[0])
    world.rows["responsibilities"][-1]["role"] = "huvudansvarig"
    return name, gone, heir


def _merged_again(world: World, heir: str) -> str:
    """The organisation that the heir has become, half a year ago."""
    day = date(world.last_year, 7, 1)
    world.change("organisations", "organisation_id", heir, valid_to=date(world.last_year, 6, 30))
    last = world.organisation(valid_from=day)
    world.rows["successions"].append({"predecessor_id": heir, "successor_id": last, "date": day})
    return last


def true_g11(world: World, goal: Goal, number: int) -> str:
    """A named duty whose organisation is gone, with an heir that did not get it or did not hand it on, or with none."""
    name, gone, heir = _lost(world, goal)
    world.duty("activity", name, gone, role="delansvarig")
    match number % 4:
        case 0:
            world.duty("activity", name, gone, role="ansvarig")
        case 1:
            world.duty("activity", name, heir, status="proposed")
        case 2:
            world.rows["successions"] = [row for row in world.rows["successions"] if row["predecessor_id"] != gone]
        case 3:
            world.duty("activity", name, heir, role="delansvarig")
            _merged_again(world, heir)
    return name


def near_g11(world: World, goal: Goal, number: int) -> str:
    """The heir has it, by name or in a group, and hands it on; or it ended before the organisation did."""
    name, gone, heir = _lost(world, goal)
    match number % 5:
        case 0:
            world.duty("activity", name, gone, role="delansvarig")
            world.duty("activity", name, heir, role="delansvarig")
        case 1:
            world.duty("activity", name, gone, role="delansvarig")
            world.duty("activity", name, group_id="alla")
        case 2:
            world.duty("activity", name, gone, role="delansvarig", valid_to=date(world.last_year - 1, 3, 31))
        case 3:
            for one in (gone, heir, _merged_again(world, heir)):
                world.duty("activity", name, one, role="delansvarig")
        case 4:
            for one in (gone, _merged_again(world, heir)):
                world.duty("activity", name, one, role="delansvarig")
    return name


def true_g12(world: World, goal: Goal, number: int) -> str:
    """Others do the work, and only own units are counted."""
    if number % 3 == 2:
        _observe(world, "external_provider", "organisation", goal.owners[3], goal.owners[3])
        return goal.owners[3]
    world.change("activities", "activity_id", goal.activities[0], provider="both" if number % 3 else "external")
    return goal.indicators[0]


def near_g12(world: World, goal: Goal, number: int) -> str:
    """Both are counted; or the work is the city's own; or an indicator of the organisation counts external units."""
    match number % 4:
        case 0:
            world.change("activities", "activity_id", goal.activities[0], provider="external")
            world.change("indicators", "indicator_id", goal.indicators[0], provider="both")
        case 1:
            world.change("activities", "activity_id", goal.activities[0], provider="own")
        case 2:
            _observe(world, "external_provider", "organisation", goal.owners[3], goal.owners[3])
            world.change("indicators", "indicator_id", goal.indicators[3], provider="external")
            return goal.owners[3]
        case 3:
            world.activity(goal.goal_id, goal.owners[0], *goal.indicators[::3], provider="both")
            world.duty("indicator", goal.indicators[3], goal.owners[0], role="huvudansvarig")
            world.change("indicators", "indicator_id", goal.indicators[3], provider="external")
    return goal.indicators[0]


def true_g13(world: World, goal: Goal, number: int) -> str:
    """Somebody else has handed in another value, or that it does not apply."""
    other: Row = {"numerator": 4, "denominator": 9} if number % 2 else {"missing_reason": "."}
    world.others.append(_told(goal.owners[2], goal.indicators[2], world.last_year, goal.owners[3], **other))
    return goal.indicators[2]


def near_g13(world: World, goal: Goal, number: int) -> str:
    """The same value twice; nothing told; or the same submitter corrects."""
    same: Row = {"numerator": 8, "denominator": 9}
    match number % 3:
        case 0:
            told, by = same, goal.owners[3]
        case 1:
            told, by = {"missing_reason": "-"}, goal.owners[3]
        case _:
            told, by = {"numerator": 5, "denominator": 9}, goal.owners[2]
    year = world.first_year if number % 3 == 1 else world.last_year
    world.others.append(_told(goal.owners[2], goal.indicators[2], year, by, **told))
    return goal.indicators[2]


def true_g14(world: World, goal: Goal, number: int) -> str:
    """The source has ended, or the definition has changed."""
    ended = {"valid_to": date(world.last_year - 1, 12, 31), "ended_note": "ägaren slutade"}
    cells = {"break_year": world.last_year - 1} if number % 2 else ended
    return world.indicator(goal.goal_id, goal.owners[0], **cells)


def near_g14(world: World, goal: Goal, number: int) -> str:
    """Something replaces it; or it lasts to the end; or the new definition begins later."""
    day = date(world.last_year - 1, 12, 31)
    match number % 3:
        case 0:
            cells: Row = {"valid_to": day, "replaced_by": goal.indicators[1]}
        case 1:
            cells = {"valid_to": date(world.last_year, 12, 31)}
        case _:
            cells = {"break_year": world.last_year + 1}
    return world.indicator(goal.goal_id, goal.owners[0], **cells)


def loaded(world: World, goal: Goal, share: int) -> str:
    """An organisation with twenty duties of its own, which reports every year but so many."""
    owner = world.organisation()
    for _ in range(20):
        name = world.indicator(goal.goal_id, goal.owners[0])
        world.rows["responsibilities"][-1]["role"] = "huvudansvarig"
        world.duty("indicator", name, owner, role="delansvarig")
        _silence(world, owner, name, range(world.last_year - share, world.last_year))
    return owner


def true_g15(world: World, goal: Goal, _number: int) -> str:
    """Many duties, few reports."""
    return loaded(world, goal, 2)


def near_g15(world: World, goal: Goal, number: int) -> str:
    """Many duties and all reports; or few reports and few duties."""
    if number % 2:
        return loaded(world, goal, 0)
    owner = world.organisation()
    name = world.indicator(goal.goal_id, goal.owners[0])
    world.rows["responsibilities"][-1]["role"] = "huvudansvarig"
    world.duty("indicator", name, owner, role="delansvarig")
    _silence(world, owner, name, range(world.last_year - 2, world.last_year))
    return owner


def true_g16(world: World, goal: Goal, number: int) -> str:
    """A kind of violence that neither an activity nor an indicator of the goal covers."""
    held = [kind for kind in KINDS[:3] if kind != KINDS[number % 3]]
    world.change("indicators", "indicator_id", goal.indicators[0], violence_types=" ".join(held))
    return goal.goal_id


def near_g16(world: World, goal: Goal, number: int) -> str:
    """The kind is covered by another indicator or activity of the goal; or the catalogue says no kinds there at all."""
    true_g16(world, goal, number)
    match number % 3:
        case 0:
            world.change("activities", "activity_id", goal.activities[0], violence_types=KINDS[number % 3])
        case 1:
            world.change("indicators", "indicator_id", goal.indicators[3], violence_types=KINDS[number % 3])
        case 2:
            world.change("indicators", "indicator_id", goal.indicators[0], violence_types=None)
            world.change("activities", "activity_id", goal.activities[1], violence_types=None)
    return goal.goal_id


PLANTS: dict[str, tuple[Plant, Plant]] = {
    "G1": ownerless("activity"),
    "G2": ownerless("indicator"),
    "G3": (true_g3, near_g3),
    "G4": (true_g4, near_g4),
    "G5": (true_g5, near_g5),
    "G6": (true_g6, near_g6),
    "G7": (true_g7, near_g7),
    "G8": (true_g8, near_g8),
    "G9": (true_g9, near_g9),
    "G10": (true_g10, near_g10),
    "G11": (true_g11, near_g11),
    "G12": (true_g12, near_g12),
    "G13": (true_g13, near_g13),
    "G14": (true_g14, near_g14),
    "G15": (true_g15, near_g15),
    "G16": (true_g16, near_g16),
}


def _silence(world: World, owner: str, name: str, years: Any) -> None:
    world.silent |= {(owner, name, year) for year in years}


def _observe(world: World, kind: str, object_type: str, name: str, by: str) -> None:
    number = len(world.rows["observations"])
    world.rows["observations"].append(
        {
            "observation_id": f"OBS{number}",
            "kind": kind,
            "object_type": object_type,
            "object_id": name,
            "organisation_id": by,
            "text": "Så är det",
        }
    )


def _told(owner: str, name: str, year: int, by: str, **cells: Any) -> Row:
    return {"indicator_id": name, "organisation_id": owner, "year": year, "by": by, "sequence": 2, **cells}


def planted(seed: int, each: int, *, years: int = 5) -> World:
    """A programme with so many plants and near misses of every rule."""
    world = World(random.Random(seed), last_year=2025, years=years)
    world.activity(clean_goal(world).goal_id, world.organisation(), employer_duty=True)
    for rule, (true, near) in PLANTS.items():
        for number in range(each):
            world.truth.add((rule, true(world, clean_goal(world), number + seed * each)))
            world.near.add((rule, near(world, clean_goal(world), number + seed * each)))
    carriers = clean_goal(world)
    for _ in range(len(world.rows["organisations"]) // 8):
        owner = world.organisation()
        for _ in range(CARRIED):
            world.indicator(carriers.goal_id, owner)
    return world


def catalogue(world: World) -> Programme:
    """The programme as publish reads it."""
    names = (
        *("goals", "indicators", "activities", "activity_indicators", "responsibilities", "organisations"),
        *("successions", "observations"),
    )
    tables = {name: table(name, *world.rows[name]) for name in names if world.rows[name]}
    if not world.rows["successions"]:
        tables.pop("successions", None)
    last = date(world.last_year, 12, 31)
    return programme(
        programmes=table("programmes", {"programme_id": "P", "valid_to": last}),
        periods=periods(*range(world.first_year, world.last_year + 1)),
        groups=table("groups", {"group_id": "alla", "kind": "facknamnd"}, {"group_id": "tom", "kind": "moderbolag"}),
        **tables,
    )


def reports(world: World, wanted: pa.Table) -> Submissions:
    """Everything that is asked for, but for what is planted as silent, and what others have handed in."""
    indicators: list[Row] = []
    activities: list[Row] = []
    for row in wanted.to_pylist():
        at = (row["organisation_id"], row["object_id"], row["year"])
        if at in world.silent or (at in world.late_only and row["period"] == "VB"):
            continue
        common = {
            "organisation_id": row["organisation_id"],
            "year": row["year"],
            "period": row["period"],
            "submission_id": f"s-{row['organisation_id']}",
            "sequence": 1,
            "comment": world.comments.get(at),
        }
        if row["object_type"] == "indicator":
            figure = {"indicator_id": row["object_id"], "sex": "total", "numerator": 8, "denominator": 9}
            indicators.append({**common, **figure})
        else:
            activities.append({**common, "activity_id": row["object_id"], "status": "ongoing"})
    for row in world.others:
        submission = f"t-{row['by']}" if row["by"] != row["organisation_id"] else f"s-{row['by']}"
        indicators.append({"period": "VB", "sex": "total", "submission_id": submission, **row})
    filled = {"origin": "own", "source_row": 1, "received_on": world.as_of}
    held = {"indicator_reports": indicators, "activity_reports": activities}
    tables = {
        name: pa.Table.from_pylist([{**filled, **row} for row in rows], _received(name)) for name, rows in held.items()
    }
    return Submissions(
        indicators=tables["indicator_reports"],
        activities=tables["activity_reports"],
        receipts=receipts(world, {row["submission_id"] for row in [*indicators, *activities]}),
        withdrawn=set(),
    )


def receipts(world: World, submissions: set[str]) -> list[Row]:
    """A receipt for each submission, handed in for whom its name says."""
    return [
        {
            "submission_id": one,
            "sequence": number,
            "organisation_id": one.partition("-")[2],
            "year": world.last_year,
            "period": "VB",
            "received_at": f"{world.as_of.isoformat()}T10:00:00+00:00",
            "rows": {"indicators": 1},
        }
        for number, one in enumerate(sorted(submissions), start=1)
    ]


def _received(name: str) -> pa.Schema:
    extra = [pa.field("sequence", pa.int64()), pa.field("received_on", pa.date32())]
    return pa.schema([*schema.TABLES[name].arrow, *extra])


def found_in(world: World, *, with_earlier: bool = False) -> dict[str, pa.Table]:
    """Return the gaps found in a planted programme, through publish's own steps; in earlier years too when asked."""
    held = catalogue(world)
    nothing = Submissions(
        _received("indicator_reports").empty_table(), _received("activity_reports").empty_table(), [], set()
    )
    wanted = publishing.derive(held, nothing, world.as_of)["expected_reports"]
    derived = publishing.derive(held, reports(world, wanted), world.as_of)
    return gap_rules.find({**held.tables, **derived}, world.as_of, with_earlier=with_earlier)


@dataclass
class Score:
    """Score of one rule against planted gaps and near misses."""

    planted: int = 0
    near: int = 0
    right: int = 0
    wrong: list[Found] = field(default_factory=list)
    missed: list[Found] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what it finds, how much is there."""
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much it finds."""
        return self.right / self.planted if self.planted else 1.0


def scored(seeds: range, each: int) -> dict[str, Score]:
    """Every rule's score over programmes of different shapes. Raises AssertionError when a rule does not run."""
    scores = {rule: Score() for rule in RULES}
    for seed in seeds:
        world = planted(seed, each, years=(5, 4, 8, 10)[seed % 4])
        tables = found_in(world)
        broken = [row["broken"] for row in tables["gap_rules"].to_pylist() if row["broken"]]
        assert not broken, broken
        found = {
            (row["rule"], row["object_id"]) for row in tables["gaps"].to_pylist() if row["duties"] == gap_rules.DECIDED
        }
        for rule, score in scores.items():
            truth = {one for one in world.truth if one[0] == rule}
            mine = {one for one in found if one[0] == rule}
            score.planted += len(truth)
            score.near += sum(one[0] == rule for one in world.near)
            score.right += len(truth & mine)
            score.wrong += sorted(mine - truth)
            score.missed += sorted(truth - mine)
    return scores


def large(organisations: int = 500, duties: int = 40, objects: int = 5000, years: int = 10) -> dict[str, pa.Table]:
    """A large programme's tables, as the rules take them, with a share of its reports missing."""
    pick = random.Random(7)
    world = World(pick, last_year=2025, years=years)
    for _ in range(50):
        world.rows["goals"].append({"goal_id": f"M{len(world.rows['goals'])}", "number": len(world.rows["goals"]) + 1})
    names = [world.organisation() for _ in range(organisations)]
    for number in range(objects // 2):
        goal = f"M{number % 50}"
        held = world.indicator(goal, None)
        world.activity(goal, None, *([held] if number % 3 else []))
    kinds = [("indicator", row["indicator_id"]) for row in world.rows["indicators"]]
    kinds += [("activity", row["activity_id"]) for row in world.rows["activities"]]
    for name in names:
        for kind, held in pick.sample(kinds, duties):
            world.duty(kind, held, name)
    held_programme = catalogue(world)
    nothing = Submissions(
        _received("indicator_reports").empty_table(), _received("activity_reports").empty_table(), [], set()
    )
    wanted = publishing.derive(held_programme, nothing, world.as_of)["expected_reports"]
    for row in wanted.to_pylist():
        if pick.random() < 0.1:
            world.silent.add((row["organisation_id"], row["object_id"], row["year"]))
    return {**held_programme.tables, **publishing.derive(held_programme, reports(world, wanted), world.as_of)}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=4)
    parser.add_argument("--each", type=int, default=6, help="plants and near misses of each rule in each programme")
    parser.add_argument("--size", action="store_true")
    chosen = parser.parse_args()
    if chosen.size:
        tables = large()
        began = time.process_time()
        found = gap_rules.find(tables, date(2026, 3, 1))
        took = time.process_time() - began
        broken = [row["broken"] for row in found["gap_rules"].to_pylist() if row["broken"]]
        print(
            f"500 organisations, {tables['responsibilities'].num_rows} duties, {tables['expected_reports'].num_rows} "
            f"expected reports: {found['gaps'].num_rows} gaps in {took:.1f} s of processor time; {len(broken)} broken."
        )
        return bool(broken)
    scores = scored(range(chosen.programmes), chosen.each)
    for rule, score in scores.items():
        print(
            f"{rule:4} {score.planted:3} planted, {score.near:3} near misses: "
            f"precision {score.precision:.2f}, recall {score.recall:.2f}"
            f"{'  wrong: ' + str(score.wrong[:3]) if score.wrong else ''}"
            f"{'  missed: ' + str(score.missed[:3]) if score.missed else ''}"
        )
    return any(score.precision < 1 or score.recall < 1 for rule, score in scores.items() if rule != "G8")


if __name__ == "__main__":
    sys.exit(main())
