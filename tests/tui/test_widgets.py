from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from floodready.language import say, verbatim
from floodready.tui.theme import PALETTES, Palette
from floodready.tui.understanding import understood_quantity, written_quantity
from floodready.tui.widgets.column_widths import GAP, laid_out
from floodready.tui.widgets.fields import ChoiceField, DateField, FileField, MomentField, QuantityField, SeveralField
from floodready.tui.widgets.plot import Across, near, plotted
from floodready.tui.widgets.row_texts import RowTexts
from floodready.tui.widgets.scan_field import ScanField, ScanInput
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.typed_time import understood_day, understood_time
from tests.tui.conftest import feed, quiet

WEDNESDAY = date(2026, 7, 1)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        ("20260701", date(2026, 7, 1)),
        ("2026年7月1日", date(2026, 7, 1)),
        ("0815", date(2026, 8, 15)),
        ("8/15", date(2026, 8, 15)),
        ("８／１５", date(2026, 8, 15)),
        ("0101", date(2026, 1, 1)),
        ("1231", date(2025, 12, 31)),
        ("+3d", date(2026, 7, 4)),
        ("+3", date(2026, 7, 4)),
        ("-2w", date(2026, 6, 17)),
        ("+8m", date(2027, 3, 1)),
        ("+1y", date(2027, 7, 1)),
        ("fri", date(2026, 7, 3)),
        ("wed", date(2026, 7, 8)),
        ("周五", date(2026, 7, 3)),
        ("today", WEDNESDAY),
        ("明天", date(2026, 7, 2)),
        ("0231", None),
        ("2026-13-01", None),
        ("soon", None),
        ("+99999999d", None),
        ("١٢٣", None),
    ],
)
def test_a_day_is_understood_or_refused_never_guessed(typed: str, meant: date | None) -> None:
    assert understood_day(typed, WEDNESDAY) == meant


def test_a_month_on_from_the_31st_is_the_months_last_day() -> None:
    assert understood_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)


@given(st.text(max_size=12), st.dates())
@settings(max_examples=80)
def test_no_text_breaks_the_reading_of_days_times_and_quantities(text: str, today: date) -> None:
    understood_day(text, today)
    understood_time(text)
    understood_quantity(text, 1000)


@given(st.integers(-(10**12), 10**12), st.sampled_from([1, 10, 1000, 1_000_000]))
@settings(max_examples=80)
def test_a_quantity_written_is_read_back_the_same(smallest: int, scale: int) -> None:
    assert understood_quantity(written_quantity(smallest, scale), scale) == smallest


@pytest.mark.parametrize(
    ("typed", "scale", "meant"),
    [("12,500", 1, 12500), ("1.5", 1000, 1500), ("１２", 1, 12), ("1.5", 1, None), ("1e3", 1, None), ("", 1, None)],
)
def test_a_quantity_is_whole_smallest_units(typed: str, scale: int, meant: int | None) -> None:
    assert understood_quantity(typed, scale) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0830", time(8, 30)),
        ("8", time(8)),
        ("8:05", time(8, 5)),
        ("8时30分", time(8, 30)),
        ("24:00", None),
        ("x", None),
    ],
)
def test_a_time_is_understood_or_refused(typed: str, meant: time | None) -> None:
    assert understood_time(typed) == meant


def test_fields_say_what_they_understood() -> None:
    day = DateField("on", say("Day"), today=WEDNESDAY)
    assert str(day.understand("fri").echo) == "= 2026-07-03, Friday"
    quantity = QuantityField("n", say("Pieces"), unit=say("t"), scale=1000)
    assert str(quantity.understand("1.5").echo) == "= 1.5 t"
    assert str(quantity.understand("-1").problem) == "must be 0 or more"
    moment = MomentField("at", say("At"), now=datetime(2026, 7, 1, 8, 30, tzinfo=ZONE), zone=ZONE)
    assert moment.understand("fri 14:00").value == datetime(2026, 7, 3, 14, 0, tzinfo=ZONE)
    assert moment.understand("0231 9").problem is not None


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_too_far_away_is_named_so_and_breaks_nothing(far: str) -> None:
    day = DateField("on", say("Day"), today=WEDNESDAY)
    moment = MomentField("at", say("At"), now=datetime(2026, 7, 1, 8, 30, tzinfo=ZONE), zone=ZONE)
    for found in (day.understand(far), moment.understand(f"{far} 00:00"), moment.understand(f"{far} 23:59")):
        assert "is too far away; type a day from 1900 to 2199" in str(found.problem)


def test_the_home_of_nobody_is_no_reason_to_stop() -> None:
    assert FileField("file", say("File")).understand("~nobody-at-all/x").value == Path("~nobody-at-all/x")
    assert FileField("file", say("File")).understand("~/x").value == Path.home() / "x"


def test_a_number_too_large_to_be_kept_is_not_called_no_number() -> None:
    quantity = QuantityField("n", say("Pieces"), unit=say("t"))
    assert "is more than can be kept" in str(quantity.understand("9" * 30).problem)
    assert str(quantity.understand("1.5").problem) == "must be a whole number"


def test_a_part_of_a_name_chooses_and_the_others_are_told() -> None:
    choice = ChoiceField("who", say("Who"), [("li", verbatim("李伟 Li Wei")), ("lin", verbatim("Lin Tao"))])
    assert choice.understand("lin").value == "lin"
    assert choice.understand("伟").value == "li"
    assert "Li Wei" in str(choice.understand("Li").echo)
    assert choice.understand("zzz").problem is not None
    several = SeveralField("roles", say("Roles"), [("a", say("Name")), ("b", say("Note"))])
    assert several.understand("note， name").value == ("b", "a")


def test_a_choice_without_choices_says_whether_it_may_stay_empty() -> None:
    assert str(ChoiceField("place", say("Place"), [])._hint) == "there is nothing to choose from"
    optional = ChoiceField("place", say("Place"), [], required=False)
    assert str(optional._hint) == "nothing to choose from: may stay empty"
    assert optional.understood().problem is None


def test_the_filter_looks_in_all_columns_or_in_one_or_for_what_is_not_there() -> None:
    row = {"item": "woven bags", "place": "E04", "at": "08:30"}
    headings = {"item": say("Item"), "place": verbatim("位置"), "at": say("Time")}
    texts = RowTexts([Column(id=id, heading=headings[id], cell=itemgetter(id), width=9) for id in row], [row])
    for typed, fits in [
        ("bags e04", True),
        ("place:e04", True),
        ("位置：E04", True),
        ("item:e04", False),
        ("item:bags 08", True),
        ("!bags", False),
        ("08:30", True),
        ("!", True),
    ]:
        assert bool(texts.fitting(typed)) == fits, typed


def _text_of(long: int, _: str) -> str:
    return "x" * long


COLUMNS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 3), st.integers(1, 5), st.integers(0, 60)), min_size=1, max_size=12
)
"""Width, share, priority, and how long the text of the column is."""


@given(st.integers(10, 200), COLUMNS, st.booleans())
@settings(max_examples=80)
def test_columns_fit_the_width_by_dropping_the_least_needed(
    room: int, given: list[tuple[int, int, int, int]], filled: bool
) -> None:
    columns: list[Column[str]] = [
        Column(id=str(place), heading=verbatim("h"), cell=partial(_text_of, long), width=width, grow=grow,
               priority=priority)
        for place, (width, grow, priority, long) in enumerate(given)
    ]  # fmt: skip
    kept = laid_out(columns, ["row"] if filled else [], room)
    first = [column for column in columns if column.priority == 1]
    assert {column.id for column in first} <= {column.id for column, _ in kept} or len(kept) == 1
    needed = [max(3, given[int(column.id)][3]) if filled else column.width for column, _ in kept]
    least = [min(column.width, need) for (column, _), need in zip(kept, needed, strict=True)]
    used = sum(width + GAP for _, width in kept) - GAP
    missing = sum(width + GAP for width in least) - GAP - room
    assert used <= room or missing >= max(least), "we cut texts, with an ellipsis"
    assert all(width >= 1 for _, width in kept)
    if missing <= 0:
        assert all(width >= floor for (_, width), floor in zip(kept, least, strict=True))
    if sum(need + GAP for need in needed) - GAP + 1 <= room:
        assert all(width >= need for (_, width), need in zip(kept, needed, strict=True)), "every text stands whole"
    dropped = [column for column in columns if column.id not in {kept_one.id for kept_one, _ in kept}]
    assert all(column.priority >= kept_one.priority for column in dropped for kept_one, _ in kept) or not first


@dataclass(frozen=True)
class Bag:
    id: str
    name: str
    number: int


BAG_COLUMNS: tuple[Column[Bag], ...] = (
    Column(id="id", heading=say("No."), cell=lambda bag: bag.id, width=8),
    Column(id="name", heading=say("Name"), cell=lambda bag: bag.name, width=10, grow=1),
    Column(id="number", heading=say("Number"), cell=lambda bag: bag.number, width=8, right=True,
           order=lambda bag: bag.number),
)  # fmt: skip


class OneTable(App[None]):
    def compose(self) -> ComposeResult:
        yield VirtualTable(BAG_COLUMNS, lambda bag: bag.id, empty=say("Nothing here."), id="table")

    @property
    def table(self) -> VirtualTable[Bag]:
        return self.query_one("#table", VirtualTable)


class ThemedTable(OneTable):
    def on_load(self) -> None:
        self.register_theme(PALETTES[0].theme())
        self.theme = PALETTES[0].name


def bags(count: int) -> list[Bag]:
    return [Bag(f"E{place:06d}", f"编织袋 {place}", place * 7 % 100) for place in range(count)]


async def test_rows_stand_under_their_headings_after_the_window_is_made_wider() -> None:
    app = ThemedTable()
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.show_rows(bags(3))
        await pilot.pause()
        await pilot.resize_terminal(140, 24)
        await pilot.pause()
        lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
        assert cell_len(lines[0].rstrip()) == cell_len(lines[2].rstrip()) > 80


async def test_a_table_of_100000_rows_draws_only_what_is_in_sight() -> None:
    app = ThemedTable()
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.show_rows(bags(100_000))
        await pilot.press("G")
        assert app.table.row == bags(100_000)[-1]
        lines = ["".join(segment.text for segment in app.table.render_line(y)) for y in range(24)]
        assert all(cell_len(line) == 80 or cell_len(line) == 79 for line in lines)
        assert "E099999" in lines[-1]


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go() -> None:
    app = ThemedTable()
    async with app.run_test(size=(80, 24)):
        app.table.show_rows(bags(50))
        app.table.go_to("E000030")
        app.table.show_rows(bags(50)[10:])
        assert app.table.row == bags(50)[30]
        app.table.filter_by("编织袋 3")
        assert app.table.row == bags(50)[30]
        app.table.sort_by("number", descending=True)
        assert app.table.row == bags(50)[30]
        app.table.filter_by("nothing has this")
        assert app.table.row is None


async def test_the_heading_shows_by_what_it_is_sorted() -> None:
    app = ThemedTable()
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.show_rows(bags(5))
        await pilot.press("s", "s", "s", "S")
        assert app.table.order == ("number", True)
        heading = "".join(segment.text for segment in app.table.render_line(0))
        assert "Number v" in heading


async def test_a_click_moves_and_a_double_click_opens() -> None:
    opened: list[Bag] = []

    class Clicked(ThemedTable):
        def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
            opened.append(message.row)

    app = Clicked()
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.show_rows(bags(5))
        await pilot.click("#table", offset=(3, 3))
        assert app.table.cursor == 2
        assert opened == []
        await pilot.click("#table", offset=(3, 3), times=2)
        assert opened == [bags(5)[2]]


class OneScan(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.register_theme(PALETTES[0].theme())
        self.theme = PALETTES[0].name
        self.codes: list[str] = []

    def compose(self) -> ComposeResult:
        yield ScanField(say("Label"), id="scan")

    def on_scan_field_scanned(self, scanned: ScanField.Scanned) -> None:
        self.codes.append(scanned.code)


async def test_no_scan_is_lost_however_fast() -> None:
    app = OneScan()
    async with app.run_test():
        wanted = [f"LOT-{place:03d}" for place in range(20)]
        for place, code in enumerate(wanted):
            feed(app, *code.lower(), "enter" if place % 2 else "tab")
        await quiet(app)
        assert app.codes == [code.lower() for code in wanted]


async def test_pasted_lines_are_scans_and_full_width_is_folded() -> None:
    from textual import events

    app = OneScan()
    async with app.run_test() as pilot:
        field = app.query_one(ScanInput)
        field.post_message(events.Paste("A1\nＢ２\r\nrest"))
        await pilot.pause()
        assert app.codes == ["A1", "B2"]
        assert field.value == "rest"


async def test_an_input_method_in_a_scan_field_is_told() -> None:
    app = OneScan()
    async with app.run_test() as pilot:
        await pilot.press("Ａ")
        await pilot.pause()
        assert app.query_one("#scan-told").has_class("-warning")


def test_a_plot_keeps_the_next_line_above_in_sight() -> None:
    at = [(datetime(2026, 7, 1, hour, tzinfo=ZONE), value) for hour, value in enumerate((10, 20, 30))]
    lines = [Across(say("level IV"), 40), Across(say("level III"), 60)]
    assert near(at, lines) == lines[:1]
    drawn = plotted(at, near(at, lines), 20, 4)
    assert drawn[0] == "-" * 20
    assert [row.count("*") for row in drawn] == [0, 1, 1, 1]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_word_of_every_theme_can_be_read(palette: Palette) -> None:
    for ground in (palette.background, palette.surface, palette.panel):
        for ink in ("foreground", "muted", "good", "watch", "bad", "unknown", "accent"):
            assert contrast(getattr(palette, ink), ground) >= 4.5, (palette.name, ink, ground)
    assert contrast(palette.cursor_text, palette.cursor) >= 4.5
