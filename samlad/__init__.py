"""Samlad: follow-up of a city programme, from each nämnd's report to one shared picture."""

__version__ = "0.1.0"
