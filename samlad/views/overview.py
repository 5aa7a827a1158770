"""What Översikt says: its sentence, its seven rows, its lists. Every figure comes from a query row."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

import pyarrow as pa

from samlad import formats, text
from samlad.views import choose, phrases, show
from samlad.views.choose import Organisation
from samlad.views.show import Html, Row, Shown

TRIED, UNTRIED = ("missed", "insufficient"), ("no_target", "missing", "protected", "not_applicable")
DRAWN = ("done", "ongoing", "delayed", "cancelled")


def title(year: int, organisation: Organisation) -> str:
    """The page's title, naming the selection."""
    return f"Översikt {year}: {_whose(organisation)}"


def _whose(organisation: Organisation) -> str:
    return text.WHOLE_CITY.lower() if organisation.is_city else organisation.name


def nothing_to_show(goals: pa.Table, indicators: pa.Table) -> bool:
    """Whether the selection has no indicator, no activity and nothing to report."""
    sums = _sums(goals)
    return not (indicators.num_rows or sums["activities"] or sums["expected"])


def why_nothing(year: int, organisation: Organisation) -> str:
    """Why there is nothing to show for the selection, and what to do."""
    if organisation.is_city:
        return f"Programmet har inga indikatorer eller aktiviteter {year}. Välj ett annat år."
    if organisation.existed(year):
        return f"{organisation.name} har inga indikatorer eller aktiviteter att svara för {year}."
    became = f" Den gick upp i {organisation.successor}." if organisation.successor else ""
    return (
        f"{organisation.name} fanns inte den 31 december {year}.{became} Välj ett annat år eller en annan organisation."
    )


def sentence(goals: pa.Table, year: int, organisation: Organisation) -> str:
    """How it goes, in one or two sentences, added up from the rows of the goals."""
    sums = _sums(goals)
    followed, said = sums["indicators"], []
    if followed and sums["missing"] == followed:
        said.append(f"Inga utfall har rapporterats för {year}.")
    elif followed:
        owner = "" if organisation.is_city else f"{text.genitive(organisation.name)} "
        reached = (
            f"{formats.number(sums['met'])} av {owner}{formats.number(followed)} "
            f"{text.counted('indikatorer', followed)} nådde årsmålet för {year}"
        )
        said.append(f"{text.listed([reached, *_told(sums, TRIED)])}.")
        untried = _told(sums, UNTRIED)
        if untried:
            left = sum(sums[key] for key in UNTRIED)
            said.append(f"{formats.number(left)} prövas inte mot något årsmål: {text.listed(untried)}.")
    if sums["expected"]:
        share = formats.percent(sums["received"] / sums["expected"])
        asked = text.PERIODS[goals.column("period")[0].as_py()]
        said.append(f"{share} av rapporterna för {asked} {year} har kommit.")
    return " ".join(said) or f"Inget har rapporterats för {year}."


def _told(sums: Mapping[str, int], keys: Iterable[str]) -> list[str]:
    counted = text.OUTCOMES_COUNTED
    return [f"{formats.number(sums[key])} {counted[key][sums[key] > 1]}" for key in keys if sums[key]]


def _sums(goals: pa.Table) -> dict[str, int]:
    names = [field.name for field in goals.schema if pa.types.is_integer(field.type) and field.name != "number"]
    return {name: sum(goals.column(name).to_pylist()) for name in names}


def goal_table(goals: pa.Table, year: int, organisation: Organisation) -> Shown:
    """One row a goal, in the programme's order."""
    sums = _sums(goals)
    marks = "".join(
        f'<span class="mark {key}"><i aria-hidden="true">{mark}</i>&nbsp;{words}</span>'
        for key, (mark, words) in text.OUTCOMES.items()
        if sums[key]
    )
    return Shown(
        caption=f"Programmets mål {year}, {_whose(organisation)}",
        is_example=_all_example(goals),
        columns=("Mål", "Indikatorer mot årsmål", "Aktiviteter", "Rapporterat", "Täckning", "Bedömning"),
        rows=[
            Row(
                (
                    _goal(row, goals),
                    _marks(row),
                    _activities(row),
                    _reported(row),
                    _cover(row),
                    _assessment(row, organisation),
                )
            )
            for row in goals.to_pylist()
        ],
        notes=(
            Html(marks),
            "Täckning: aktiviteter som minst en indikator mäter. Bedömning: vad människor har bedömt, inte uträknat.",
        ),
    )


def _all_example(rows: pa.Table) -> bool:
    return set(rows.column("origin").to_pylist()) == {"example"}


def _name(words: str, row: Mapping[str, Any], among: pa.Table) -> Html:
    return Html(f"{escape(words)}{show.example_mark(row['origin'] == 'example' and not _all_example(among))}")


def _goal(row: Mapping[str, Any], goals: pa.Table) -> Html:
    at = choose.address("mal", mal=choose.goal_name(row["number"], row["short_title"]))
    named = f'<a href="{escape(at, quote=True)}" target="_self">{_name(row["short_title"], row, goals)}</a>'
    return Html(f"{row['number']}&ensp;{named}")


def _marks(row: Mapping[str, Any]) -> Html:
    if not row["indicators"]:
        return Html('<span class="small">inga indikatorer</span>')
    marks = "".join(
        f'<span class="mark {key}" title="{words}"><i aria-hidden="true">{mark}</i>{row[key]}'
        f'<span class="hidden"> {words}, </span></span>'
        for key, (mark, words) in text.OUTCOMES.items()
        if row[key]
    )
    return Html(f'<span class="nowrap">{marks}<span class="small">av {row["indicators"]}</span></span>')


def _activities(row: Mapping[str, Any]) -> Html:
    total = row["activities"]
    if not total:
        return Html('<span class="small">inga aktiviteter</span>')
    drawn = "".join(
        f'<b class="{status}" style="width:{100 * row[status] / total:.1f}%"></b>' for status in DRAWN if row[status]
    )
    others = [
        f"{row[status]} {words[row[status] > 1]}"
        for status, words in text.STATUSES_COUNTED.items()
        if status != "done" and row[status]
    ]
    others += [f"{row['unanswered']} utan svar"] if row["unanswered"] else []
    told = f'<span class="small"> · {", ".join(others)}</span>' if others else ""
    return Html(f'<span class="bar" aria-hidden="true">{drawn}</span>{formats.of(row["done"], total)} genomförda{told}')


def _reported(row: Mapping[str, Any]) -> Html:
    if not row["expected"]:
        return Html('<span class="small">inget att rapportera</span>')
    share = formats.percent(row["received"] / row["expected"])
    return Html(f'{share}<br><span class="small">{formats.of(row["received"], row["expected"])}</span>')


def _cover(row: Mapping[str, Any]) -> Html:
    return Html(formats.of(row["measured_activities"], row["activities"]) if row["activities"] else "–")


def _assessment(row: Mapping[str, Any], organisation: Organisation) -> Html:
    own = text.FULFILLED.get(row["assessment"] or "")
    said = f"uppfylls {own}" if own else '<span class="small">ingen bedömning</span>'
    others = [f"{row[f'assessed_{key}']} {word}" for key, word in text.FULFILLED.items() if row[f"assessed_{key}"]]
    if not organisation.is_city or not others:
        return Html(said)
    return Html(f'{said}<br><span class="small nowrap">nämnderna: {", ".join(others)}</span>')


def indicator_table(indicators: pa.Table, year: int, organisation: Organisation) -> Shown:
    """Every indicator with its figure, its årsmål and how they meet."""
    found = indicators.to_pylist()
    columns = ["Indikator", "Mål", f"Utfall {year}", f"Årsmål {year}", "Mot årsmålet"]
    return Shown(
        caption=f"Alla indikatorer {year}, {_whose(organisation)}",
        is_example=_all_example(indicators),
        columns=[*columns, "Rapporterat av"] if organisation.is_city else columns,
        rows=[Row([_name(row["indicator"], row, indicators), *_indicator_cells(row, organisation)]) for row in found],
        notes=show.reasons_note(row["missing_reason"] for row in found),
    )


def _indicator_cells(row: Mapping[str, Any], organisation: Organisation) -> list[str]:
    shown = [
        formats.number(row["goal_number"]),
        phrases.figure(row),
        phrases.target(row) or "–",
        phrases.outcome(row["outcome"]),
    ]
    if not organisation.is_city:
        return shown
    asked = row["organisations_expected"]
    return [*shown, formats.of(row["organisations_reported"], asked) if asked else "–"]


def attention(indicators: pa.Table, limit: int = 5) -> Sequence[str]:
    """Indicators that did not meet the årsmål: those that have moved the wrong way for certain first, then by name."""
    found = [row for row in indicators.to_pylist() if row["outcome"] == "missed"]
    found.sort(key=lambda row: (row["change"] != "worse", row["indicator"]))
    listed = [
        Html(
            f"{escape(row['indicator'])}{show.example_mark(row['origin'] == 'example')}<br>"
            f'<span class="small">Mål {row["goal_number"]}: {escape(_falls_short(row))}</span>'
        )
        for row in found[:limit]
    ]
    return [*listed, f"… och {len(found) - limit} till i listan nedan"] if len(found) > limit else listed


def why_no_attention(indicators: pa.Table) -> str:
    """What it means that no indicator needs attention."""
    outcomes = indicators.column("outcome").to_pylist()
    return (
        "Ingen indikator missade sitt årsmål." if "met" in outcomes else "Det finns inga utfall att pröva mot årsmål."
    )


def _falls_short(row: Mapping[str, Any]) -> str:
    goes = f" Åt fel håll sedan {row['base_year']}." if row["change"] == "worse" else ""
    return f"{phrases.figure(row)}; årsmålet är {phrases.target(row)}.{goes}"


def missing_title(missing: pa.Table, organisation: Organisation) -> str:
    """What is owed, and by how many."""
    if not organisation.is_city or not missing.num_rows:
        return "Saknas ännu"
    owing = len(set(missing.column("organisation_id").to_pylist()))
    return f"Saknas ännu ({formats.number(owing)} {text.counted('organisationer', owing)})"


def why_none_missing(goals: pa.Table) -> str:
    """What it means that no report is missing."""
    if _sums(goals)["expected"]:
        return "Alla rapporter har kommit."
    return "Inga rapporter väntas: inget har lämnats in än, eller så finns inget beslutat ansvar."


def missing_list(missing: pa.Table, organisation: Organisation, limit: int = 6) -> Sequence[str]:
    """Who owes how many reports; for one organisation, which."""
    rows = missing.to_pylist()
    if organisation.is_city:
        listed = _by_organisation(rows)
    else:
        listed = [f"Mål {row['goal_number']}: {row['object']}{' (försenad)' if row['late'] else ''}" for row in rows]
    return [*listed[:limit], f"… och {len(listed) - limit} till"] if len(listed) > limit else listed


def _by_organisation(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    owed = [(name, list(held)) for name, held in groupby(rows, key=lambda row: row["organisation"])]
    owed.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return [f"{name}: {len(held)} {text.counted('rapporter', len(held))}{_late(held)}" for name, held in owed]


def _late(held: Sequence[Mapping[str, Any]]) -> str:
    late = sum(row["late"] for row in held)
    if late == len(held):
        return " (försenade)" if late > 1 else " (försenad)"
    return f" (varav {late} {'försenade' if late > 1 else 'försenad'})" if late else ""
