"""How a command line is understood: argparse, with its help and its errors in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from shutil import get_terminal_size
from typing import Any, NoReturn
from unicodedata import east_asian_width

from floodready.cli.asking import COMMON_DEFAULTS
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.refusal import WrongUsage


class Help(argparse.RawDescriptionHelpFormatter):
    """The help of a word."""

    def __init__(self, prog: str, **options: Any) -> None:
        # argparse counts characters and leaves two; the Chinese for “usage” is three cells wider than that.
        super().__init__(prog, **{"width": get_terminal_size().columns - 5, **options})

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with how it is typed; what every word takes stands below only."""
        own = [action for action in actions if action.dest not in COMMON_DEFAULTS]
        super().add_usage(usage, own, groups, str(say("usage: ")) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [part for line in super()._split_lines(text, width) for part in _by_cells(line, width)]


def _by_cells(line: str, width: int) -> Iterator[str]:
    """Break a line where its cells, not its characters, fill the width: most characters of Chinese fill two."""
    part, used = "", 0
    for character in line:
        used += 2 if east_asian_width(character) in "WF" else 1
        if used > width and character not in "，。；：、）":
            yield part
            part, used = "", 2
        part += character
    yield part


_LONG = 36
"""From how many characters on a list of choices would tear the usage apart."""


class _Once(argparse.Action):
    """Takes a value; a second one for the same option is refused, because nobody could tell which was meant."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Keep the value. Raises WrongUsage."""
        del parser
        if option_string is not None:
            _require_once(_taken(namespace), {self.dest: option_string})
            _taken(namespace)[self.dest] = option_string
        setattr(namespace, self.dest, values)


class _Words(argparse._SubParsersAction):  # type: ignore[type-arg] # generic for type checkers only
    """The words that may follow; what was given before one is not given again behind it.

    argparse has no public name for it; the registry of actions, which is public, takes only what works like it.
    """

    def add_parser(self, name: str, **options: Any) -> Any:
        """Add a word; what the list of words says of it stands in its own help too."""
        options.setdefault("description", options.get("help"))
        return super().add_parser(name, **options)

    def __call__(
        self, parser: Any, namespace: argparse.Namespace, values: Any, option_string: str | None = None
    ) -> None:
        """Let the word's parser understand what is behind it. Raises WrongUsage."""
        before = _taken(namespace)
        namespace.taken = {}
        super().__call__(parser, namespace, values, option_string)
        _require_once(before, _taken(namespace))


def _taken(namespace: argparse.Namespace) -> dict[str, str]:
    """Give the options given so far, as they were typed, by what they set."""
    found: dict[str, str] = vars(namespace).setdefault("taken", {})
    return found


def _require_once(before: Mapping[str, str], now: Mapping[str, str]) -> None:
    for name, option in now.items():
        if name in before:
            raise WrongUsage(say("{option} is given twice. Give it once.", option=verbatim(option)))


class Parser(argparse.ArgumentParser):
    """argparse, with errors and help as our sentences.

    It finds out what is wrong with a value, and titles the groups of its help, in private members only; they have been
    the same in every Python from 3.11 on, and a test of each wording would tell of another.
    """

    def __init__(self, **options: Any) -> None:
        # Language and form of the answer are looked for before anything is understood, and by their whole names; what
        # a script cuts short today may be two options tomorrow.
        super().__init__(allow_abbrev=False, **options)
        self.register("action", None, _Once)
        self.register("action", "parsers", _Words)
        # A time like -2h is a value, not an option; argparse has no public name for that either.
        self._negative_number_matcher = re.compile(r"-\d")
        self._is_explained = False

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an option or a value; a value is written in capitals in help and refusals, as options write theirs."""
        if len(names) == 1 and not names[0].startswith("-") and not {"metavar", "choices"} & options.keys():
            options["metavar"] = names[0].upper()
        elif "metavar" not in options and len(", ".join(map(str, options.get("choices") or ()))) > _LONG:
            options["metavar"] = names[0].lstrip("-").upper()  # what may be chosen is told in the help instead
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage instead of printing and leaving."""
        for words, sentence in _USAGE.items():
            if (met := re.fullmatch(words, message)) is not None:
                self._refuse(replace(sentence, values=tuple(met.groupdict().items())))
        self._refuse(verbatim(message))

    def refuse_strange(self, words: Sequence[str]) -> NoReturn:
        """Refuse words that nothing takes, and name the option that may be meant. Raises WrongUsage."""
        what = verbatim(" ".join(words))
        if (near := nearest(words[0].partition("=")[0], self._option_string_actions)) is not None:
            raise WrongUsage(
                say("Not understood here: {what}. Did you mean {near}? See: {program} --help",
                    what=what, near=verbatim(near), program=verbatim(self.prog))
            )  # fmt: skip
        self._refuse(say("Not understood here: {what}", what=what))

    def format_help(self) -> str:
        """Give the help, with argparse's own words in the reader's language too."""
        has_words = any(isinstance(action, _Words) for action in self._actions)
        self._positionals.title = str(say("commands") if has_words else say("in this order"))
        self._optionals.title = str(say("options"))
        if not self._is_explained:
            for action in self._actions:
                _explain(action)
        self._is_explained = True
        told = super().format_help()
        for group in self._action_groups:
            heading = say("{heading}:", heading=verbatim(str(group.title)))  # argparse's own colon is not Chinese
            told = told.replace(f"\n{group.title}:\n", f"\n{heading}\n")
        return told

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        kind = action.type
        if isinstance(kind, type) and issubclass(kind, Enum) and arg_string not in [member.value for member in kind]:
            self._refuse(_none_of(arg_string, kind))
        return super()._get_value(action, arg_string)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        if isinstance(action, _Words) and (near := nearest(str(value), action.choices)) is not None:
            meant = verbatim(f"{self.prog} {near}")
            raise WrongUsage(
                say("There is no “{word}”. Did you mean: {near}? See: {program} --help",
                    word=verbatim(str(value)), near=meant, program=verbatim(self.prog))
            )  # fmt: skip
        self._refuse(_none_of(value, action.choices))

    def _refuse(self, problem: Sentence) -> NoReturn:
        raise WrongUsage(say("{problem}. See: {program} --help", problem=problem, program=verbatim(self.prog)))


_USAGE = {
    "the following arguments are required: (?P<what>.+)": say("What is missing: {what}"),
    "argument (?P<what>.+): expected .*": say("A value is missing after {what}"),
    "argument (?P<what>.+): not allowed with argument (?P<other>.+)": say("{what} does not go with {other}"),
    "one of the arguments (?P<what>.+) is required": say("One of these is missing: {what}"),
}
"""What argparse finds wrong, in its words, and in ours."""


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """Give what a slip of the finger was meant for; None where nothing is near enough."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed, known, n=1)), None)


def _none_of(value: object, choices: Iterable[object]) -> Sentence:
    known = [str(choice.value) if isinstance(choice, Enum) else str(choice) for choice in choices]
    return say("“{value}” is none of these: {choices}", value=verbatim(str(value)), choices=verbatim(", ".join(known)))


def _explain(action: argparse.Action) -> None:
    """Say what an option is where nothing was said, and what holds without it.

    What its field is called is enough for most.
    """
    from floodready.cli.options import word_of  # for whoever asks for help only

    if action.dest == "help":
        action.help = str(say("show this help"))
    elif action.dest == "version":
        action.help = str(say("show the version"))
    elif action.help is None and (word := word_of(action.dest)) is not None:
        action.help = str(word)
    if action.help is None:
        return
    if action.choices is not None and action.metavar is not None and not isinstance(action, _Words):
        told = ", ".join(map(str, action.choices))
        action.help = str(say("{meaning}: {choices}", meaning=verbatim(action.help), choices=verbatim(told)))
    if not action.option_strings:
        return
    if isinstance(action, argparse._AppendAction):
        action.help = str(say("{meaning}; may be repeated", meaning=verbatim(action.help)))
    if action.required:
        action.help = str(say("{meaning} (must be given)", meaning=verbatim(action.help)))
    elif (held := _held_without(action)) is not None:
        action.help = str(say("{meaning}; without it: {default}", meaning=verbatim(action.help), default=held))


def _held_without(action: argparse.Action) -> Sentence | None:
    default = action.default.value if isinstance(action.default, Enum) else action.default
    is_told = isinstance(default, int | str) and not isinstance(default, bool) and default not in ("", "0", 0)
    return verbatim(str(default)) if is_told and default is not argparse.SUPPRESS else None


def common_options() -> argparse.ArgumentParser:
    """Build the options that every word takes."""
    made = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = made.add_argument_group(str(say("everywhere")))
    group.add_argument("--store", metavar="FOLDER", help=str(say("the store's folder (or FLOODREADY_STORE)")))
    group.add_argument("--at", metavar="TIME", help=str(say("answer as of this time, like 2026-07-01T08:00")))
    group.add_argument("--json", action="store_true", help=str(say("print one JSON document for machines")))
    group.add_argument("--plain", action="store_true", help=str(say("print plain lines, for pipes and screen readers")))
    group.add_argument("--lang", metavar="LANGUAGE", help=str(say("en or zh_CN (or FLOODREADY_LANG)")))
    group.add_argument("--as", dest="person", metavar="PERSON", help=str(say("who acts (or FLOODREADY_PERSON)")))
    group.add_argument("--terminal", metavar="NAME", help=str(say("which terminal this is (or FLOODREADY_TERMINAL)")))
    group.add_argument("--reason", metavar="TEXT", help=str(say("why; stands in the journal")))
    group.add_argument("--command-id", metavar="ID", help=str(say("makes a repetition of this command harmless")))
    return made


class CommonParser(Parser):
    """A parser of one word: it takes the common options too."""

    def __init__(self, **options: Any) -> None:
        times = say("TIME is like 2026-07-01T08:00, 0830, 'fri 14:00' or -2h, in the store's zone.")
        days = say("DAY is like 2026-07-01, 0701, +3d, fri or today.")
        codes = say("Codes are shown by the lists: floodready unit list, person list, station list.")
        super().__init__(
            parents=[common_options()], **{"formatter_class": Help, "epilog": f"{times}\n{days}\n{codes}", **options}
        )
        # The last word's parser stays: a refusal names its options.
        self.set_defaults(asked_of=self)
