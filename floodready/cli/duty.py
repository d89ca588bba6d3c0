"""`floodready who` and `floodready duty`: who is on, gaps, timeline, swaps, leave, rotas."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from floodready.cli import duty_papers, duty_plan, duty_publishing, duty_rounds, duty_shift, duty_swap
from floodready.cli.answering import Run, Verb, Verbs, done
from floodready.cli.duty_answers import show_spans, the_unit
from floodready.cli.numbers import some_days
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_time
from floodready.language import Sentence, say, say_many, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.store.contract import View


def add_to(words: Any) -> None:
    """Add the words `who` and `duty`."""
    who = words.add_parser("who", help=str(say("who is on duty now, or at --at, and who comes next")))
    who.add_argument("--unit", help=str(say("only this unit")))
    who.set_defaults(run=show_who)
    verbs = Verbs(words, "duty", say("gaps, timeline, swaps, leave, rotas, log, handover, checks"))

    def verb(name: str, purpose: Sentence, run: Run, *positional: str) -> argparse.ArgumentParser:
        made = verbs.add(name, purpose, run, *positional, also=_ALSO.get(name, ()))
        made.add_argument("--unit", help=str(say("the unit; may be left out where only one keeps duty")))
        return made

    gaps = verb("gaps", say("posts with fewer people than needed, and who could fill them"), show_gaps)
    gaps.add_argument("--days", type=some_days, default=30)
    gaps.add_argument("--level", choices=("IV", "III", "II", "I", "none"), help=str(say("as if this level held")))
    gaps.add_argument("--candidates", action="store_true", help=str(say("name who is free, rested and qualified")))
    timeline = verb("timeline", say("who stands which post when, and why"), show_timeline)
    timeline.add_argument("--days", type=some_days, default=7)
    timeline.add_argument("--level", choices=("IV", "III", "II", "I", "none"), help=str(say("as if this level held")))
    fair = verb("fairness", say("holidays, weekends, nights and ordinary turns by person"), show_fairness)
    fair.add_argument("--days", type=some_days, default=365, help=str(say("days back from the time asked about")))
    duty_swap.add_to(verb)
    _add_planning(verb)
    duty_publishing.add_to(verb)
    duty_papers.add_to(verb)
    duty_plan.add_to(verb)
    duty_shift.add_to(verb)
    duty_rounds.add_to(verb)


_ALSO = {"settings": ("figures",)}
"""What a verb is called too: the screens say figures, every other word of the command line settings."""


def _add_planning(verb: Verb) -> None:
    leave = verb("leave", say("enter leave; the gap it leaves is shown"), enter_a_leave)
    leave.add_argument("who", help=str(say("whose leave it is")))
    leave.add_argument("--from", dest="start", required=True, metavar="TIME")
    leave.add_argument("--until", required=True, metavar="TIME")
    leave.add_argument("--why", default="")
    change = verb("change", say("add, take off or replace somebody at a post"), make_override)
    change.add_argument("--post", required=True)
    change.add_argument("--from", dest="start", required=True, metavar="TIME")
    change.add_argument("--until", required=True, metavar="TIME")
    change.add_argument("--off", metavar="PERSON", help=str(say("who is taken off or replaced")))
    change.add_argument("--on", metavar="PERSON", help=str(say("who comes")))
    change.add_argument(
        "--despite", action="store_true", help=str(say("even where the rest is too short; needs --reason"))
    )
    verb("prove", say("whether a gap can ever come, and the same people get every weekend"), prove_rota)


def show_who(args: argparse.Namespace, desk: Desk) -> int:
    """Answer who is on and who comes next, unit by unit."""
    from floodready.duty.roster import leader_presence, units_with_duty
    from floodready.duty.views import next_shift, who_is_on

    desk.require_something_then()
    units = [the_unit(args, desk)] if args.unit else [unit.id for unit in units_with_duty(desk.view)]
    rows = [row for unit in units for row in who_is_on(desk.view, unit, desk.at, desk.zone)]
    coming = [row for unit in units for row in next_shift(desk.view, unit, desk.at, desk.zone)]
    presence = {unit: leader_presence(desk.view, unit, desk.at, desk.zone) for unit in units}
    if args.json:
        leaders = {unit: {"on_site": p.on_site, "reasons": p.reasons} for unit, p in presence.items()}
        print_json({"at": desk.at, "on_duty": rows, "next": coming, "leader": leaders})
        return 0
    if not rows:
        print(say("Nobody is on duty at {time}.", time=verbatim(local_time(desk.at, desk.zone))))
    else:
        show_spans(rows, desk, plain=args.plain)
    for row in coming if not args.plain else ():
        start = verbatim(local_time(row.start, desk.zone))
        print(say("Next from {time}, {unit}: {person}, {post}", time=start, unit=verbatim(row.unit),
                  person=verbatim(row.name), post=verbatim(row.post_name)))  # fmt: skip
    for unit in units:
        for reason in presence[unit].reasons if not args.plain else ():
            print(say("{unit}: the leader must be on site: {reason}.", unit=verbatim(unit), reason=reason))
    return 0


def show_gaps(args: argparse.Namespace, desk: Desk) -> int:
    """List the gaps ahead."""
    from floodready.duty.roster import candidates
    from floodready.duty.views import conflict_rows, gap_rows

    unit, view, end = the_unit(args, desk), desk.view, desk.at + timedelta(days=args.days)
    rows = gap_rows(_asked_view(args, unit, desk), unit, desk.at, end, desk.zone)
    conflicts = conflict_rows(view, unit, desk.at, end, desk.zone)
    offered = [
        tuple(one.person for one in candidates(view, unit, row.post, row.start, row.end, desk.zone))
        if args.candidates
        else ()
        for row in rows
    ]
    if args.json:
        sought = {"candidates": offered} if args.candidates else {}
        print_json({"unit": unit, "gaps": rows, **sought, "conflicts": conflicts})
        return 0
    for conflict in conflicts if not args.plain else ():
        print(conflict.what)
    if not rows:
        print(say_many("No gap for {count} day.", "No gap for {count} days.", args.days))
        return 0
    heads = [say("From"), say("Until"), say("Post"), say("Missing"), say("Cause")]
    told = [
        [local_time(row.start, desk.zone), local_time(row.end, desk.zone), row.post_name, row.missing, row.cause]
        for row in rows
    ]
    if args.candidates:  # an empty column nobody asked for would say that nobody could
        heads.append(say("Could fill"))
        for line, names in zip(told, offered, strict=True):
            line.append(", ".join(names) or say("nobody"))
    print_rows(heads, told, plain=args.plain)
    return 0


def show_timeline(args: argparse.Namespace, desk: Desk) -> int:
    """List who stands which post when, and why."""
    from floodready.duty.views import timeline_rows

    unit = the_unit(args, desk)
    rows = timeline_rows(_asked_view(args, unit, desk), unit, desk.at, desk.at + timedelta(days=args.days), desk.zone)
    if args.json:
        print_json({"unit": unit, "spans": rows})
    else:
        show_spans(rows, desk, plain=args.plain)
    return 0


def _asked_view(args: argparse.Namespace, unit: str, desk: Desk) -> View:
    """Give the view as it would be under the level of --level; the view as it is without one."""
    from floodready.readiness.supposing import SupposedView
    from floodready.season.level import Level

    if args.level is None:
        return desk.view
    return SupposedView(desk.view, unit, None if args.level == "none" else Level(args.level), desk.at)


def show_fairness(args: argparse.Namespace, desk: Desk) -> int:
    """List each person's turns and hours by class, and the spread beside its bound."""
    from floodready.duty.fairness import TimeClass
    from floodready.duty.views import fairness_of
    from floodready.organisation.lookup import person_name

    unit = the_unit(args, desk)
    found = fairness_of(desk.view, unit, desk.at - timedelta(days=args.days), desk.at, desk.zone)
    if args.json:
        posts = [
            {
                "post": held.post,
                "classes": [
                    {"class": c.time_class, "spread": c.spread, "bound": c.bound, "shares": dict(c.shares)}
                    for c in held.classes
                ],
            }
            for held in found
        ]
        print_json({"unit": unit, "posts": posts})
        return 0
    rows: list[tuple[object, ...]] = []
    for held in found:
        for person in held.people:
            shares = [dict(spread.shares)[person] for spread in held.classes]
            told = [f"{share.turns} ({share.seconds // 3600} h)" for share in shares]
            rows.append((held.post_name, person_name(desk.view, person), *told))
        spreads = [f"{spread.spread} / {spread.bound}" for spread in held.classes]
        rows.append((held.post_name, say("spread / bound"), *spreads))
    print_rows((say("Post"), say("Person"), *(kind.word for kind in TimeClass)), rows, plain=args.plain)
    return 0


def enter_a_leave(args: argparse.Namespace, desk: Desk) -> int:
    """Enter leave and show the gaps it leaves."""
    from floodready.duty.commands import enter_leave
    from floodready.duty.leave_told import leave_gaps, leave_told

    if args.unit:
        the_unit(args, desk)
    start, until = desk.instant(args.start), desk.instant(args.until)
    made = enter_leave(desk.store, desk.act(), person=args.who, from_at=start, until_at=until, why=args.why)
    rows = leave_gaps(desk.store, made, desk.zone)
    told, *also = leave_told(desk.store, made, desk.zone)
    if rows:
        also.append(say("Who could fill it: floodready duty gaps --candidates"))
    return done(args, told, made, also=also, gaps=rows)


def make_override(args: argparse.Namespace, desk: Desk) -> int:
    """Add, take off or replace."""
    from floodready.duty.commands import override
    from floodready.duty.models import OverrideKind
    from floodready.duty.views import override_told

    if args.on and args.off:
        kind = OverrideKind.REPLACE
    elif args.on or args.off:
        kind = OverrideKind.ADD if args.on else OverrideKind.REMOVE
    else:
        raise WrongUsage(say("Name who comes (--on), who is taken off (--off), or both."))
    made = override(
        desk.store,
        desk.act(),
        unit=the_unit(args, desk),
        post=args.post,
        kind=kind,
        from_at=desk.instant(args.start),
        until_at=desk.instant(args.until),
        zone=desk.zone,
        person=args.off,
        by=args.on,
        despite=args.despite,
    )
    return done(args, override_told(desk.store, made, desk.zone), made)


def prove_rota(args: argparse.Namespace, desk: Desk) -> int:
    """Say how long the rota stands and which rotations give the same people every weekend."""
    from floodready.duty.proof import judged, same_weekends
    from floodready.duty.roster import plan_of

    plan = plan_of(desk.view, the_unit(args, desk), desk.zone)
    held = [(rota, end) for rota, start, end in plan.rotas_in_order() if start <= desk.at < end]
    end = local_time(held[0][1], desk.zone) if held and held[0][1].year < 9999 else ""
    told = judged(plan, desk.at, end)
    weekends = same_weekends(held[0][0]) if held else []
    if args.json:
        print_json({"judgement": told, "same_weekends": weekends})
        return 0
    print(told)
    for name in weekends:
        print(say("Watch: in rotation {rotation} the same people get every weekend.", rotation=verbatim(name)))
    return 0
