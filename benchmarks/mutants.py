"""Mutants: a fixed list of broken guards, each of which a test must catch.

python benchmarks/mutants.py                        every mutant, each with the tests that are to fail
python benchmarks/mutants.py --only luhn late       some, by name
python benchmarks/mutants.py --nice                 at the lowest priority, beside other work

The repository is copied to a temporary folder and broken there, in one place at a time. Tests run unbroken first: what
fails then proves nothing. A fragment must stand exactly once in its file, so that the list follows the code. Prints a
line for each mutant; the exit code is 1 when any survives, or when its tests could not be run.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {
    ".git",
    ".venv",
    "__pycache__",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    "data/example",
}
TEST_FAILED, NOTHING_FAILED = 1, 0
"""Exit codes of pytest; all others say that the tests could not be run."""

LONGEST_SECONDS = 600
TOOK_TOO_LONG = -1
"""Says nothing of the guard: the machine may have been busy, or the run paused."""


@dataclass(frozen=True)
class Mutant:
    """One guard and its broken form: the fragment as it stands in the file, and the tests of which one must fail.

    chosen is a word for pytest's -k; empty for every test of the files.
    """

    name: str
    file: str
    fragment: str
    broken: str
    tests: str
    chosen: str = ""

    def applied(self, source: str) -> str:
        """Return the source with the fragment broken. Raises ValueError unless it stands exactly once."""
        if source.count(self.fragment) != 1:
            raise ValueError(f"{self.name}: the fragment stands {source.count(self.fragment)} times in {self.file}")
        return source.replace(self.fragment, self.broken)

    @property
    def words(self) -> tuple[str, ...]:
        """The test files and the choice among their tests, as pytest takes them."""
        return (*self.tests.split(), *(("-k", self.chosen) if self.chosen else ()))


PROTECTION = (
    Mutant(
        "threshold",
        "samlad/publish/components.py",
        "return numerator < threshold or (",
        "return numerator <= threshold or (",
        "tests/test_protection.py",
        "persons_is_hidden or population_is_public",
    ),
    Mutant(
        "threshold_of_the_others",
        "samlad/publish/components.py",
        "denominator - numerator < threshold)",
        "denominator - numerator <= threshold)",
        "tests/test_protection.py",
        "persons_is_hidden",
    ),
    Mutant(
        "threshold_of_a_denominator",
        "samlad/publish/protection.py",
        "if denominator is not None and denominator < threshold:",
        "if denominator is not None and denominator <= threshold:",
        "tests/test_protection.py",
        "persons_is_hidden",
    ),
    Mutant(
        "secondary_suppression",
        "samlad/publish/protection.py",
        "issued = hide_further(component, safe)",
        "issued: set[Pair] = set()",
        "tests/test_protection.py",
        "hidden_sex_cannot_be_taken or hidden_district_cannot_be_taken",
    ),
    Mutant(
        "gate",
        "samlad/publish/protection.py",
        "raise not_protected(component.cells[index])\n",
        "return\n",
        "tests/test_protection.py",
        "gate_of_a_large_part",
    ),
    Mutant(
        "hidden_place",
        "samlad/publish/edition_tables.py",
        'for column in ("numerator", "value", "forecast", "comment"):',
        'for column in ("numerator", "value", "forecast"):',
        "tests/test_protection.py",
        "forecast_and_comment",
    ),
    Mutant(
        "part_of_a_year",
        "samlad/publish/edition_tables.py",
        'status.get((name, row_id, ""), BOTH_HIDDEN)',
        'status.get((name, row_id, ""), SHOWN)',
        "tests/test_protection.py",
        "whole_year_only or without_counts",
    ),
    Mutant(
        "rest_of_the_sexes",
        "samlad/publish/cell_register.py",
        'self._cell(total, rest, "part", published=False)',
        "pass",
        "tests/test_protection.py",
        "leave_no_small_rest",
    ),
    Mutant(
        "rest_of_a_whole",
        "samlad/publish/cell_register.py",
        "        if left < 0:\n            return\n",
        "        return\n",
        "tests/test_protection.py",
        "left_of_a_whole",
    ),
    Mutant(
        "families",
        "samlad/publish/standing_cells.py",
        "return self.families.get(organisation_id, organisation_id)",
        "return organisation_id",
        "tests/test_protection.py",
        "predecessors_counts",
    ),
    Mutant(
        "insiders",
        "samlad/publish/attacker.py",
        "return [None, *sorted(involved)]",
        "return [None]",
        "tests/test_audit.py",
        "insider or three_families",
    ),
    Mutant(
        "insiders_know_their_own",
        "samlad/publish/possible_ranges.py",
        "own = np.array([atom.family == family for",
        "own = np.array([False for",
        "tests/test_audit.py",
        "insider or three_families",
    ),
    Mutant(
        "width_of_a_range",
        "samlad/publish/attacker.py",
        "if upper - lower > threshold + SMALL or",
        "if upper - lower > threshold - 1 + SMALL or",
        "tests/test_audit.py",
        "range_is_safe",
    ),
    Mutant(
        "range_from_nothing",
        "samlad/publish/attacker.py",
        "(lower <= SMALL and upper >= last)",
        "(lower <= SMALL or upper >= last)",
        "tests/test_audit.py",
        "range_is_safe",
    ),
    Mutant(
        "counts_are_not_negative",
        "samlad/publish/possible_ranges.py",
        "bounds=(0, above(point)),",
        "bounds=(-above(point), above(point)),",
        "tests/test_audit.py",
        "two_hidden_counts_with_their_sum",
    ),
    Mutant(
        "crowd_of_three",
        "samlad/publish/large_components.py",
        "FAMILIES = 3\n",
        "FAMILIES = 2\n",
        "tests/test_protection.py",
        "crowd_is_three",
    ),
    Mutant(
        "crowd_of_known_counts",
        "samlad/publish/large_components.py",
        "if not is_wide(lower, upper, threshold, int(x + rest) if rest < UNBOUNDED else None):",
        "if False:",
        "tests/test_protection.py",
        "crowd_is_three",
    ),
    Mutant(
        "standing_editions",
        "samlad/publish/standing_cells.py",
        "cell.is_fixed = True",
        "cell.is_fixed = False",
        "tests/test_protection.py",
        "an_edition_hides_stays_hidden or an_edition_shows_stays_shown",
    ),
    Mutant(
        "shown_once_is_shown",
        "samlad/publish/standing_cells.py",
        "cell.status = min(cell.status, status) if cell.is_fixed else status",
        "cell.status = max(cell.status, status) if cell.is_fixed else status",
        "tests/test_protection.py",
        "whatever_another_hides",
    ),
    Mutant(
        "ledger_is_there",
        "samlad/warehouse/editions.py",
        '        if not path.is_file():\n            raise SamladError(\n                f"Redogörelsen',
        '        if False:\n            raise SamladError(\n                f"Redogörelsen',
        "tests/test_journal_store.py",
        "ledger_that_is_missing",
    ),
)

PUBLISHING = (
    Mutant(
        "atomic_write",
        "samlad/foundation/store.py",
        "        os.replace(temporary, path)\n    except BaseException:\n        temporary.unlink(missing_ok=True)\n",
        "        os.replace(temporary, path)\n    except BaseException:\n",
        "tests/test_journal_store.py",
        "no_temporary_name",
    ),
    Mutant(
        "private_files",
        "samlad/foundation/store.py",
        "return os.open(path, flags, 0o600)",
        "return os.open(path, flags, 0o666)",
        "tests/test_closed.py",
        "closed_whoever_writes_it",
    ),
    Mutant(
        "ledger_before_the_edition",
        "samlad/publish/publishing.py",
        "    write_ledger(folder, snapshot_id, protected.ledger)\n"
        "    editions.make_current(folder, snapshot_id, without)\n",
        "    editions.make_current(folder, snapshot_id, without)\n"
        "    write_ledger(folder, snapshot_id, protected.ledger)\n",
        "tests/test_faults.py",
        "disk_that_fills and publish",
    ),
    Mutant(
        "hash_of_a_table",
        "samlad/foundation/store.py",
        "    if _confirmed[known] != digest:\n        raise Altered(path)\n",
        "",
        "tests/test_verification.py",
        "altered_table or altered_report",
    ),
    Mutant(
        "seal",
        "samlad/foundation/store.py",
        'if sha256(content).encode("ascii") != stored_hash or opened[-1:]',
        "if opened[-1:]",
        "tests/test_store.py",
        "seal",
    ),
    Mutant(
        "altered_edition_is_mended",
        "samlad/warehouse/editions.py",
        "    except Altered:\n        return False\n    return True",
        "    except Altered:\n        return True\n    return True",
        "tests/test_verification.py",
        "mends_an_altered_edition",
    ),
    Mutant(
        "broken_receipt_stops_publishing",
        "samlad/publish/publishing.py",
        "if received.broken:",
        "if False:",
        "tests/test_verification.py",
        "broken_receipt",
    ),
    Mutant(
        "as_of_to_come",
        "samlad/warehouse/as_of.py",
        "asked > today and not keeps_day",
        "asked < today and not keeps_day",
        "tests/test_time.py",
        "day_to_come",
    ),
    Mutant(
        "as_of_counts_its_day",
        "samlad/warehouse/as_of.py",
        "sum(one > day for one in days)",
        "sum(one >= day for one in days)",
        "tests/test_time.py",
        "told_day_is_kept or leaves_reports_out or exactly_the_number or withdrawn",
    ),
    Mutant(
        "withdrawn_does_not_set_the_day",
        "samlad/warehouse/as_of.py",
        'for one in receipts if one["submission_id"] not in withdrawn]',
        "for one in receipts]",
        "tests/test_time.py",
        "default_day",
    ),
    Mutant(
        "late",
        "queries/publish/expected_reports.sql",
        "expected.due < $as_of as late",
        "expected.due <= $as_of as late",
        "tests/test_publish.py",
        "nothing_is_late_before",
    ),
    Mutant(
        "latest_submission",
        "queries/publish/current_indicators.sql",
        "order by sequence desc, source_row desc",
        "order by received_on desc, source_row desc",
        "tests/test_publish.py",
        "order_of_submissions",
    ),
    Mutant(
        "versions_of_a_hidden_figure",
        "samlad/publish/publishing.py",
        'is_shown = pyarrow.compute.not_equal(pyarrow.compute.fill_null(values["missing_reason"], ""), "..")',
        'is_shown = pyarrow.compute.not_equal(pyarrow.compute.fill_null(values["missing_reason"], ""), "")',
        "tests/test_publish.py",
        "version_of_a_count_of_units or hidden_figure_no_version",
    ),
    Mutant(
        "citys_sum",
        "queries/publish/city_values.sql",
        "else sum(denominator)::bigint end as denominator",
        "else max(denominator)::bigint end as denominator",
        "tests/test_publish.py",
        "city_adds",
    ),
    Mutant(
        "silent_part_of_a_district",
        "queries/publish/division_values.sql",
        "when sexes.sex <> 'other' and coalesce(added.parts_reported, 0) < unions.parts then 'incomplete'",
        "when false then 'incomplete'",
        "tests/test_publish.py",
        "silent_part",
    ),
    Mutant(
        "sum_and_not_mean",
        "queries/publish/division_values.sql",
        "when measure = 'share' and denominator > 0 then numerator / denominator",
        "when measure = 'share' and denominator > 0 then value",
        "tests/test_publish.py",
        "merged_district",
    ),
    Mutant(
        "part_that_is_not_concerned",
        "queries/publish/division_values.sql",
        "count(*) filter (where missing_reason is distinct from '.') as parts,",
        "count(*) as parts,",
        "tests/test_publish.py",
        "not_concerned",
    ),
    Mutant(
        "split_district",
        "queries/publish/year_parts.sql",
        "starts.covers_year and counted.heirs = 1 as whole",
        "starts.covers_year as whole",
        "tests/test_publish.py",
        "split_district",
    ),
)

INTAKE = (
    Mutant(
        "decimal_comma",
        "samlad/submissions/intake/cell_numbers.py",
        'Decimal(digits.replace(",", "."))',
        'Decimal(digits.replace(",", ""))',
        "tests/test_reader.py",
        "number_in_swedish",
    ),
    Mutant(
        "thousands_or_decimals",
        "samlad/submissions/intake/cell_numbers.py",
        "if _EITHER.fullmatch(digits) and not whole:",
        "if False:",
        "tests/test_reader.py",
        "number_in_swedish or not_understood",
    ),
    Mutant(
        "real_minus",
        "samlad/submissions/intake/cell_numbers.py",
        '.replace("−", "-")',
        '.replace("−", "")',
        "tests/test_reader.py",
        "number_in_swedish",
    ),
    Mutant(
        "groups_of_three",
        "samlad/submissions/intake/cell_numbers.py",
        r'r"[+-]?\d{1,3}( \d{3})+(,\d+)?"',
        r'r"[+-]?\d{1,3}( \d{1,3})+(,\d+)?"',
        "tests/test_reader.py",
        "not_understood",
    ),
    Mutant(
        "lost_digits",
        "samlad/submissions/intake/cell_numbers.py",
        "return number if abs(number) < LARGEST else None",
        "return number",
        "tests/test_reader.py",
        "not_understood",
    ),
    Mutant(
        "per_cent",
        "samlad/submissions/intake/answer_row.py",
        "return CellNumber(cell_number.number / 100)",
        "return CellNumber(cell_number.number)",
        "tests/test_reader.py",
        "as_it_is_meant or per_cent",
    ),
    Mutant(
        "per_cent_of_a_count",
        "samlad/submissions/intake/answer_row.py",
        'if cell_number.percent and measure not in ("share", None):',
        "if False:",
        "tests/test_reader.py",
        "not_understood",
    ),
    Mutant(
        "half_a_person",
        "samlad/submissions/intake/answer_row.py",
        "if count is not None and count != count.to_integral_value():",
        "if False:",
        "tests/test_reader.py",
        "not_understood",
    ),
    Mutant(
        "two_denominators",
        "samlad/submissions/intake/answer_row.py",
        "if whole is not None and whole.number != part.part_of:",
        "if False:",
        "tests/test_reader.py",
        "not_understood",
    ),
    Mutant(
        "check_jump",
        "queries/checks/jump.sql",
        "abs(x2 / n2 - x1 / n1) >= 0.1",
        "abs(x2 / n2 - x1 / n1) > 0.0",
        "tests/test_checks.py",
        "near_miss and jump",
    ),
    Mutant(
        "check_jump_of_a_count",
        "queries/checks/jump.sql",
        "1.5 * least(",
        "1.1 * least(",
        "tests/test_checks.py",
        "near_miss and jump",
    ),
    Mutant(
        "check_hundred_times",
        "queries/checks/hundred_times.sql",
        "between 1.8 and 2.2",
        "between 0.8 and 2.2",
        "tests/test_checks.py",
        "near_miss and hundred_times",
    ),
    Mutant(
        "check_share_outside",
        "queries/checks/share_outside.sql",
        "shares.value > 100",
        "shares.value > 1",
        "tests/test_checks.py",
        "near_miss and share_outside",
    ),
    Mutant(
        "check_numerator",
        "queries/checks/numerator_above_denominator.sql",
        "reported.numerator > reported.denominator",
        "reported.numerator >= reported.denominator",
        "tests/test_checks.py",
        "near_miss and numerator_above",
    ),
    Mutant(
        "check_sexes",
        "queries/checks/sexes_above_total.sql",
        "where parts > total",
        "where parts >= total",
        "tests/test_checks.py",
        "near_miss and sexes_above",
    ),
    Mutant(
        "check_status_backwards",
        "queries/checks/status_backwards.sql",
        "steps_now.step < steps_before.step",
        "steps_now.step <= steps_before.step",
        "tests/test_checks.py",
        "near_miss and status_backwards",
    ),
)

PERSONAL_DATA = (
    Mutant(
        "luhn",
        "samlad/foundation/personal_data.py",
        " and luhn.is_valid(digits[-10:])",
        "",
        "tests/test_checks.py",
        "only_looks_like",
    ),
    Mutant(
        "coordination_number",
        "samlad/foundation/personal_data.py",
        "_COORDINATION = 60\n",
        "_COORDINATION = 90\n",
        "tests/test_checks.py",
        "coordination_number",
    ),
    Mutant(
        "phone_number",
        "samlad/foundation/personal_data.py",
        '        "phone_number": holds_phone_number,\n',
        "",
        "tests/test_gate.py",
        "name_of_whoever_writes",
    ),
    Mutant(
        "private_address",
        "samlad/foundation/personal_data.py",
        'match[1].split(".")[-2]',
        'match[1].split(".")[-1]',
        "tests/test_gate.py",
        "every_door_refuses",
    ),
    Mutant(
        "gate_asks_about_names",
        "samlad/journal/text_gate.py",
        "if likely := self.names.likely(text):",
        "if likely := [][:0]:",
        "tests/test_gate.py",
        "asks_about_a_name",
    ),
    Mutant(
        "gate_refuses_numbers",
        "samlad/journal/text_gate.py",
        "if personal_kinds := personal_data.kinds(text):",
        "if personal_kinds := ()[:0]:",
        "tests/test_gate.py",
        "name_of_whoever_writes",
    ),
    Mutant(
        "names_of_persons_are_not_kept",
        "samlad/journal/text_gate.py",
        "    if not is_person:\n        content",
        "    if True:\n        content",
        "tests/test_gate.py",
        "kept_without_the_name",
    ),
)

JUDGEMENT = (
    Mutant(
        "met",
        "samlad/judgement/verdicts.py",
        "return value <= target if",
        "return value < target if",
        "tests/test_verdicts.py",
        "worked_by_hand or same_rule",
    ),
    Mutant(
        "band_on_track",
        "samlad/judgement/verdicts.py",
        "if pace >= ON_TRACK_FROM:",
        "if pace > ON_TRACK_FROM:",
        "tests/test_verdicts.py",
        "worked_by_hand",
    ),
    Mutant(
        "band_too_slow",
        "samlad/judgement/verdicts.py",
        "TOO_SLOW_FROM = 0.60\n",
        "TOO_SLOW_FROM = 0.65\n",
        "tests/test_verdicts.py",
        "worked_by_hand",
    ),
    Mutant(
        "band_far_behind",
        "samlad/judgement/verdicts.py",
        "Mark.FAR_BEHIND if pace >= 0",
        "Mark.FAR_BEHIND if pace > 0",
        "tests/test_verdicts.py",
        "worked_by_hand",
    ),
    Mutant(
        "band_that_the_interval_carries",
        "samlad/judgement/verdicts.py",
        "return low if low is high else Mark.RIGHT_WAY",
        "return low",
        "tests/test_verdicts.py",
        "worked_by_hand or carries_it",
    ),
    Mutant(
        "answers_are_enough",
        "samlad/judgement/verdicts.py",
        'if case.direction == "increase" else (bounds.upper, bounds.lower)',
        'if case.direction != "increase" else (bounds.upper, bounds.lower)',
        "tests/test_verdicts.py",
        "worked_by_hand",
    ),
    Mutant(
        "bounds_of_the_missing",
        "samlad/judgement/facts.py",
        "return Bounds(len(held), x / (n + more), (x + more) / (n + more))",
        "return Bounds(len(held), x / n, (x + more) / (n + more))",
        "tests/test_verdicts.py",
        "what_the_missing_leave",
    ),
    Mutant(
        "break_in_the_base_year",
        "samlad/judgement/facts.py",
        "year < self.break_year <= self.year",
        "year < self.break_year < self.year",
        "tests/test_verdicts.py",
        "up_to_the_year_itself",
    ),
    Mutant(
        "part_of_a_count",
        "samlad/judgement/facts.py",
        "whole is not None and both < whole",
        "whole is not None and both <= whole",
        "tests/test_verdicts.py",
        "worked_by_hand or says_why",
    ),
    Mutant(
        "sign_of_a_change",
        "samlad/judgement/figure_change.py",
        "difference = latest - base",
        "difference = base - latest",
        "tests/test_verdicts.py",
        "interval_of_its_measure or our_forecast",
    ),
    Mutant(
        "rate_is_per",
        "samlad/judgement/figure_change.py",
        "return Interval(self.per * around.lower / n, self.per * around.upper / n)",
        "return Interval(around.lower / n, around.upper / n)",
        "tests/test_verdicts.py",
        "figure_has_the_interval",
    ),
    Mutant(
        "worth_of_one",
        "samlad/judgement/figure_change.py",
        "/ min(counts[1], counts[3])",
        "/ max(counts[1], counts[3])",
        "tests/test_verdicts.py",
        "one_unit_of_the_smaller",
    ),
    Mutant(
        "z_of_99_8",
        "samlad/judgement/statistics.py",
        "Z998 = 3.090232306167813\n",
        "Z998 = 2.576\n",
        "tests/test_statistics.py",
        "trend_limit",
    ),
    Mutant(
        "newcombe",
        "samlad/judgement/statistics.py",
        "math.hypot(share2 - second.lower, first.upper - share1)",
        "math.hypot(share2 - second.lower, share1 - first.lower)",
        "tests/test_macros.py",
        "sql_and_python_agree",
    ),
    Mutant(
        "rate_ratio",
        "samlad/judgement/statistics.py",
        "return Interval(second.lower / first.upper * e1 / e2, upper)",
        "return Interval(second.lower / first.upper * e2 / e1, upper)",
        "tests/test_macros.py",
        "sql_and_python_agree",
    ),
    Mutant(
        "pooled_error",
        "samlad/judgement/statistics.py",
        "math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))",
        "math.sqrt(pooled * (1 - pooled) * (1 / n1))",
        "tests/test_statistics.py",
        "z_scores",
    ),
    Mutant(
        "trend_that_one_year_carries",
        "samlad/judgement/statistics.py",
        "if without_one != {_sign(slope)} or chi2 <= TREND_POSSIBLE:",
        "if chi2 <= TREND_POSSIBLE:",
        "tests/test_statistics.py",
        "one_year_alone",
    ),
    Mutant(
        "exact_below_ten",
        "samlad/judgement/statistics.py",
        "EXACT_BELOW = 10\n",
        "EXACT_BELOW = 9\n",
        "tests/test_statistics.py",
        "exact_below_ten",
    ),
    Mutant(
        "side_of_no_difference",
        "samlad/judgement/comparisons.py",
        'return "higher" if certain.lower > same else "lower"',
        'return "lower" if certain.lower > same else "higher"',
        "tests/test_macros.py",
        "same_word",
    ),
    Mutant(
        "one_unit_of_the_smaller",
        "samlad/judgement/comparisons.py",
        "worth = per / min(denominator, other_denominator)",
        "worth = per / max(denominator, other_denominator)",
        "tests/test_statistics.py",
        "full_count",
    ),
    Mutant(
        "rest_of_the_city",
        "queries/macros.sql",
        "then city_n - n end;",
        "then city_n end;",
        "tests/test_macros.py",
        "rest_of_the_city_is",
    ),
    Mutant(
        "last_day_counts",
        "queries/macros.sql",
        "on_day <= last_valid_day(valid_to);",
        "on_day < last_valid_day(valid_to);",
        "tests/test_macros.py",
        "both_ends_of_validity",
    ),
)

GAPS = (
    Mutant(
        "gap_of_two_without_a_lead",
        "queries/gaps/several_without_lead.sql",
        "having count(*) >= 2 and not",
        "having count(*) >= 1 and not",
        "tests/test_gaps.py",
        "planted_gaps",
    ),
    Mutant(
        "gap_of_a_silent_year",
        "queries/gaps/silent_this_year.sql",
        "where came_last_year and not came_this_year",
        "where not came_this_year",
        "tests/test_gaps.py",
        "planted_gaps",
    ),
    Mutant(
        "gap_of_silence",
        "queries/gaps/always_silent.sql",
        "having not bool_or(received)",
        "having not bool_and(received)",
        "tests/test_gaps.py",
        "planted_gaps",
    ),
    Mutant(
        "gap_of_a_goal_barely_measured",
        "queries/gaps/goal_barely_measured.sql",
        "* 2 < count(*)",
        "* 2 <= count(*)",
        "tests/test_gaps.py",
        "planted_gaps",
    ),
    Mutant(
        "gap_of_work_done_outside",
        "queries/gaps/external_work_uncounted.sql",
        "        and activity.object_id not in (select counted_elsewhere.activity_id from counted_elsewhere)\n",
        "",
        "tests/test_gaps.py",
        "planted_gaps",
    ),
    Mutant(
        "top_tenth",
        "queries/gaps/much_asked_little_reported.sql",
        "ceil(placed.everyone / 10.0)",
        "ceil(placed.everyone / 2.0)",
        "tests/test_gap_rules.py",
        "among_the_tenth",
    ),
    Mutant(
        "proposed_is_not_decided",
        "queries/gaps/views/asking_duties.sql",
        "(status = 'decided' or $with_proposed)",
        "(status = 'decided' or true)",
        "tests/test_gaps.py",
        "proposed_closes",
    ),
    Mutant(
        "due_before_it_is_asked_about",
        "queries/gaps/views/due_reports.sql",
        "on expected_reports.due < standpoint.as_of",
        "on expected_reports.due <= standpoint.as_of",
        "tests/test_gap_rules.py",
        "day_after_it_was_due",
    ),
)

WRITING = (
    Mutant(
        "replaces_nothing",
        "samlad/journal/record_versions.py",
        "if record.replaces is not None:",
        "if record.replaces:",
        "tests/test_heads.py",
        "seen_nothing",
    ),
    Mutant(
        "rivals_by_content",
        "samlad/journal/record_versions.py",
        "for record in unreplaced(records)}",
        "for record in records}",
        "tests/test_heads.py",
        "both_stand_until",
    ),
    Mutant(
        "receipt_last",
        "samlad/submissions/submission_writer.py",
        '    temporary = final.with_name(f".{final.name}.{os.getpid()}.{secrets.token_hex(4)}")\n'
        "    temporary.mkdir()\n",
        "    temporary = final\n    temporary.mkdir()\n"
        '    store.write_json(final / "receipt.json", receipt.as_json())\n',
        "tests/test_submissions.py",
        "until_its_receipt",
    ),
    Mutant(
        "number_is_taken_once",
        "samlad/foundation/store.py",
        "os.O_CREAT | os.O_EXCL | os.O_WRONLY",
        "os.O_CREAT | os.O_WRONLY",
        "tests/test_submissions.py",
        "another_writer_took",
    ),
    Mutant(
        "numbers_in_use",
        "samlad/foundation/store.py",
        "        if in_use is not None:\n",
        "        if False:\n",
        "tests/test_verification.py",
        "lost_folder_of_numbers",
    ),
    Mutant(
        "same_form_twice",
        "samlad/submissions/submission_writer.py",
        "        if earlier is not None:\n            return earlier\n",
        "",
        "tests/test_submissions.py",
        "same_form_sent_twice",
    ),
    Mutant(
        "error_keeps_a_report_out",
        "samlad/submissions/submission_writer.py",
        'if finding.severity == "error"]',
        'if finding.severity == "fault"]',
        "tests/test_submissions.py",
        "error_keeps",
    ),
    Mutant(
        "withdrawn_is_left_out",
        "samlad/submissions/submission_reader.py",
        'receipt["submission_id"] not in withdrawn]',
        'receipt["submission_id"]]',
        "tests/test_submissions.py",
        "withdrawn",
    ),
    Mutant(
        "purge_needs_a_withdrawal",
        "samlad/publish/purges.py",
        'if holding.kind == "submission" and not is_withdrawn:',
        "if False:",
        "tests/test_submissions.py",
        "stands_is_not_purged",
    ),
    Mutant(
        "purge_removes_editions",
        "samlad/publish/purges.py",
        "        _remove(folder, snapshot_id)\n",
        "        pass\n",
        "tests/test_purges.py",
        "after_a_purge_of_a_judgement",
    ),
    Mutant(
        "edition_that_stands_is_kept",
        "samlad/publish/purges.py",
        "if matching[0] in editions.editions(folder):",
        "if False:",
        "tests/test_purges.py",
        "removed_only_when",
    ),
    Mutant(
        "purge_empties_a_submission",
        "samlad/submissions/withdrawals.py",
        "        elif entry != stone:\n            entry.unlink()\n",
        "",
        "tests/test_submissions.py",
        "purge",
    ),
    Mutant(
        "verify_file_that_does_not_belong",
        "samlad/publish/verification.py",
        'if file.name not in _BESIDES and file.name.removesuffix(".parquet") not in tables:',
        "if False:",
        "tests/test_verification.py",
        "does_not_belong",
    ),
    Mutant(
        "verify_reads_anew",
        "samlad/publish/verification.py",
        "if store.file_hash(path) != digest:",
        "if False:",
        "tests/test_verification.py",
        "one_bit_flipped_anywhere",
    ),
    Mutant(
        "verify_one_number_each",
        "samlad/publish/verification.py",
        "        if number in numbers:\n",
        "        if False:\n",
        "tests/test_verification.py",
        "one_number",
    ),
)

WAYS_OUT = (
    Mutant(
        "markdown_of_names",
        "samlad/views/common/show.py",
        "return _MARKS.sub(_escaped, _SIGNS.sub(_JOINER, words))",
        "return _SIGNS.sub(_JOINER, words)",
        "tests/test_names.py",
        "takes_the_meaning",
    ),
    Mutant(
        "html_of_a_table",
        "samlad/views/common/show.py",
        "return content if isinstance(content, Html) else escape(content)",
        "return content",
        "tests/test_names.py",
        "names_as_text",
    ),
    Mutant(
        "formula_in_csv",
        "samlad/cli/row_formats.py",
        "without_formulas(without_lists(rows))",
        "without_lists(rows)",
        "tests/test_store.py",
        "no_formula",
    ),
    Mutant(
        "routes_for_machines",
        "samlad/server/barriers.py",
        'if scope["type"] == "http" and _CLOSED.search(scope["path"]):',
        "if False:",
        "tests/test_closed.py",
        "only_machines_ask",
    ),
    Mutant(
        "body_as_it_comes",
        "samlad/server/barriers.py",
        "            if taken > LARGEST_BODY:\n                raise TooLarge\n",
        "",
        "tests/test_closed.py",
        "says_no_length",
    ),
    Mutant(
        "stated_length",
        "samlad/server/barriers.py",
        'if stated_length(scope["headers"]) > LARGEST_BODY:',
        "if False:",
        "tests/test_closed.py",
        "before_it_is_sent",
    ),
)

MUTANTS = (*PROTECTION, *PUBLISHING, *INTAKE, *PERSONAL_DATA, *JUDGEMENT, *GAPS, *WRITING, *WAYS_OUT)


def left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied of a folder of the repository."""
    place = Path(folder).relative_to(ROOT)
    return {name for name in names if LEFT_OUT & {name, (place / name).as_posix()}}


class Copy:
    """A copy of the repository in which one file at a time is broken."""

    def __init__(self, place: Path, nice: bool) -> None:
        self.root = place / "repository"
        shutil.copytree(ROOT, self.root, ignore=left_out)
        temporary = place / "temporary"
        temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
        self.before = ("nice", "-n", "19") if nice else ()
        # by content: a file that was broken and mended within one second looks unchanged by its time and size
        compiled = ("-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "samlad", "tests", "benchmarks")
        subprocess.run([*self.before, sys.executable, *compiled], cwd=self.root, env=self.environment, check=True)

    def tested(self, words: tuple[str, ...]) -> int:
        """Run tests until one fails and return pytest's exit code, or TOOK_TOO_LONG."""
        called = [*self.before, sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *words]
        try:
            run = subprocess.run(
                called,
                cwd=self.root,
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return TOOK_TOO_LONG
        if run.returncode not in (TEST_FAILED, NOTHING_FAILED):
            print("\n".join([*run.stdout.splitlines()[-5:], *run.stderr.splitlines()[-5:]]))
        return run.returncode

    def tested_with(self, mutant: Mutant) -> int:
        """Return the exit code of a mutant's tests, and restore the file."""
        path = self.root / mutant.file
        source = path.read_text(encoding="utf-8")
        path.write_text(mutant.applied(source), encoding="utf-8")
        try:
            return self.tested(mutant.words)
        finally:
            path.write_text(source, encoding="utf-8")


def main() -> int:
    """Break each guard in turn; return 1 when a mutant survives or could not be tried."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--only", nargs="+", metavar="NAME", choices=[mutant.name for mutant in MUTANTS])
    given.add_argument("--nice", action="store_true", help="run the tests at the lowest priority")
    options = given.parse_args()
    chosen = [mutant for mutant in MUTANTS if options.only is None or mutant.name in options.only]
    for mutant in chosen:
        mutant.applied((ROOT / mutant.file).read_text(encoding="utf-8"))
    unbroken: dict[tuple[str, ...], int] = {}
    told: dict[str, list[str]] = {"killed": [], "survived": [], "not run": []}
    with tempfile.TemporaryDirectory(prefix="samlad-mutants-") as place:
        copy = Copy(Path(place), options.nice)
        for mutant in chosen:
            began = time.perf_counter()
            if mutant.words not in unbroken:
                unbroken[mutant.words] = copy.tested(mutant.words)
            code = copy.tested_with(mutant) if unbroken[mutant.words] == NOTHING_FAILED else None
            word = {TEST_FAILED: "killed", NOTHING_FAILED: "survived"}.get(code, "not run")
            told[word].append(mutant.name)
            print(f"{word:<9} {time.perf_counter() - began:6.1f} s  {mutant.name}  ({mutant.file})", flush=True)
    print(", ".join(f"{len(names)} {word}" for word, names in told.items()))
    for word in ("survived", "not run"):
        if told[word]:
            print(f"{word}: {' '.join(told[word])}")
    return 1 if told["survived"] or told["not run"] else 0


if __name__ == "__main__":
    sys.exit(main())
