"""Declaring, raising, lowering and ending a response level, with the actions it starts and ends; the level table."""

from __future__ import annotations

from datetime import datetime

from floodready.codec import encode
from floodready.command import command, who_wrote
from floodready.language import say
from floodready.missing import not_there
from floodready.organisation.lookup import person_name, require_person, require_unit
from floodready.organisation.models import Unit
from floodready.organisation.permissions import Permission
from floodready.organisation.tree import ancestors, parents_of
from floodready.refusal import Refused, Superseded
from floodready.season.declarations import change_of_level, due, in_force
from floodready.season.level import Level, level_word, rank
from floodready.season.level_table import effects
from floodready.season.models_level import Declaration, LevelRow, LevelTable, StartedAction
from floodready.season.settings import level_table_of
from floodready.season.situation import declaration_for
from floodready.store.contract import Transaction


@command("season.declare_level", may=Permission.LEVEL_DECLARE)
def declare_level(
    tx: Transaction,
    *,
    unit: str,
    level: Level,
    authority: str,
    reason: str,
    starts_at: datetime | None = None,
    warning: str | None = None,
    seen: tuple[Declaration, ...] | None = None,
) -> Declaration:
    """Declare a response level for a unit, from now or from an earlier instant; starts the actions of its table.

    `seen` is the declaration that held when this one was begun, empty where none did. Raises Refused without a reason,
    for a level that is not above the one the unit has declared, an instant to come or before the last declaration;
    Superseded where another holds than was seen.
    """
    _require_same(tx, unit, seen)
    own = in_force(tx.find(Declaration, unit=unit), tx.now)
    if own is not None and rank(level) < rank(own.level):
        raise Refused(
            say(
                "{now} is in force, declared by {person}. {level} would lower it: lower it on purpose.",
                now=level_word(own.level),
                person=person_name(tx, own.by),
                level=level.word,
            )
        )
    return _declare(tx, unit, level, authority, reason, starts_at, warning)


@command("season.lower_level", may=Permission.LEVEL_DECLARE)
def lower_level(
    tx: Transaction,
    *,
    unit: str,
    level: Level | None,
    authority: str,
    reason: str,
    starts_at: datetime | None = None,
    seen: tuple[Declaration, ...] | None = None,
) -> Declaration:
    """Lower a unit's level, or end it (None); ends the open actions that the higher level started.

    Raises Refused where no higher level is in force, and as `declare_level` does; Superseded as it does.
    """
    _require_same(tx, unit, seen)
    holding = in_force(tx.find(Declaration, unit=unit), starts_at or tx.now)
    now = holding.level if holding else None
    if rank(level) >= rank(now):
        raise Refused(
            say(
                "{now} is in force, so {level} would not be lower. Declare it instead.",
                now=level_word(now),
                level=level_word(level),
            )
        )
    return _declare(tx, unit, level, authority, reason, starts_at, None)


@command("season.finish_action", may=Permission.LEVEL_DECLARE)
def finish_action(tx: Transaction, *, action: str, note: str = "") -> StartedAction:
    """Record that an action of the level is done. Raises Refused where it is unknown or not open."""
    found = tx.get(StartedAction, action)
    if found is None:
        raise Refused(not_there("season.actions", action))
    if found.done_by is not None:
        by = person_name(tx, found.done_by)
        raise Refused(say("{person} has recorded already that “{action}” is done.", person=by, action=found.name))
    if not found.open:
        raise Refused(say("“{action}” is not open any more.", action=found.name))
    return tx.change(found, done_at=tx.now, done_by=tx.act.person, note=note)


@command("season.set_level_table", may=Permission.SEASON_EDIT)
def set_level_table(tx: Transaction, *, unit: str, rows: tuple[LevelRow, ...], source: str) -> LevelTable:
    """Set what each level demands of a unit. The clocks of a level in force stay as they were started.

    Raises Refused for an unknown unit, no row or no source, Invalid.
    """
    require_unit(tx, unit)
    if not rows:
        raise Refused(say("The table has no levels: nothing is written."))
    if not source.strip():
        raise Refused(say("Say which plan and clause the table is from: it must name its source."))
    return tx.put(LevelTable(id=unit, rows=rows, source=source))


@command("season.set_level_row", may=Permission.SEASON_EDIT)
def set_level_row(
    tx: Transaction, *, unit: str, row: LevelRow, seen: LevelTable | None = None, source: str = ""
) -> LevelTable:
    """Set what one level demands of a unit; the other rows stay as they are followed now, which makes them its own.

    Without a source the one followed until now stays. Raises Superseded where `seen`, the unit's own table, has
    changed since; Refused as `set_level_table` does; Invalid.
    """
    followed = level_table_of(tx, unit)
    held = {one.level: one for one in followed.rows} if followed else {}
    known = held[row.level].call_out if row.level in held else ()
    for person in row.call_out:
        if person not in known:
            require_person(tx, person)
    rows = tuple(sorted((held | {row.level: row}).values(), key=lambda one: one.level.rank))
    said = source.strip() or (followed.source if followed else "")
    if seen is not None and seen.id == unit:
        tx.change(seen, rows=rows, source=said)
    return set_level_table.within(tx, unit=unit, rows=rows, source=said)


@command("season.remove_level_row", may=Permission.SEASON_EDIT)
def remove_level_row(tx: Transaction, *, unit: str, level: Level, seen: LevelTable | None = None) -> LevelTable | None:
    """Take one level's row out of a unit's table, so that it demands what the next lower one does.

    The other rows stay as `set_level_row` keeps them. With its last row a unit's own table goes, and it follows the
    nearest unit above again (None). Raises Superseded as `set_level_row` does, Refused where there is no such row or
    a table of another unit would have none left.
    """
    name = require_unit(tx, unit).name
    followed = level_table_of(tx, unit)
    if followed is None or level not in {row.level for row in followed.rows}:
        raise Refused(say("The level table of {unit} has no row for {level}.", unit=name, level=level.word))
    rows = tuple(row for row in followed.rows if row.level is not level)
    if seen is not None and seen.id == unit:
        tx.change(seen, rows=rows)
    if rows:
        return set_level_table.within(tx, unit=unit, rows=rows, source=followed.source)
    if followed.id != unit:
        raise Refused(
            say(
                "{level} is the only row of the table that {unit} follows. Set another row of its own first.",
                level=level.word,
                unit=name,
            )
        )
    tx.remove(tx.get(LevelTable, unit) or followed)
    return None


def _declare(
    tx: Transaction,
    unit: str,
    level: Level | None,
    authority: str,
    reason: str,
    starts_at: datetime | None,
    warning: str | None,
) -> Declaration:
    require_unit(tx, unit)
    starts = starts_at or tx.now
    if not reason.strip():
        raise Refused(say("Say why: the reason stands beside the declaration."))
    if starts > tx.now:
        raise Refused(say("A level is declared from now or from an earlier time, not from the future."))
    last = max(tx.find(Declaration, unit=unit), key=lambda declaration: declaration.starts_at, default=None)
    before = last.level if last else None
    if before is level:
        raise Refused(say("{level} is what holds already. Nothing to declare.", level=level_word(level)))
    if last is not None:
        if starts < last.starts_at:
            raise Refused(say("The last declaration is from later than that. Choose a time after it."))
        tx.change(last, until_at=starts)
    made = tx.add(
        Declaration(
            id=tx.new_id("D"),
            unit=unit,
            level=level,
            authority=authority,
            reason=reason,
            starts_at=starts,
            by=tx.act.person,
            warning=warning,
        )
    )
    _change_actions(tx, made, before)
    return made


def _require_same(tx: Transaction, unit: str, seen: tuple[Declaration, ...] | None) -> None:
    """Refuse what was meant for another level than holds now: it would lower or end what somebody just declared."""
    holding = declaration_for(tx, unit, tx.now)
    if seen is None or {one.id for one in seen} == ({holding.id} if holding is not None else set()):
        return
    for one in seen:
        if tx.get(Declaration, one.id) is None:  # taken back
            raise tx.superseded(Declaration.table, one.id, encode(one))
    above = (unit, *ancestors(unit, parents_of(tx.all(Unit))))
    newest = max((one for name in above for one in tx.find(Declaration, unit=name)), key=lambda one: one.starts_at)
    made = holding if holding is not None and holding.id not in {one.id for one in seen} else newest
    facts = who_wrote(tx, made)
    raise Superseded(
        say(
            "{person} declared {level} at {time}, after this was begun. Nothing was declared by you; leave, look "
            "again, then repeat.",
            level=level_word(made.level),
            **facts,
        ),
        str(facts["person"]),
    )


def _change_actions(tx: Transaction, made: Declaration, before: Level | None) -> None:
    running = [action for action in tx.find(StartedAction, unit=made.unit) if action.open]
    demanded = effects(level_table_of(tx, made.unit), made.level)
    change = change_of_level(before, demanded, running)
    for action in change.ended:
        tx.change(action, ended_at=made.starts_at)
    for wanted in change.started if made.level is not None else ():
        tx.add(
            StartedAction(
                id=tx.new_id("K"),
                unit=made.unit,
                declaration=made.id,
                level=made.level or Level.IV,
                name=wanted.name,
                who=wanted.who,
                due_at=due(wanted, made.starts_at),
            )
        )
