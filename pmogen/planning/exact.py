"""A better plan, or the proof that there is none: HiGHS on the linear model, when it is installed.

Optional (the extra `exact`): without highspy there is no proof, and nothing else changes. One thread,
a fixed seed and a limit on nodes instead of one on time, so that the same problem gives the same
answer. Source of the solver: Huangfu & Hall 2018, Mathematical Programming Computation 10, 119-142.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from math import floor, gcd
from typing import Any

from pmogen.planning.compact import Compact
from pmogen.planning.linear import Model, Row, Terms
from pmogen.planning.search import Aim

NODES = 4_000
"""Nodes that are searched at most by default."""
NEARLY = 1e-4
"""What a solver's number may be off by, in the smallest amount by which plans differ."""


@dataclass(frozen=True)
class Proof:
    """What the solver says.

    `launch` has the waves by unit of the best plan it knows. No plan's value (less the cost of moves)
    can exceed `bound`. `best` is true when the search for value came to its end, `least_effort` when
    the one for effort did too.
    """

    launch: tuple[int, ...]
    bound: int
    best: bool
    least_effort: bool
    nodes: int


@dataclass(frozen=True)
class _Answer:
    columns: list[float] | None
    bound: float
    finished: bool
    nodes: int


def available() -> bool:
    """Whether highspy is installed."""
    return find_spec("highspy") is not None


def prove(compact: Compact, aim: Aim, start: tuple[int, ...], nodes: int = NODES) -> Proof | None:
    """The most valuable plan, and of those the one with the least effort, as far as `nodes` go.

    `start` is a plan to begin with, waves by unit. None when highspy is missing or no wave is open.
    """
    if not available() or not compact.problem.open_waves:
        return None
    model = Model(compact, aim)
    first = _solve(model, model.value, model.grain, start, nodes)
    constant, grain = model.constant, model.grain
    if first.columns is None:
        return Proof(start, floor(first.bound / grain + NEARLY) * grain + constant, False, False, first.nodes)
    launch = model.launch_of(first.columns)
    bound = floor(first.bound / grain + NEARLY) * grain
    reached = sum(factor * first.columns[column] for column, factor in model.value.items())
    effort = model.effort
    step = gcd(*(int(factor) for factor in effort.values()))
    model.rows.append(Row(model.value, round(reached / grain) * grain - grain / 2, None))
    scaled = {column: factor / max(1, step) for column, factor in effort.items()}
    second = _solve(model, scaled, 1, launch, nodes)
    if second.columns is not None:
        launch = model.launch_of(second.columns)
    best = first.finished
    return Proof(launch, bound + constant, best, best and second.finished, first.nodes + second.nodes)


def _solve(model: Model, aim: Terms, grain: int, start: tuple[int, ...], nodes: int) -> _Answer:
    highspy: Any = import_module("highspy")
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_max_nodes": nodes,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": grain * 0.99,
        "mip_feasibility_tolerance": 1e-7,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(highspy, model, aim))
    known = model.columns_of(start)
    numpy: Any = import_module("numpy")
    solver.setSolution(len(known), numpy.array(list(known), dtype=numpy.int32), numpy.array(list(known.values())))
    solver.run()
    info = solver.getInfo()
    found = (
        list(solver.getSolution().col_value) if info.primal_solution_status == highspy.kSolutionStatusFeasible else None
    )
    finished = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return _Answer(found, info.mip_dual_bound, finished, max(0, int(info.mip_node_count)))


def _program(highspy: Any, model: Model, aim: Terms) -> Any:
    numpy: Any = import_module("numpy")
    infinite = highspy.kHighsInf
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.lower), len(model.rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = numpy.array([float(aim.get(column, 0)) for column in range(len(model.lower))])
    program.col_lower_, program.col_upper_ = numpy.array(model.lower, float), numpy.array(model.upper, float)
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.whole]
    program.row_lower_ = numpy.array([-infinite if row.low is None else float(row.low) for row in model.rows])
    program.row_upper_ = numpy.array([infinite if row.high is None else float(row.high) for row in model.rows])
    starts = [0]
    for row in model.rows:
        starts.append(starts[-1] + len(row.terms))
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    program.a_matrix_.index_ = numpy.array([column for row in model.rows for column in row.terms], dtype=numpy.int32)
    program.a_matrix_.value_ = numpy.array([float(factor) for row in model.rows for factor in row.terms.values()])
    return program
