"""The row class of every query, generated from the headers by

    python -m samlad.warehouse.row_types

What they have in common stands in samlad/foundation/query_row.py.
"""

from samlad.foundation.rows.districts_rows import (
    DistrictChangesRow,
    DistrictComparisonRow,
    DistrictDivisionsRow,
    DistrictFunnelRow,
    DistrictGoalRow,
    DistrictIndicatorsRow,
    DistrictSexesRow,
    DistrictYearsRow,
)
from samlad.foundation.rows.goals_rows import (
    GoalActivitiesRow,
    GoalAssessmentsRow,
    GoalCoverageRow,
    GoalsRow,
)
from samlad.foundation.rows.indicators_rows import (
    ChangedGroundsRow,
    IndicatorCasesRow,
    IndicatorCatalogueRow,
    IndicatorFiguresRow,
    IndicatorVersionsRow,
)
from samlad.foundation.rows.organisations_rows import (
    GapsOfOrganisationRow,
    OrganisationDutiesRow,
    OrganisationIndicatorsRow,
    OrganisationReportsRow,
)
from samlad.foundation.rows.programme_rows import (
    ChoicesRow,
    ProgrammeOverviewRow,
)
from samlad.foundation.rows.report_rows import (
    ReportChangesRow,
    ReportGapsRow,
    ReportSubmissionsRow,
    SubmissionsOfObjectsRow,
)
from samlad.foundation.rows.reporting_rows import (
    MissingReportsRow,
    ReportingDetailsRow,
    ReportingStateRow,
)
from samlad.foundation.rows.responsibility_rows import (
    DutiesOnRow,
    GapContactsRow,
    GapEvidenceOfRow,
    GapListRow,
    GapRuleListRow,
    GapYearListRow,
    ResponsibilityGoalRow,
    ResponsibilityOverviewRow,
)
from samlad.foundation.rows.sources_rows import (
    DataOriginsRow,
    PublicSourcesRow,
    RegionalTwinRow,
    ReportedViolenceRow,
)

__all__ = [
    "ChangedGroundsRow",
    "ChoicesRow",
    "DataOriginsRow",
    "DistrictChangesRow",
    "DistrictComparisonRow",
    "DistrictDivisionsRow",
    "DistrictFunnelRow",
    "DistrictGoalRow",
    "DistrictIndicatorsRow",
    "DistrictSexesRow",
    "DistrictYearsRow",
    "DutiesOnRow",
    "GapContactsRow",
    "GapEvidenceOfRow",
    "GapListRow",
    "GapRuleListRow",
    "GapYearListRow",
    "GapsOfOrganisationRow",
    "GoalActivitiesRow",
    "GoalAssessmentsRow",
    "GoalCoverageRow",
    "GoalsRow",
    "IndicatorCasesRow",
    "IndicatorCatalogueRow",
    "IndicatorFiguresRow",
    "IndicatorVersionsRow",
    "MissingReportsRow",
    "OrganisationDutiesRow",
    "OrganisationIndicatorsRow",
    "OrganisationReportsRow",
    "ProgrammeOverviewRow",
    "PublicSourcesRow",
    "RegionalTwinRow",
    "ReportChangesRow",
    "ReportGapsRow",
    "ReportSubmissionsRow",
    "ReportedViolenceRow",
    "ReportingDetailsRow",
    "ReportingStateRow",
    "ResponsibilityGoalRow",
    "ResponsibilityOverviewRow",
    "SubmissionsOfObjectsRow",
]
