"""Figures: every quantity with its value, bound, direction, unit and counted noun."""

from flows.normalise.figures.extract import extract_figures
from flows.normalise.figures.rules import FigureRules, compile_figure_rules
from flows.normalise.figures.units import unit_dimension

__all__ = ["FigureRules", "compile_figure_rules", "extract_figures", "unit_dimension"]
