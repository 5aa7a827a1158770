"""The example indicators, and the truth behind each. Nothing here is the city's: the programme's own are not known.

Goals 3 and 7 move, goals 1 and 2 a little; goal 6 stands still; goal 5 goes the wrong way; goal 4 is mixed.
"""

from datetime import date

from samlad.cli.example.plans import IndicatorPlan, OwnTarget, Truth
from samlad.cli.example.prevention_indicators import PREVENTION_INDICATORS
from samlad.cli.example.support_indicators import SUPPORT_INDICATORS

INDICATORS: tuple[IndicatorPlan, ...] = (*PREVENTION_INDICATORS, *SUPPORT_INDICATORS)

REMISS_TRUTHS: dict[str, Truth] = {
    "STH-M1-I1": Truth((0.81, 0.83, 0.84, 0.86, 0.87), size=860, basis="fixed", women=0.52),
    "STH-M3-I1": Truth((0.55, 0.62, 0.69, 0.76, 0.82), size=0.45, spread=(0.4, 0.4)),
}
"""Made-up figures for the two indicators of the remiss; their definitions stay as they were read."""

REMISS_TARGETS: dict[str, tuple[float, ...]] = {
    "STH-M1-I1": (0.82, 0.85, 0.88, 0.90, 0.92),
    "STH-M3-I1": (0.58, 0.65, 0.71, 0.77, 0.83),
}

OWN_TARGETS: tuple[OwnTarget, ...] = (
    OwnTarget("EX-M3-I1", "SDN-SH", {2022: 0.60, 2023: 0.68, 2024: 0.74, 2025: 0.80}),
    OwnTarget("EX-M3-I1", "SDN-SO", {2022: 0.35, 2023: 0.42, 2024: 0.50, 2025: 0.58}),
    OwnTarget("EX-M3-I1", "SDN-RK", {2021: 0.42, 2022: 0.48, 2023: 0.55}),
    OwnTarget("STH-M3-I1", "SDN-BR", {2023: 0.75, 2024: 0.80, 2025: 0.90}),
    OwnTarget("EX-M4-I2", "SDN-FA", {2024: 0.68, 2025: 0.72}),
    OwnTarget("EX-M1-I3", "SDN-EAV", {2023: 110, 2024: 125, 2025: 140}),
    OwnTarget("EX-M1-I3", "SDN-SO", {2024: 150, 2025: 160}),
    OwnTarget("EX-M5-I3", "FN-SOC", {2021: 45, 2022: 48, 2023: 50, 2024: 52, 2025: 55}),
    OwnTarget("EX-M7-I1", "FN-SOC", {2024: 0.70, 2025: 0.85}),
    OwnTarget("EX-M4-I2", "CITY", {2024: 0.70, 2025: 0.75}, "kf", date(2024, 6, 17)),
)
"""Some nämnder's own årsmål, and one that KF lowered during 2024."""
