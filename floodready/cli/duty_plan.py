"""`floodready duty plan`, `temporary`, `take-back`, `wish`, `day`, `settings`: what a planner arranges."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done
from floodready.cli.duty_answers import the_unit
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import clock_time, day
from floodready.language import Sentence, say, say_many, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

_YES, _NO = "yes", "no"
_TIMES = ("hand_over_at", "night_begins", "night_ends")


def add_to(verb: Verb) -> None:
    """Add the planner's verbs."""
    verb("plan", say("rotations, temporary rotas, changes of duty, leave, wishes and corrected days"), show_plan)
    extra = verb("temporary", say("add a rota for a window of time or for a response level"), add_temporary)
    extra.add_argument("name")
    extra.add_argument("--post", required=True)
    extra.add_argument("--groups", required=True, help=str(say("in order, like: ding+fang geng+hao")))
    extra.add_argument("--times", help=str(say("handover times, like: 08:30 17:30; without it, those of the post")))
    extra.add_argument("--level", action="append", default=[], help=str(say("while this level holds")))
    extra.add_argument("--from", dest="start", metavar="TIME")
    extra.add_argument("--until", metavar="TIME")
    extra.add_argument("--instead", action="store_true", help=str(say("in place of the regular people, not beside")))
    back = verb("take-back", say("take back a change of duty, leave, wish or temporary rota by its id"), take_one_back)
    back.add_argument("id")
    want = verb("wish", say("note that somebody would rather not stand duty on a day"), note_wish)
    want.add_argument("on", type=day, metavar="DAY")
    want.add_argument("--who", help=str(say("whose wish it is; without it, yours")))
    what = verb("day", say("say what a day is in this office"), set_day)
    what.add_argument("on", type=day, metavar="DAY")
    what.add_argument("kind", choices=("holiday", "weekend", "ordinary"))
    what.add_argument("--note", default="")
    figures = verb("settings", say("show the unit's figures for duty, or set some of them"), show_or_set_figures)
    figures.add_argument("--need", action="append", default=[], metavar="POST=COUNT")
    figures.add_argument("--level-need", action="append", default=[], metavar="LEVEL:POST=COUNT")
    for name in ("rest-hours", "most-in-row", "handover-late-minutes", "gap-warning-days", "post-check-rings"):
        figures.add_argument(f"--{name}", type=whole)
    figures.add_argument("--all-year", choices=(_YES, _NO))
    figures.add_argument("--swaps-need-approval", choices=(_YES, _NO))
    for name in _TIMES:
        figures.add_argument(f"--{name.replace('_', '-')}", metavar="TIME")


def show_plan(args: argparse.Namespace, desk: Desk) -> int:
    """List what is arranged from the time asked about on."""
    from floodready.duty.arrangements import arrangements

    unit = the_unit(args, desk)
    rows = arrangements(desk.view, unit, desk.at, desk.zone)
    if args.json:
        print_json({"unit": unit, "arranged": rows})
        return 0
    heads = (say("Code"), say("Kind"), say("What"), say("From"), say("Until"))
    print_rows(heads, [(row.id, row.kind, row.what, row.start, row.end) for row in rows], plain=args.plain)
    return 0


def add_temporary(args: argparse.Namespace, desk: Desk) -> int:
    """Add a temporary rota of one rotation."""
    from floodready.clock import local_day
    from floodready.duty.change_hours import change_hours
    from floodready.duty.commands import add_temporary_rota
    from floodready.duty.models import Rotation
    from floodready.duty.roster import plan_of
    from floodready.duty.rotation_text import read_groups, read_times
    from floodready.organisation.lookup import active_people, known_by

    unit = the_unit(args, desk)
    start = desk.instant_given(args.start)
    until = desk.instant_given(args.until)
    known = known_by(active_people(desk.store))
    own = change_hours(plan_of(desk.store, unit, desk.zone), args.post, start or desk.at)
    rotation = Rotation(
        name=args.name,
        post=args.post,
        groups=read_groups(args.groups, known),
        first_on=local_day(start or desk.at, desk.zone),
        times=read_times(args.times) if args.times else own.times,
    )
    made = add_temporary_rota(
        desk.store,
        desk.act(),
        unit=unit,
        name=args.name,
        levels=tuple(args.level),
        from_at=start,
        until_at=until,
        beside=not args.instead,
        rotations=(rotation,),
    )
    return done(args, say("Temporary rota {rota} is in place.", rota=made.id), made)


def take_one_back(args: argparse.Namespace, desk: Desk) -> int:
    """Take one thing back."""
    from floodready.duty.arrangements import taken_back_by_id
    from floodready.duty.commands_plan import take_back

    found = taken_back_by_id(desk.store, args.id)
    if found is None:
        raise Refused(not_there("duty plan", args.id))
    take_back(desk.store, desk.act(), found)
    return done(args, say("{what} is taken back.", what=verbatim(args.id)), taken_back=args.id)


def note_wish(args: argparse.Namespace, desk: Desk) -> int:
    """Note a wish."""
    from floodready.duty.commands import wish

    act = desk.act()
    made = wish(desk.store, act, person=args.who or act.person, on=args.on)
    return done(args, say("Wish {wish} is noted.", wish=made.id), made)


def set_day(args: argparse.Namespace, desk: Desk) -> int:
    """Set what a day is."""
    from floodready.duty.commands import correct_day
    from floodready.workdays import DayKind

    made = correct_day(desk.store, desk.act(), on=args.on, kind=DayKind(args.kind), note=args.note)
    told = say("{day} counts as: {kind}", day=verbatim(made.on.isoformat()), kind=made.kind.word)
    return done(args, told, made)


def show_or_set_figures(args: argparse.Namespace, desk: Desk) -> int:
    """Set the figures that are named, then show all."""
    from floodready.duty.commands import change_settings
    from floodready.duty.roster import settings_of

    unit = the_unit(args, desk)
    fields = _figures(args)
    if fields:
        change_settings(desk.store, desk.act(), unit=unit, **fields)
    held = settings_of(desk.store if fields else desk.view, unit)
    if args.json and fields:
        return done(args, say("The figures are set."), held)
    if args.json:
        print_json({"unit": unit, "settings": held})
        return 0
    rows: list[tuple[Sentence, object]] = [
        *((say("people at {post}", post=verbatim(need.post)), need.needed) for need in held.needs),
        *(
            (say("people at {post} under level {level}", post=verbatim(n.post), level=verbatim(n.level)), n.needed)
            for n in held.level_needs
        ),
        (say("Rest between duties"), say("{hours} h", hours=held.rest_hours)),
        (say("Most duties in a row"), held.most_in_row),
        (say("Swaps need approval"), say("yes") if held.swaps_need_approval else say("no")),
        (say("Duty all year"), say("yes") if held.all_year else say("no")),
        (say("Handover late after"), say("{count} min", count=held.handover_late_minutes)),
        (say("Warn of gaps before"), say_many("{count} day", "{count} days", held.gap_warning_days)),
        (say("Rings at a post check"), held.post_check_rings),
        (say("Handover without a rotation"), f"{held.hand_over_at:%H:%M}"),
        (say("Night begins at"), f"{held.night_begins:%H:%M}"),
        (say("Night ends at"), f"{held.night_ends:%H:%M}"),
    ]
    print_rows((say("Setting"), say("Value")), rows, plain=args.plain)
    return 0


def _figures(args: argparse.Namespace) -> dict[str, Any]:
    from floodready.duty.models import LevelNeed, PostNeed

    numbers = ("rest_hours", "most_in_row", "handover_late_minutes", "gap_warning_days", "post_check_rings")
    fields: dict[str, Any] = {name: getattr(args, name) for name in numbers if getattr(args, name) is not None}
    for name in ("all_year", "swaps_need_approval"):
        if getattr(args, name) is not None:
            fields[name] = getattr(args, name) == _YES
    for name in _TIMES:
        if getattr(args, name):
            fields[name] = clock_time(getattr(args, name))
    if args.need:
        fields["needs"] = tuple(PostNeed(post=post, needed=count) for post, count in map(_count, args.need))
    if args.level_need:
        split = [(text.partition(":")[0], *_count(text.partition(":")[2])) for text in args.level_need]
        fields["level_needs"] = tuple(LevelNeed(level=level, post=post, needed=count) for level, post, count in split)
    return fields


def _count(text: str) -> tuple[str, int]:
    post, _, count = text.rpartition("=")
    if not post or not count.isdecimal():
        raise WrongUsage(say("“{text}” is not a figure. Write officer=2, or III:officer=4", text=verbatim(text)))
    return post, int(count)
