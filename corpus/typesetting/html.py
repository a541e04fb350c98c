"""Source -> HTML: as a page of a law portal is saved, with all that stands around the text."""

from __future__ import annotations

from html import escape

from typesetting.layout import (
    MOTTO,
    NATION,
    addressees,
    is_letter,
    is_stub,
    number_line,
    place_line,
    properties,
    recipients,
    title,
)
from typesetting.markup import Block, Source

# A law library sells access; a province's portal shows its own documents. Both are invented.
MENUS = {
    "library": ("Trang chủ", "Tra cứu văn bản", "Tiêu chuẩn Việt Nam", "Biểu mẫu", "Hỏi đáp"),
    "portal": ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Dịch vụ công"),
}
SITES = {
    "library": "Thư viện Văn bản Sông Nguồn",
    "portal": "Cổng thông tin điện tử tỉnh Lam Giang",
}


def as_html(source: Source) -> str:
    """Return *source* as a saved page; the head's `skin` says of which site."""
    skin = source.head.get("skin", "library")
    name = _full_name(source)
    body = "\n".join([*_letterhead(source), *_body(source)])
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{escape(name)} - {SITES[skin]}</title>
<style>body{{font-family:Arial}} .vb{{font-family:"Times New Roman"}} .qc{{background:#ffd}}</style>
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"trang": "van-ban"}});</script>
</head>
<body>
{_chrome(source, skin, name)}
{_properties(source)}
<div id="noi-dung" class="vb">
{body}
</div>
{_tail(source, skin)}
</body>
</html>
"""


def _full_name(source: Source) -> str:
    code = source.head.get("code", "")
    kind = source.head["type"]
    number = f"{kind} số {code}" if kind == "Luật" else f"{kind} {code}"
    return f"{number} {source.head['title']}"


def _chrome(source: Source, skin: str, name: str) -> str:
    menu = "".join(f'<li><a href="#">{item}</a></li>' for item in MENUS[skin])
    trail = " &gt; ".join(["Trang chủ", "Văn bản", source.head["field"], source.head["type"]])
    return f"""<header>
<div class="dang-nhap">{_links("Đăng nhập", "Đăng ký", "English")}</div>
<div class="ten-trang">{SITES[skin]}</div>
<nav><ul>{menu}</ul></nav>
<form><input placeholder="Nhập từ khóa, số hiệu văn bản..."><button>Tìm kiếm</button></form>
</header>
<div class="duong-dan">{trail}</div>
<h1>{escape(name)}</h1>
{_above(skin)}"""


def _above(skin: str) -> str:
    """What a site puts between the heading and the text."""
    if skin == "portal":
        return """<div class="cong-cu">Cỡ chữ A- A A+ | In trang | Gửi thư | Chia sẻ Zalo</div>
<div>Lượt xem: 318</div>"""
    return f"""<div class="qc">Tải ứng dụng để tra cứu nhanh hơn. Ưu đãi 30% gói năm!</div>
<div class="the">{_links("Tóm tắt", "Nội dung", "Lược đồ", "Tải về")}</div>"""


def _below(skin: str) -> str:
    """What a site puts after the text."""
    if skin == "portal":
        return f"<div>Ý kiến bạn đọc (0)</div><div>{_links('Về đầu trang')}</div>"
    advice = "Bạn chưa đăng nhập nên chưa xem được Lược đồ."
    return f'<div class="qc">{advice} {_links("Đăng nhập")}</div>'


def _links(*words: str) -> str:
    return " | ".join(f'<a href="#">{word}</a>' for word in words)


def _properties(source: Source) -> str:
    cells = "\n".join(
        f"<tr><td>{label}</td><td>{escape(value)}</td></tr>" for label, value in properties(source)
    )
    return f'<table class="thuoc-tinh" border="1">\n{cells}\n</table>'


def _tail(source: Source, skin: str) -> str:
    names = source.parts("related", ";")
    related = "".join(f'<li><a href="#">{escape(name)}</a></li>' for name in names)
    return f"""<aside><h3>Văn bản liên quan</h3><ul>{related}</ul></aside>
{_below(skin)}
<footer>© {SITES[skin]}. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</footer>"""


def _letterhead(source: Source) -> list[str]:
    if is_stub(source):
        names = [*source.parts("org"), *title(source)]
        return [f"<p><b>{escape(line)}</b></p>" for line in names]
    org = "<br>".join([*source.parts("parent"), *(f"<b>{x}</b>" for x in source.parts("org"))])
    left = number_line(source)
    if is_letter(source):
        left += f"<br>{source.head['title']}"
    top = f"""<table width="100%"><tr><td align="center">{org}<br>-------</td>
<td align="center"><b>{NATION}<br>{MOTTO}</b><br>---------------</td></tr>
<tr><td align="center">{left}</td><td align="right"><i>{place_line(source)}</i></td></tr></table>"""
    names = [f'<p align="center"><b>{escape(line)}</b></p>' for line in title(source)]
    return [top, *names, *(f"<p>{escape(line)}</p>" for line in addressees(source))]


def _body(source: Source) -> list[str]:
    parts: list[str] = []
    table: list[Block] = []
    signed = False
    for block in source.blocks:
        if block.mark.startswith("|"):
            table.append(block)
            continue
        parts += _table(table)
        table = []
        if block.mark == "$sign":
            parts.append(_end(source))
            signed = True
        elif block.mark != "$page":
            parts.append(_paragraph(block))
    parts += _table(table)
    return parts if signed or is_stub(source) else [*parts, _end(source)]


def _paragraph(block: Block) -> str:
    text = escape(block.text, quote=False)
    decides = block.kind == "preamble" and block.text.isupper()  # who decides; QUYẾT ĐỊNH:
    if block.mark in {"#", "##", "^"} or decides:
        text = f"<b>{text}</b>"
    elif block.mark in {"###", "b", "^i"}:
        text = f"<i>{text}</i>"
    align = ' align="center"' if block.mark.startswith("^") or decides else ""
    return f"<p{align}>{text}</p>"


def _table(rows: list[Block]) -> list[str]:
    if not rows:
        return []
    lines = []
    for row in rows:
        cells = "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row.cells)
        lines.append(f"<tr>{cells}</tr>")
    return ['<table border="1">\n' + "\n".join(lines) + "\n</table>"]


def _end(source: Source) -> str:
    first, *rest = recipients(source) or [""]
    left = "<br>".join([f"<b><i>{first}</i></b>", *rest])
    *office, name = source.parts("sign") or [""]
    right = "<br>".join([*(f"<b>{x}</b>" for x in office), "<br>", f"<b>{name}</b>"])
    return f"""<table width="100%"><tr><td valign="top">{left}</td>
<td align="center" valign="top">{right}</td></tr></table>"""
