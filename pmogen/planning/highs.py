"""HiGHS, the solver: the only module that knows highspy, which is optional (the extra `exact`).

One thread, a fixed seed and a limit on nodes instead of one on time, so that the same program gives the
same answer. Source: Huangfu & Hall 2018, Mathematical Programming Computation 10, 119-142.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from math import isfinite
from threading import Event, Thread
from typing import Any

from pmogen.planning.terms import Row, Terms

GLANCE = 0.1
"""Seconds between two looks at how far the solver is; they have no influence on its answer."""
NO_ROOM = 0.99
"""Part of the smallest difference between plans below which a gap is closed."""


Told = Callable[[float, int, float], None]


@dataclass(frozen=True)
class Program:
    """Maximise the sum of `aim` within `rows`; columns are at least 0 and at most `upper`, whole where `whole` is true.

    Sums of solutions differ by multiples of `grain`.
    """

    upper: Sequence[int]
    whole: Sequence[bool]
    rows: Sequence[Row]
    aim: Terms
    grain: int = 1


@dataclass(frozen=True)
class Answer:
    """What the solver came to: values of a solution, and what no solution exceeds (None: not known)."""

    values: tuple[float, ...] | None
    bound: float | None
    nodes: int
    infeasible: bool = False
    stopped: bool = False


@dataclass
class _View:
    """How far the solver is, as it last said itself, and whether it is asked to stop."""

    best: float = float("nan")
    bound: float = float("nan")
    nodes: int = 0
    stop: bool = False

    def event(self, event: Any) -> None:
        """Called by the solver, in its own thread."""
        data = event.data_out
        self.best, self.bound, self.nodes = data.mip_primal_bound, data.mip_dual_bound, int(data.mip_node_count)
        if self.stop:
            event.interrupt()


@cache
def available() -> bool:
    """Whether highspy is installed, and works here."""
    try:
        import_module("highspy")
    except ImportError:
        return False
    return True


def maximise(
    program: Program,
    start: dict[int, float],
    nodes: int,
    seed: int = 0,
    told: Told | None = None,
) -> Answer:
    """The best solution that at most `nodes` nodes give, from the values of some columns in a solution known.

    `told` hears of the bound, the nodes and the best sum so far (not finite: none yet); the answer is the same.
    Ctrl-C ends the search in good order: the answer has what was found, and `stopped` is true.
    """
    highspy: Any = import_module("highspy")
    numpy: Any = import_module("numpy")
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "random_seed": seed,
        "mip_max_nodes": max(1, nodes),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": program.grain * NO_ROOM,
        "mip_feasibility_tolerance": 1e-7,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_as_lp(highspy, numpy, program))
    solver.setSolution(len(start), numpy.array(list(start), dtype=numpy.int32), numpy.array(list(start.values())))
    view = _View()
    solver.cbMipInterrupt.subscribe(view.event)
    _run(solver, view, told)
    info, status = solver.getInfo(), solver.getModelStatus()
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    return Answer(
        values=tuple(solver.getSolution().col_value) if found else None,
        bound=info.mip_dual_bound if isfinite(info.mip_dual_bound) else None,
        nodes=max(1, int(info.mip_node_count)),
        infeasible=status == highspy.HighsModelStatus.kInfeasible,
        stopped=view.stop,
    )


def _run(solver: Any, view: _View, told: Told | None) -> None:
    """Run the solver in a thread of its own, so that this one hears Ctrl-C; a second one is not waited for."""
    done = Event()

    def run() -> None:
        try:
            solver.run()
        finally:
            done.set()

    thread = Thread(target=run, daemon=True)
    thread.start()
    # An event, as a `join` that Ctrl-C interrupts takes the thread for ended (CPython 3.11).
    while not done.is_set():
        try:
            done.wait(GLANCE)
            if told and not view.stop and isfinite(view.bound):
                told(view.bound, view.nodes, view.best)
        except KeyboardInterrupt:
            if view.stop:
                raise
            view.stop = True
    thread.join()


def _as_lp(highspy: Any, numpy: Any, program: Program) -> Any:
    infinite = highspy.kHighsInf
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.upper), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = numpy.array([float(program.aim.get(column, 0)) for column in range(len(program.upper))])
    lp.col_lower_, lp.col_upper_ = numpy.zeros(len(program.upper)), numpy.array(program.upper, float)
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.whole]
    lp.row_lower_ = numpy.array([-infinite if row.low is None else float(row.low) for row in program.rows])
    lp.row_upper_ = numpy.array([infinite if row.high is None else float(row.high) for row in program.rows])
    starts = [0]
    for row in program.rows:
        starts.append(starts[-1] + len(row.terms))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    lp.a_matrix_.index_ = numpy.array([column for row in program.rows for column in row.terms], dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array([float(factor) for row in program.rows for factor in row.terms.values()])
    return lp
