"""The proposal by a constraint solver (OR-Tools CP-SAT), stage by stage, each value with the proof of being best."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from floodready.duty.fairness import TimeClass
from floodready.duty.proposal import (
    FAIR,
    Proposal,
    Request,
    Watch,
    is_less_fair_in_strict_cycle,
    longest_pause_bound,
    no_rota_found,
    shortest_pause,
    stages_of,
)
from floodready.language import Sentence, say
from floodready.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


_LOOK_SECONDS = 0.3


class _Work:
    """The model of one request, the best answer so far, and what is known of it."""

    def __init__(self, request: Request, zone: ZoneInfo, watch: Watch, seconds: float) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model
        self.request, self.zone, self.watch, self.seconds = request, zone, watch, seconds
        self.model: Any = cp_model.CpModel()
        self.on: dict[tuple[str, int], Any] = {}
        self.people: list[list[str]] = []
        self._turns_and_rest()

    def _turns_and_rest(self) -> None:
        request = self.request
        for number in range(len(request.slots)):
            there = [person for person in request.people if request.may(person, number)]
            for person in there:
                self.on[person, number] = self.model.new_bool_var(f"{person}/{number}")
            self.model.add(sum(self.on[person, number] for person in there) == request.seats)
        for person in request.people:
            for number in range(len(request.slots)):
                # Turns in order: those too close to one another after this one form a window with one duty at most.
                close = [later for later in range(number, self._reach(number)) if (person, later) in self.on]
                if len(close) > 1:
                    self.model.add_at_most_one(self.on[person, later] for later in close)

    def _reach(self, number: int) -> int:
        later = number + 1
        while later < len(self.request.slots) and self.request.too_close(number, later):
            later += 1
        return later

    def load(self, person: str, kinds: Sequence[TimeClass]) -> Any:
        """Give a person's turns in some classes, last season's included."""
        own = [
            self.on[person, number]
            for number, slot in enumerate(self.request.slots)
            if slot.time_class in kinds and (person, number) in self.on
        ]
        return sum(own) + self.request.before(person, kinds)

    def best(self, told: Sentence, goal: Any) -> bool:
        """Minimise a goal, keep what was reached for the later stages, and tell whether it is proved best."""
        self.model.minimize(goal)
        solver, status = self._solve(told)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return False
        self._take(solver)
        self.model.add(goal <= round(solver.objective_value))
        return bool(status == self.cp.OPTIMAL)

    def first(self, told: Sentence) -> None:
        """Find any rota at all. Raises Refused where none exists or the time was not enough."""
        solver, status = self._solve(told)
        if status == self.cp.INFEASIBLE:
            tightest = min(
                range(len(self.request.slots)),
                key=lambda number: sum((person, number) in self.on for person in self.request.people),
            )
            raise no_rota_found(self.request, tightest, self.zone)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            raise Refused(say("No rota was found in that time. Allow more time."))
        self._take(solver)

    def longest_pause(self) -> tuple[bool, int]:
        """Lengthen the shortest pause as far as it goes; tell whether it is proved longest, and the bound proved."""
        request = self.request
        bound = longest_pause_bound(request)
        if is_less_fair_in_strict_cycle(request, self.people, bound):
            bound -= 1
        held, most = shortest_pause(request, self.people), bound
        while held < most:
            # Halving: a short pause is found at once and says nothing, only those near the limit cost time.
            pause = (held + most + 1) // 2
            status = self._try_pause(pause)
            if status in (self.cp.OPTIMAL, self.cp.FEASIBLE):
                held = shortest_pause(request, self.people)
                continue
            most = pause - 1
            if status == self.cp.INFEASIBLE:
                bound = most
        return held >= bound, bound

    def _try_pause(self, pause: int) -> Any:
        """Look for a rota with so many slots between two duties; where one is found, keep it and the demand."""
        trial = self.model.clone()
        slots = len(self.request.slots)
        for person in self.request.people:
            for number in range(slots - 1):
                close = [n for n in range(number, min(number + pause + 1, slots)) if (person, n) in self.on]
                trial.add_at_most_one(self.on[person, n] for n in close)
        trial.clear_objective()
        before, self.model = self.model, trial
        solver, status = self._solve(say("distance between duties: {count}", count=pause))
        if status in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            self._take(solver)
        else:
            self.model = before
        return status

    def _solve(self, told: Sentence) -> tuple[Any, Any]:
        if not self.watch(told):
            raise Refused(say("Stopped. Nothing was published."))
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = self.seconds
        solver.parameters.num_workers = 2
        solver.parameters.random_seed = 1
        if self.people:
            self.model.clear_hints()
            for (person, number), variable in self.on.items():
                self.model.add_hint(variable, person in self.people[number])
        return solver, self._watched(solver, told)

    def _watched(self, solver: Any, told: Sentence) -> Any:
        """Solve while somebody watches: told to stop, the solver stops within a moment, not at the stage's end."""
        done, stopped = Event(), Event()

        def look() -> None:
            while not done.wait(_LOOK_SECONDS):
                if not self.watch(told):
                    stopped.set()
                    solver.stop_search()
                    return

        watcher = Thread(target=look, daemon=True)
        watcher.start()
        try:
            status = solver.solve(self.model)
        finally:
            done.set()
            watcher.join()
        if stopped.is_set():
            raise Refused(say("Stopped. Nothing was published."))
        return status

    def _take(self, solver: Any) -> None:
        self.people = [
            sorted(p for p in self.request.people if (p, number) in self.on and solver.value(self.on[p, number]))
            for number in range(len(self.request.slots))
        ]


def solve(request: Request, zone: ZoneInfo, watch: Watch, seconds: float) -> Proposal:
    """Solve stage by stage. Raises Refused where no rota exists or the work was stopped."""
    work = _Work(request, zone, watch, seconds)
    work.first(say("looking for any rota"))
    proved = [work.best(say("sharing out {kind}", kind=kind.word), _spread(work, [kind])) for kind in FAIR]
    proved.append(work.best(say("sharing out all turns"), _spread(work, list(TimeClass))))
    longest, most_pause = work.longest_pause()
    proved.append(longest)
    against = sum(work.on[key] for key in request.wishes if key in work.on)
    proved.append(work.best(say("keeping wishes"), against) if request.wishes else True)
    kept = [
        work.on[person, number] for number, names in request.published.items() for person in names
        if (person, number) in work.on
    ]  # fmt: skip
    proved.append(work.best(say("keeping the published rota"), -sum(kept)) if kept else True)
    return Proposal(
        people=tuple(tuple(standing) for standing in work.people),
        stages=stages_of(request, work.people, proved, most_pause),
    )


def _spread(work: _Work, kinds: Sequence[TimeClass]) -> Any:
    most = len(work.request.slots) + max(work.request.before(person, kinds) for person in work.request.people)
    high, low = work.model.new_int_var(0, most, "high"), work.model.new_int_var(0, most, "low")
    for person in work.request.people:
        load = work.load(person, kinds)
        work.model.add(load <= high)
        work.model.add(load >= low)
    return high - low
