"""A PDF made by hand."""

from __future__ import annotations

import io

_PAPER, _FONTS = "/MediaBox [0 0 612 792]", "<< /Font << /F1 5 0 R >> >>"


def pdf(*lines: str, title: str = "") -> bytes:
    """Make a PDF of one page by hand: Helvetica, one line of text below the other."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 700 Td {shown} ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {_PAPER} /Contents 4 0 R /Resources {_FONTS} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    table = out.tell()
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(
        f"trailer << /Size {len(bodies) + 1} /Root 1 0 R /Info 6 0 R >>\n"
        f"startxref\n{table}\n%%EOF\n".encode()
    )
    return out.getvalue()
