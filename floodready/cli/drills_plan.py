"""`floodready drill`: planning a drill and writing its script."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, add_overwrite, done, write_file
from floodready.cli.drills_answers import a_span, a_text, require_known_unit
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.drills.models import Content, Drill, DrillState, Form, InjectKind, Purpose, Role
from floodready.drills.words import INJECT_KIND, INJECT_STATUS, approved_words
from floodready.frozen import replace
from floodready.language import say

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

_TEXTS = ("name", "unit", "plan", "place", "scenario", "safety")
_INJECT_TEXTS = ("method", "sender", "recipient", "expected", "objective", "evaluator")


def add_to(verb: Verb) -> None:
    """Add the words of planning and of the script."""
    listed = verb("list", say("all drills, the latest first"), show_list)
    listed.add_argument("--unit")
    listed.add_argument("--state", choices=[state.value for state in DrillState])
    _named(verb("show", say("one drill with everything of it"), show_drill))
    plan = verb("plan", say("plan a drill"), plan_drill)
    _add_design(plan, required=True)
    plan.add_argument("--meets", nargs=2, metavar=("OBLIGATION", "SCHEDULED"),
                      help=str(say("the owed drill it meets: its obligation and the day in `drill due`")))  # fmt: skip
    change = _named(verb("change", say("change a planned drill; another time of an approved one, with --reason"),
                         change_drill))  # fmt: skip
    _add_design(change, required=False)
    person = _named(verb("person", say("give a person a role in the drill, or take it away"), set_person))
    person.add_argument("person_id", metavar="PERSON")
    person.add_argument("role", nargs="?", choices=[role.value for role in Role])
    person.add_argument("--post", default="")
    aim = _named(verb("objective", say("give the drill an objective, or take it away"), set_objective))
    aim.add_argument("key", help=str(say("Short key")))
    aim.add_argument("text", nargs="?")
    aim.add_argument("--capability", default="")
    _named(verb("check", say("what stands in the drill's way"), show_problems))
    postpone = _named(verb("postpone", say("put a drill on another time, with --reason"), postpone_drill))
    postpone.add_argument("starts", metavar="TIME")
    _named(verb("cancel", say("cancel a drill, with --reason"), cancel_drill))
    _named(verb("keep", say("hold a drill despite a response level, with --reason"), keep_drill))
    report = _named(verb("report", say("a paper of the drill, as Markdown or printable HTML"), write_report))
    report.add_argument("paper", choices=("plan", "handout", "script", "form", "after-action"))
    report.add_argument("--html", action="store_true")
    report.add_argument("--out", metavar="FILE", help=str(say("the file to write")))
    add_overwrite(report)
    _add_script(verb)


def _add_script(verb: Verb) -> None:
    _named(verb("script", say("the drill's injects"), show_script))
    inject = _named(verb("inject", say("add an inject, or change the one with this number"), write_inject))
    inject.add_argument("--number", type=whole)
    inject.add_argument("--change", action="store_true", help=str(say("change it instead of adding one")))
    inject.add_argument("--time", type=a_span, help=str(say("drill time: 10 (minutes), 10:30 or 1:10:30")))
    jump = say("the time in the scenario, where it jumps there; none takes it away")
    inject.add_argument("--scenario-time", metavar="TIME", help=str(jump))
    inject.add_argument("--text")
    inject.add_argument("--kind", choices=[kind.value for kind in InjectKind])
    for name in _INJECT_TEXTS:
        inject.add_argument(f"--{name}")
    move = _numbered(verb("move", say("put an inject at a place of the script; the times stay"), move_inject))
    move.add_argument("place", type=whole, help=str(say("1 is the first")))
    shift = _named(verb("shift", say("shift the injects from a time on"), shift_injects))
    shift.add_argument("since", type=a_span, help=str(say("drill time: 10 (minutes), 10:30 or 1:10:30")))
    shift.add_argument("seconds", type=whole, help=str(say("how many seconds later; with a minus, earlier")))
    _named(verb("renumber", say("number the injects in their order"), renumber))
    _numbered(verb("remove", say("take an inject out of the script"), remove_inject))
    approve = _named(verb("approve", say("approve injects that somebody else wrote"), approve_injects))
    approve.add_argument("numbers", nargs="*", type=whole)


def _named(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("drill", metavar="DRILL")
    return parser


def _numbered(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _named(parser).add_argument("number", type=whole, metavar="NUMBER")
    return parser


def _add_design(parser: argparse.ArgumentParser, *, required: bool) -> None:
    for name in _TEXTS:
        parser.add_argument(f"--{name}", required=required and name in ("name", "unit", "plan"))
    parser.add_argument("--starts", required=required, metavar="TIME")
    parser.add_argument("--minutes", type=whole)
    parser.add_argument("--scenario-starts", metavar="TIME", help=str(say("the time in the scenario at the start")))
    parser.add_argument("--form", choices=[form.value for form in Form])
    parser.add_argument("--content", choices=[content.value for content in Content])
    parser.add_argument("--purpose", choices=[purpose.value for purpose in Purpose])
    parser.add_argument("--scriptless", action=argparse.BooleanOptionalAction, help=str(say("players know no script")))
    parser.add_argument("--budget", type=whole, metavar="FEN", help=str(say("in hundredths of a yuan")))


def show_list(args: argparse.Namespace, desk: Desk) -> int:
    """List drills."""
    from floodready.clock import local_time
    from floodready.drills.views_year import state_told

    require_known_unit(args, desk)
    drills = [
        drill
        for drill in sorted(desk.view.all(Drill), key=lambda drill: drill.starts_at, reverse=True)
        if args.unit in (None, drill.unit) and args.state in (None, drill.state.value)
    ]
    if args.json:
        print_json({"drills": drills})
        return 0
    heads = (say("Code"), say("Begins"), say("State"), say("Unit"), say("Plan"), say("Name"))
    rows = [(d.id, local_time(d.starts_at, desk.zone), state_told(d, desk.at), d.unit, d.plan, d.name) for d in drills]
    print_rows(heads, rows, plain=args.plain)
    return 0


def show_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Show one drill."""
    from floodready.drills.book import book
    from floodready.exchange.drill_reports import drill_plan
    from floodready.exchange.paper import as_markdown

    found = book(desk.view, args.drill, desk.zone)
    if args.json:
        print_json(
            {
                "drill": found.drill,
                "injects": found.injects,
                "run": found.run,
                "deliveries": found.deliveries,
                "observations": found.observations,
                "earlier_observations": found.earlier,
                "ratings": found.ratings,
                "evaluation": found.evaluation,
                "last_actions": found.last_actions,
                "missing_for_closing": found.missing,
                "close_by": found.close_by,
            }
        )
        return 0
    print(as_markdown(drill_plan(found)), end="")
    return 0


def plan_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Plan a drill."""
    from floodready.drills import commands

    design = _design(args, desk)
    drill = Drill(id="new", **design)
    if args.meets:
        owing, scheduled = args.meets
        made = commands.plan_owed(
            desk.store, desk.act(), obligation=owing, scheduled_on=desk.day(scheduled), drill=drill
        )
    else:
        made = commands.plan_drill(desk.store, desk.act(), drill=drill)
    return done(args, say("{drill} is planned: {id}", drill=made.name, id=made.id), made)


def change_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Change a planned drill."""
    design = _design(args, desk)
    return _change(args, desk, lambda seen: replace(seen, **design))


def set_person(args: argparse.Namespace, desk: Desk) -> int:
    """Give a person a role, or take it away."""
    from floodready.drills.models import Participant

    def wanted(seen: Drill) -> Drill:
        others = tuple(p for p in seen.participants if p.person != args.person_id)
        if args.role is None:
            return replace(seen, participants=others)
        return replace(
            seen,
            participants=(*others, Participant(person=args.person_id, role=Role(args.role), post=args.post)),
        )

    return _change(args, desk, wanted)


def set_objective(args: argparse.Namespace, desk: Desk) -> int:
    """Give the drill an objective, or take it away."""
    from floodready.drills.models import Objective

    def wanted(seen: Drill) -> Drill:
        others = tuple(objective for objective in seen.objectives if objective.id != args.key)
        if args.text is None:
            return replace(seen, objectives=others)
        made = Objective(id=args.key, text=args.text, capability=args.capability or args.text)
        return replace(seen, objectives=(*others, made))

    return _change(args, desk, wanted)


def show_problems(args: argparse.Namespace, desk: Desk) -> int:
    """Tell what stands in the way of a drill."""
    from floodready.drills import planning, reading, surroundings

    drill = reading.the_drill(desk.view, args.drill)
    facts = surroundings.facts(desk.view, drill, desk.zone, desk.at)
    found = planning.problems(drill, facts, reading.script(desk.view, drill.id))
    if args.json:
        print_json({"drill": drill.id, "problems": found})
    elif not found:
        print(say("Nothing stands in the way of {drill}.", drill=drill.name))
    else:
        rows = [(say("blocks") if problem.blocks else say("mind"), problem.sentence) for problem in found]
        print_rows((say("Weight"), say("What")), rows, plain=args.plain)
    return 0


def postpone_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Postpone a drill."""
    from floodready.drills import commands

    made = commands.postpone_drill(
        desk.store, desk.act(), drill=args.drill, starts_at=desk.instant(args.starts), reason=args.reason
    )
    return done(args, say("{drill} is postponed.", drill=made.name), made)


def cancel_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Cancel a drill."""
    from floodready.drills import commands

    made = commands.cancel_drill(desk.store, desk.act(), drill=args.drill, reason=args.reason)
    return done(args, say("{drill} is cancelled.", drill=made.name), made)


def keep_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Hold a drill on purpose under a response level."""
    from floodready.drills import commands

    made = commands.keep_drill(desk.store, desk.act(), drill=args.drill, reason=args.reason)
    return done(args, say("{drill} will be held despite the level.", drill=made.name), made)


def write_report(args: argparse.Namespace, desk: Desk) -> int:
    """Write a paper of a drill."""
    from floodready.drills.book import book
    from floodready.exchange.drill_reports import Report, paper
    from floodready.exchange.paper import as_file, as_html

    made = paper(book(desk.view, args.drill, desk.zone), Report(args.paper))
    return write_file(args, (as_html(made) if args.html else as_file(made, args.out or "")).encode(), args.out)


def show_script(args: argparse.Namespace, desk: Desk) -> int:
    """List the injects of a drill."""
    from floodready.drills.book import book
    from floodready.drills.run_clock import written_clock

    found = book(desk.view, args.drill, desk.zone)
    if args.json:
        print_json({"injects": found.injects})
        return 0
    heads = (
        say("No."),
        say("Time"),
        say("Scenario time"),
        say("Kind"),
        say("State"),
        say("To"),
        say("Inject"),
        say("Expected action"),
    )
    rows = [
        (
            line.number,
            written_clock(timedelta(seconds=line.offset)),
            found.scenario_time(line),
            INJECT_KIND[line.kind],
            INJECT_STATUS[line.status],
            line.recipient,
            line.text,
            line.expected,
        )
        for line in found.injects
    ]
    print_rows(heads, rows, plain=args.plain)
    return 0


def write_inject(args: argparse.Namespace, desk: Desk) -> int:
    """Add an inject, or change one."""
    from floodready.drills import commands, reading
    from floodready.drills.models import Inject

    given: dict[str, Any] = {name: getattr(args, name) for name in _INJECT_TEXTS if getattr(args, name) is not None}
    if args.text is not None:
        given["text"] = a_text(args.text)
    if args.time is not None:
        given["offset"] = args.time
    if args.scenario_time is not None:
        given["scenario_at"] = None if args.scenario_time == "none" else desk.instant(args.scenario_time)
    if args.kind is not None:
        given["kind"] = InjectKind(args.kind)
    if args.change:
        seen = reading.the_inject(desk.store, args.drill, args.number or 0)
        made = commands.change_inject(desk.store, desk.act(), seen=seen, wanted=replace(seen, **given))
    else:
        known = {"text": "", "offset": 0, **given}
        line = Inject(id="new", drill=args.drill, number=1, author="-", **known)
        made = commands.add_inject(desk.store, desk.act(), inject=line, number=args.number)
    return done(args, say("Inject {number} is written; it awaits approval.", number=made.number), made)


def move_inject(args: argparse.Namespace, desk: Desk) -> int:
    """Move an inject to a place."""
    from floodready.drills import commands, reading

    inject = reading.the_inject(desk.store, args.drill, args.number)
    moved = commands.move_inject(desk.store, desk.act(), inject=inject, place=args.place - 1)
    return done(args, say("Times changed: {moved}.", moved=moved), None)


def shift_injects(args: argparse.Namespace, desk: Desk) -> int:
    """Shift the injects from a time on."""
    from floodready.drills import commands

    moved = commands.shift_injects(
        desk.store, desk.act(), drill=args.drill, from_offset=args.since, seconds=args.seconds
    )
    return done(args, say("Times changed: {moved}.", moved=moved), None)


def renumber(args: argparse.Namespace, desk: Desk) -> int:
    """Count the injects anew in their order."""
    from floodready.drills import commands

    changed = commands.renumber_injects(desk.store, desk.act(), drill=args.drill)
    return done(args, say("Numbers changed: {changed}.", changed=changed), None)


def remove_inject(args: argparse.Namespace, desk: Desk) -> int:
    """Take an inject out of the script."""
    from floodready.drills import commands, reading

    commands.remove_inject(desk.store, desk.act(), seen=reading.the_inject(desk.store, args.drill, args.number))
    return done(args, say("Inject {number} is taken out.", number=args.number), None)


def approve_injects(args: argparse.Namespace, desk: Desk) -> int:
    """Approve injects."""
    from floodready.drills import commands

    approved = commands.approve_injects(desk.store, desk.act(), drill=args.drill, numbers=tuple(args.numbers))
    return done(args, approved_words(approved), None)


def _change(args: argparse.Namespace, desk: Desk, wanted: Callable[[Drill], Drill]) -> int:
    from floodready.drills import commands, reading

    seen = reading.the_drill(desk.store, args.drill)
    made = commands.change_drill(desk.store, desk.act(), seen=seen, wanted=wanted(seen), reason=args.reason)
    return done(args, say("{drill} is changed.", drill=made.name), made)


def _design(args: argparse.Namespace, desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = {name: a_text(getattr(args, name)) for name in _TEXTS if getattr(args, name) is not None}
    if args.starts is not None:
        found["starts_at"] = desk.instant(args.starts)
    if args.scenario_starts is not None:
        found["scenario_starts_at"] = desk.instant(args.scenario_starts)
    if args.minutes is not None:
        found["minutes"] = args.minutes
    if args.budget is not None:
        found["budget_fen"] = args.budget
    if args.scriptless is not None:
        found["scripted"] = not args.scriptless
    kinds: tuple[tuple[str, Callable[[str], Any]], ...] = (("form", Form), ("content", Content), ("purpose", Purpose))
    found.update({name: kind(getattr(args, name)) for name, kind in kinds if getattr(args, name) is not None})
    return found
