"""Comments that suppress: `# noqa: TF101` as flake8 reads it, `# pylint: disable=tf-placeholder` as pylint reads it.

The command honours both, each with the scope that its own tool gives it, and remembers which of them suppressed
something. flake8 and pylint do this for themselves: nothing here is used by the plugins.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import re
import tokenize
from collections.abc import Iterable, Iterator

from astroid import nodes

from tf2lint import checkers
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Confidence, Finding, Rule, Span
from tf2lint.inference import build

_NOQA = re.compile(r"# noqa(?::\s?(?P<codes>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_NOQA_FILE = re.compile(r"^[^\S\n]*# flake8[:=]\s*noqa", re.IGNORECASE | re.MULTILINE)
_PRAGMA = re.compile(r"#.*?\bpylint:\s*([^;#\n]+)")
_PRAGMA_TEXT = re.compile(r"pylint:([^\n]*)")
_EVERYTHING = frozenset(("all", "disable-all", "skip-file"))
_ACTION = re.compile(r"\b(disable-all|skip-file|disable-next|disable-msg|enable-msg|disable|enable)\b")
_MESSAGE = re.compile(r"[0-9A-Za-z_-]{2,}|[CREIWF]")
_OUR_CODE = re.compile(r"TF[0-9]{0,3}")
_OUR_MESSAGE = re.compile(r"tf-[a-z-]+|tf2lint-[a-z-]+|[CREW]68[0-9]{2}", re.IGNORECASE)


@dataclasses.dataclass(eq=False, slots=True)
class Mention:
    """A name in a suppressing comment, and whether it suppressed anything."""

    name: str
    span: Span
    used: bool = False


class Suppressions:
    """The suppressing comments of one module."""

    def __init__(self, text: str) -> None:
        # Line ends are made alike first: Python's tokenizer and its parser count a lone carriage return differently.
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._lines = self._text.split("\n")
        self.whole_file = False
        self._noqa: dict[int, _Noqa] = {}
        self._pragmas: list[_Pragma] = []
        self._by_rule: dict[Rule, dict[int, Mention | None]] = {}
        if _may_name_ours(self._text):
            self.whole_file = _NOQA_FILE.search(self._text) is not None
            self._read()

    def suppresses(self, finding: Finding) -> bool:
        """Whether a finding is suppressed; marks the names that did it as used."""
        if self.whole_file:
            return True
        by_noqa = self._by_noqa(finding)
        if finding.rule not in self._by_rule:
            self._by_rule[finding.rule] = self._states(finding.rule)
        mention = self._by_rule[finding.rule].get(finding.span.line)
        if mention is not None:
            mention.used = True
        return by_noqa or mention is not None

    def unused(self, switched_on: Iterable[Rule]) -> Iterator[Mention]:
        """The names of our rules in comments that suppressed nothing, once all findings were asked about.

        A name is passed over if no rule that it stands for was looked for; an id that is none of ours may be another's.
        """
        if self.whole_file:
            return
        looked_for = {rule.symbol for rule in switched_on}
        named = [(mention, _by_code(mention.name)) for noqa in self._distinct() for mention in noqa.mentions]
        named += [
            (mention, _by_message(mention.name))
            for pragma in self._pragmas
            if pragma.action != "enable"
            for mention in pragma.mentions
            if _OUR_MESSAGE.fullmatch(mention.name) and (_by_message(mention.name) or "-" in mention.name)
        ]
        for mention, rules in sorted(named, key=lambda pair: pair[0].span):
            if not mention.used and (not rules or any(rule.symbol in looked_for for rule in rules)):
                yield mention

    # -- noqa -------------------------------------------------------------------------------------------------------

    def _by_noqa(self, finding: Finding) -> bool:
        noqa = self._noqa.get(finding.span.line)
        if noqa is None:
            return False
        if noqa.codes is None:
            return True
        matching = [code for code in noqa.codes if finding.rule.code.startswith(code)]
        for mention in noqa.mentions:
            mention.used = mention.used or mention.name in matching
        return bool(matching)

    def _distinct(self) -> Iterable[_Noqa]:
        return {id(noqa): noqa for noqa in self._noqa.values()}.values()

    def _read(self) -> None:
        """Collect the comments. What follows a token that Python can not read has no scope, only its own line."""
        first, last = len(self._lines) + 2, -1
        comments: list[tokenize.TokenInfo] = []
        done = 0
        seen_line, saw_newline, seen_newline = 0, True, True
        try:
            for token in tokenize.generate_tokens(io.StringIO(self._text).readline):
                if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
                    continue
                first, last = min(first, token.start[0]), max(last, token.end[0])
                if seen_line and token.start[0] != seen_line:
                    saw_newline, seen_newline = seen_newline, False
                seen_line = token.start[0]
                if token.type == tokenize.COMMENT:
                    comments.append(token)
                    # A comment after a backslash belongs to the line before it, as pylint has it.
                    if not self._read_pragma(token, token.start[0] - (0 if saw_newline else 1)):
                        return
                elif token.type in (tokenize.NL, tokenize.NEWLINE):
                    seen_newline = True
                    self._read_noqa(first, last, comments)
                    done = last
                    first, last, comments = len(self._lines) + 2, -1, []
        except (tokenize.TokenError, SyntaxError):
            for number in range(done + 1, len(self._lines) + 1):
                self._read_noqa(number, number, [])

    def _read_noqa(self, first: int, last: int, comments: list[tokenize.TokenInfo]) -> None:
        """What the lines of one stretch, several only where a string or a backslash joins them, say to flake8."""
        match = _NOQA.search("\n".join(self._lines[first - 1 : last]))
        if match is None:
            return
        codes = match["codes"]
        noqa = _Noqa(None if codes is None else tuple(re.split(r"[,\s]+", codes.strip(" ,\t\n"))))
        for token in comments:
            found = _NOQA.search(token.string)
            if found is None or found["codes"] is None:
                continue
            for code in re.finditer(r"[A-Za-z]+[0-9]+", found["codes"]):
                if _OUR_CODE.fullmatch(code[0]):
                    noqa.mentions.append(self._mention(code[0], token, found.start("codes") + code.start()))
        self._noqa.update(dict.fromkeys(range(first, last + 1), noqa))

    def _mention(self, name: str, token: tokenize.TokenInfo, offset: int) -> Mention:
        line, column = token.start
        before = len(self._lines[line - 1][: column + offset].encode("utf-8", "surrogatepass"))
        return Mention(name, Span(line, before, line, before + len(name)))

    # -- pylint -----------------------------------------------------------------------------------------------------

    def _read_pragma(self, token: tokenize.TokenInfo, line: int) -> bool:
        """Collect what a comment says to pylint; False where it takes the whole file away."""
        match = _PRAGMA.search(token.string)
        if match is None:
            return True
        actions = list(_ACTION.finditer(match[1]))
        for number, action in enumerate(actions):
            end = actions[number + 1].start() if number + 1 < len(actions) else len(match[1])
            names = list(_MESSAGE.finditer(match[1], action.end(), end))
            word = action[0].removesuffix("-msg")
            if word in ("disable-all", "skip-file") or (word == "disable" and any(name[0] == "all" for name in names)):
                self.whole_file = True
                return False
            mentions = [self._mention(name[0], token, match.start(1) + name.start()) for name in names]
            self._pragmas.append(_Pragma(word, line, mentions))
        return True

    @functools.cached_property
    def _tree(self) -> nodes.Module | None:
        try:
            return build.parse(self._text, "module", "<module>", package=False).module
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def _states(self, rule: Rule) -> dict[int, Mention | None]:
        """By line: the name that switches a rule off there, or None where one switches it on again."""
        states: dict[int, Mention | None] = {}
        for pragma in self._pragmas:
            for mention in pragma.mentions:
                if rule not in _by_message(mention.name):
                    continue
                state = None if pragma.action == "enable" else mention
                if pragma.action == "disable-next":
                    states[pragma.line + 1] = state
                elif self._tree is None:
                    states[pragma.line] = state
                else:
                    try:
                        _set_in_block(self._tree, pragma.line, state, states)
                    except RecursionError:  # Thousands of operands around the comment: it counts for its line.
                        states[pragma.line] = state
        return states


@dataclasses.dataclass(eq=False, slots=True)
class _Noqa:
    codes: tuple[str, ...] | None
    mentions: list[Mention] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class _Pragma:
    action: str
    line: int
    mentions: list[Mention]


def _set_in_block(node: nodes.NodeNG, line: int, state: Mention | None, states: dict[int, Mention | None]) -> bool:
    """Give a state to the lines of the innermost block that holds `line`, as pylint's FileState does.

    The blocks are those of the tree, from the inside out; `block_range` says which lines one rules from a given line
    on. True once it was done.
    """
    for child in node.get_children():
        decorators = getattr(child, "decorators", None)
        first = min(child.fromlineno or 0, decorators.fromlineno if decorators else child.fromlineno or 0)
        if first <= line <= (child.tolineno or 0) and _set_in_block(child, line, state, states):
            return True
    first, last = node.fromlineno, node.tolineno
    if not first <= line <= last:
        return False
    body = node.body if isinstance(node, nodes.Module | nodes.ClassDef | nodes.FunctionDef) else None
    first_child = body[0].fromlineno if body else last
    begin, end = node.block_range(line)
    earlier = None if line > first_child else state
    if begin == first and begin >= first_child and first in states:
        begin = line
    is_module = isinstance(node, nodes.Module)
    for number in range(begin, end + 1):
        before = first <= number < line if is_module else first < number < line
        if before and number in states:
            continue
        states[number] = earlier if number < line else state
    return True


def _may_name_ours(text: str) -> bool:
    """Whether a text spells a suppression that can be of a rule of ours: most are not, and tokens take long."""
    spells_noqa = "noqa" in text.lower()
    if spells_noqa and _NOQA_FILE.search(text):
        return True
    for noqa in _NOQA.finditer(text) if spells_noqa else ():
        if noqa["codes"] is None or any(code[0] in "Tt" for code in re.split(r"[,\s]+", noqa["codes"]) if code):
            return True
    for pragma in _PRAGMA_TEXT.finditer(text):
        for word in _MESSAGE.findall(pragma[1]):
            if word in _EVERYTHING or _OUR_MESSAGE.fullmatch(word) or _by_message(word):
                return True
    return False


@functools.cache
def _by_code(code: str) -> frozenset[Rule]:
    return frozenset(rule for rule in checkers.rules() if rule.code.startswith(code))


@functools.cache
def _by_message(name: str) -> frozenset[Rule]:
    """The rules that pylint takes a name in a comment for: a symbol, an id, a checker or a category."""
    families = {family.name for family in FAMILIES}
    if name.lower() in families:
        return frozenset(rule for rule in checkers.rules() if family_of(rule.code).name == name.lower())
    if len(name) == 1:
        return frozenset(rule for rule in checkers.rules() if rule.pylint_id.startswith(name))
    return frozenset(rule for rule in checkers.rules() if name == rule.symbol or name.upper() == rule.pylint_id)


def unused_finding(mention: Mention, rule: Rule) -> Finding:
    """The finding of tf-unused-suppression for a name that suppressed nothing."""
    return Finding(
        rule=rule,
        span=mention.span,
        name=mention.name,
        message=rule.message.format(name=mention.name, hint=rule.hint),
        confidence=Confidence.BINDING,
    )
