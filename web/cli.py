"""ARGUMENTS -> EXIT STATUS: the command `sauro`.

Results go to stdout, everything else to stderr. Exit status: 0 done; 1 some input failed, each
named on stderr, the rest done; 2 wrong usage. Heavy imports wait until a verb needs them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from ingest.errors import DirectiveError

_Verbs: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - it has no other name

ROLE_NAMES = ("lead", "coordinate", "advise", "support")
NOUN_NAMES = ("header", "block", "task", "actor", "deadline", "target", "reference")
INTENT_NAMES = ("who", "what", "when", "cite", "find")
TIME_NAMES = ("due", "document", "either")
DUE_NAMES = ("due", "recurring", "overdue", "ongoing", "event", "none")
SORT_NAMES = ("document", "deadline", "issued", "role")
RELATION_NAMES = (
    "implements", "basis", "continues", "promulgates", "amends", "replaces", "repeals",
    "consolidates", "details", "guides", "attachment", "mentions",
)  # fmt: skip
LEVEL_NAMES = ("central", "province", "district", "commune")

# What argparse says, as it cannot be told to speak Vietnamese.
_ENGLISH = {
    "the following arguments are required: ": "còn thiếu: ",
    "unrecognized arguments: ": "không hiểu: ",
    "invalid choice: ": "không có lựa chọn ",
    "choose from": "hãy chọn trong",
    "expected one argument": "cần một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "not allowed with argument": "không dùng cùng với",
    "one of the arguments": "cần một trong",
    "is required": "",
    "argument ": "",
    "invalid int value: ": "không phải số nguyên: ",
    "invalid _positive value: ": "không phải số từ 1 trở lên: ",
    "invalid _date value: ": "không phải ngày dạng 2024-06-30: ",
}


class _Formatter(argparse.HelpFormatter):
    """Help with Vietnamese headings."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(
            {"options": "Tùy chọn", "positional arguments": "Cần cho biết"}.get(
                heading or "", heading
            )
        )

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = "Cách dùng: ",
    ) -> None:
        super().add_usage(usage, actions, groups, prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as the parent
        super().__init__(add_help=False, formatter_class=_Formatter, **options)
        self.add_argument("-h", "--help", action="help", help="xem cách dùng rồi thoát")

    def error(self, message: str) -> NoReturn:
        for english, vietnamese in _ENGLISH.items():
            message = message.replace(english, vietnamese)
        hint = f"Gõ “{self.prog} --help” để xem cách dùng."
        self.exit(2, f"Lệnh chưa đúng: {message.strip()}\n{hint}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with *argv* (default: those of the process); return its exit status."""
    arguments = build_parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except DirectiveError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu. Những gì đã nạp xong vẫn còn.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    parser = _Parser(
        prog="sauro",
        description="Sáu Rõ: ai phải làm gì, bao giờ xong, theo văn bản nào.",
        epilog="Thư viện nằm ở --library, nếu không thì SAURO_LIBRARY, nếu không thì ./library.",
    )
    verbs = parser.add_subparsers(title="Việc làm được", metavar="VIỆC", required=True)
    _add_reading(verbs)
    _add_finding(verbs)
    _add_tracing(verbs)
    _add_standing(verbs)
    _add_lives(verbs)
    _add_reviewing(verbs)
    _add_serving(verbs)
    _add_measuring(verbs)
    _add_later(verbs)
    return parser


def _add_reading(verbs: _Verbs) -> None:
    analyze = verbs.add_parser("analyze", help="đọc một tệp, in những gì hiểu được")
    analyze.add_argument("file", metavar="TỆP", type=Path)
    analyze.add_argument(
        "--library", metavar="THƯ_MỤC", type=Path, help="áp dụng các chỗ đã sửa trong thư viện này"
    )
    _json(analyze)
    analyze.set_defaults(run=_run("web.reading", "analyze"))

    ingest = verbs.add_parser("ingest", help="nạp tệp, thư mục, tệp nén vào thư viện")
    ingest.add_argument("paths", metavar="ĐƯỜNG_DẪN", type=Path, nargs="+")
    _library(ingest)
    ingest.set_defaults(run=_run("web.reading", "ingest"))


def _add_finding(verbs: _Verbs) -> None:
    ask = verbs.add_parser("ask", help="hỏi: ai làm, làm gì, bao giờ, căn cứ nào")
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", metavar="CÂU_HỎI", nargs="?")
    asked.add_argument("--batch", metavar="TỆP", type=Path, help="mỗi dòng một câu hỏi")
    _now(ask)
    ask.add_argument("--limit", metavar="SỐ", type=_positive, default=20, help="số câu trả lời")
    ask.add_argument("--intent", choices=INTENT_NAMES, help="câu hỏi là hỏi gì, nếu hiểu sai")
    ask.add_argument("--time", choices=TIME_NAMES, help="thời gian nêu ra là hạn hay ngày văn bản")
    ask.add_argument("--literal", action="store_true", help="không sửa lỗi gõ")
    ask.add_argument("--home", metavar="NƠI", help="“tỉnh tôi”, “sở tôi” là nơi nào")
    _json(ask)
    _library(ask)
    ask.set_defaults(run=_run("web.finding", "ask"))

    search = verbs.add_parser("search", help="tìm điểm, khoản và nhiệm vụ theo từ và bộ lọc")
    search.add_argument("words", metavar="TỪ", nargs="?", default="")
    search.add_argument("--agency", metavar="CƠ_QUAN")
    search.add_argument("--role", choices=ROLE_NAMES)
    search.add_argument("--type", metavar="LOẠI", help="loại văn bản, ví dụ: Kế hoạch")
    search.add_argument("--level", choices=LEVEL_NAMES)
    search.add_argument("--year", metavar="NĂM", type=int)
    search.add_argument("--place", metavar="ĐỊA_DANH")
    search.add_argument("--due-before", metavar="NGÀY", type=_date, help="dạng 2024-06-30")
    _now(search)
    search.add_argument("--limit", metavar="SỐ", type=_positive, default=20)
    _json(search)
    _library(search)
    search.set_defaults(run=_run("web.finding", "search"))


def _add_tracing(verbs: _Verbs) -> None:
    duties = verbs.add_parser("duties", help="mọi nhiệm vụ của một cơ quan")
    duties.add_argument("agency", metavar="CƠ_QUAN")
    duties.add_argument("--role", choices=ROLE_NAMES)
    duties.add_argument("--type", metavar="LOẠI", help="loại văn bản, ví dụ: Kế hoạch")
    duties.add_argument("--year", metavar="NĂM", type=int, help="năm ban hành")
    duties.add_argument("--due", choices=DUE_NAMES, help="thời hạn hôm nay ra sao")
    duties.add_argument("--sort", choices=SORT_NAMES, default="document")
    _now(duties)
    duties.add_argument("--xlsx", metavar="TỆP", type=Path, help="ghi thành bảng tính")
    _json(duties)
    _library(duties)
    duties.set_defaults(run=_run("web.finding", "duties"))

    cite = verbs.add_parser("cite", help="một văn bản, một điều khoản viện dẫn gì, ai viện dẫn nó")
    cite.add_argument("query", metavar="SỐ_HOẶC_CÂU", help="ví dụ: “khoản 2 Điều 5 Luật Đất đai”")
    cite.add_argument(
        "--relation", choices=RELATION_NAMES, help="chỉ nơi viện dẫn theo quan hệ này"
    )
    cite.add_argument("--limit", metavar="SỐ", type=_positive, help="số nơi viện dẫn được in")
    _json(cite)
    _library(cite)
    cite.set_defaults(run=_run("web.finding", "cite"))


def _add_standing(verbs: _Verbs) -> None:
    made = {
        verb: verbs.add_parser(verb, help=told)
        for verb, told in (
            ("status", "một văn bản có hiệu lực vào một ngày không, vì sao"),
            ("map", "lược đồ: các văn bản liên quan, hai chiều"),
            ("cascade", "văn bản được triển khai qua các cấp đến đâu"),
            ("impact", "mọi đoạn dựa vào một văn bản, nay dẫn gì thay"),
        )
    }
    for verb, parser in made.items():
        parser.add_argument("query", metavar="VĂN_BẢN", help="số ký hiệu, tên hoặc mã")
        parser.set_defaults(run=_run("web.tracing", f"print_{verb}"))
    made["status"].add_argument("--on", metavar="NGÀY", type=_date, help="dạng 2024-06-30")
    made["map"].add_argument("--limit", metavar="SỐ", type=_positive, default=20)
    made["impact"].add_argument("--limit", metavar="SỐ", type=_positive, default=200)
    made["impact"].add_argument(
        "--xlsx", metavar="TỆP", type=Path, help="ghi tất cả thành bảng tính"
    )
    made["impact"].add_argument("--csv", metavar="TỆP", type=Path, help="ghi tất cả thành tệp CSV")

    stubs = verbs.add_parser("stubs", help="văn bản được viện dẫn mà thư viện chưa có")
    stubs.add_argument("--limit", metavar="SỐ", type=_positive, default=50)
    stubs.set_defaults(run=_run("web.tracing", "print_stubs"))
    for parser in (*made.values(), stubs):
        _json(parser)
        _library(parser)


def _add_lives(verbs: _Verbs) -> None:
    life = verbs.add_parser("life", help="một đoạn có ở những văn bản nào, đổi ra sao")
    life.add_argument("document", metavar="VĂN_BẢN", help="mã, số ký hiệu hoặc tên")
    life.add_argument("path", metavar="ĐOẠN", help="đường dẫn của đoạn, ví dụ: II.2.a")
    life.add_argument("--limit", metavar="SỐ", type=_positive, default=50)
    _json(life)
    _library(life)
    life.set_defaults(run=_run("web.lives", "print_life"))

    compare = verbs.add_parser("compare", help="so sánh hai văn bản theo từng đoạn")
    compare.add_argument("a", metavar="VĂN_BẢN_A", help="mã, số ký hiệu hoặc tên")
    compare.add_argument("b", metavar="VĂN_BẢN_B")
    _json(compare)
    _library(compare)
    compare.set_defaults(run=_run("web.lives", "print_comparison"))


def _add_reviewing(verbs: _Verbs) -> None:
    review = verbs.add_parser("review", help="những chỗ chưa chắc, cần người soát")
    review.add_argument("--document", metavar="MÃ", help="chỉ trong một văn bản")
    review.add_argument("--kind", choices=NOUN_NAMES, help="chỉ một loại")
    review.add_argument("--limit", metavar="SỐ", type=_positive, default=50)
    _json(review)
    _library(review)
    review.set_defaults(run=_run("web.reviewing", "review"))

    made = verbs.add_parser("corrections", help="các chỗ người soát đã sửa: xem, xuất, nhập")
    way = made.add_mutually_exclusive_group()
    way.add_argument("--export", metavar="THƯ_MỤC", type=Path, help="ghi ra dữ liệu chuẩn")
    way.add_argument("--import", dest="take", metavar="THƯ_MỤC", type=Path, help="nhận từ máy khác")
    _json(made)
    _library(made)
    made.set_defaults(run=_run("web.reviewing", "corrections"))

    rebuild = verbs.add_parser(
        "rebuild", help="dựng lại chỉ mục bị mất hoặc hỏng, hay cả thư viện từ các tệp gốc"
    )
    _library(rebuild)
    rebuild.set_defaults(run=_run("web.rebuilding", "rebuild"))

    reread = verbs.add_parser("reread", help="đọc lại các tệp gốc bằng bản chương trình này")
    _library(reread)
    reread.set_defaults(run=_run("web.reviewing", "reread"))


def _add_serving(verbs: _Verbs) -> None:
    serve = verbs.add_parser("serve", help="mở trang web và API")
    serve.add_argument("--host", metavar="MÁY", default="127.0.0.1")
    serve.add_argument("--port", metavar="CỔNG", type=int, default=8000)
    serve.add_argument(
        "--workers", metavar="SỐ", type=_positive, default=2, help="số tiến trình phục vụ"
    )
    _library(serve)
    serve.set_defaults(run=_run("web.serving", "serve"))

    demo = verbs.add_parser("demo", help="nạp các văn bản mẫu rồi mở trang web")
    demo.add_argument("--host", metavar="MÁY", default="127.0.0.1")
    demo.add_argument("--port", metavar="CỔNG", type=int, default=8000)
    demo.add_argument("--library", metavar="THƯ_MỤC", type=Path, default=Path("library-demo"))
    demo.set_defaults(run=_run("web.demo", "demo"))


def _add_later(verbs: _Verbs) -> None:
    check = verbs.add_parser("check", help="soát một dự thảo trước khi ký (chưa có ở bản này)")
    check.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    check.set_defaults(run=_later, verb="check")


def _add_measuring(verbs: _Verbs) -> None:
    bench = verbs.add_parser("bench", help="đo chất lượng tìm kiếm trên dữ liệu cho trước")
    kinds = bench.add_subparsers(title="Đo gì", metavar="GÌ", required=True)
    retrieval = kinds.add_parser("retrieval", help="tìm đúng văn bản liên quan đến đâu")
    retrieval.add_argument("--corpus", metavar="TỆP", type=Path, required=True)
    retrieval.add_argument("--queries", metavar="TỆP", type=Path, required=True)
    _json(retrieval)
    retrieval.set_defaults(run=_run("web.measuring", "retrieval"))


def _now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--now", action="store_true", help="ghi cả cơ quan nay chịu trách nhiệm")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in JSON")


def _library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", metavar="THƯ_MỤC", type=Path, help="thư viện nằm ở đâu")


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _run(module: str, verb: str) -> Callable[[argparse.Namespace], int]:
    """Return the step of a verb; its module is heavy and waits until it is wanted."""

    def run(arguments: argparse.Namespace) -> int:
        step: Callable[[argparse.Namespace], int] = getattr(import_module(module), verb)
        return step(arguments)

    return run


def _later(arguments: argparse.Namespace) -> int:
    print(f"“sauro {arguments.verb}” chưa có ở bản này; sẽ có ở bản sau.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
