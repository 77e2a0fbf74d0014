"""Plausible answers: the same at every load, different for every unit."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from models import Unit

RESULTS = (
    "Đơn vị đã phổ biến nội dung Cuộc vận động đến toàn thể cán bộ, người lao động; lồng ghép vào "
    "các hoạt động chuyên môn và tuyên truyền rộng rãi trên địa bàn.",
    "Công tác tuyên truyền được thực hiện thường xuyên, hình thức phong phú. Người dân ngày càng "
    "quan tâm đến sản phẩm của tỉnh, nhất là sản phẩm OCOP.",
    "Phối hợp với các ban, ngành tổ chức tuyên truyền tại chợ phiên và các điểm du lịch.\n"
    "Vận động các hộ kinh doanh niêm yết giá, ghi rõ nguồn gốc hàng hoá.",
    "Duy trì chuyên mục hằng tháng, tăng số bài viết về doanh nghiệp và sản phẩm địa phương.",
)
OBSTACLES = (
    "Kinh phí còn hạn chế, phương tiện tuyên truyền đã cũ.",
    "Địa bàn rộng, giao thông đi lại khó khăn, nhất là mùa mưa.",
    "Hàng không rõ nguồn gốc vẫn bày bán tại một số chợ vùng biên.",
    "",
)
WISHES = (
    "Đề nghị cấp thêm tài liệu, mẫu panô thống nhất toàn tỉnh.",
    "Đề nghị hỗ trợ kinh phí tuyên truyền cho các xã vùng cao.",
    "",
    "",
)
EVENTS = (
    "Liên hoan nghệ thuật quần chúng", "Giải bóng chuyền công nhân, viên chức",
    "Trưng bày sản phẩm OCOP", "Tuần văn hoá, du lịch", "Hội thi tìm hiểu hàng Việt",
)  # fmt: skip


def of(unit: Unit, year: int) -> Mapping[str, Any]:
    """Return answers of a unit to every question of the demo's forms, by the questions' keys.

    They are as question types store them; None is left blank.
    """
    rng = random.Random(f"{unit.code}-{year}")  # noqa: S311 -- plausible, not secret.
    sessions = rng.randint(4, 48)
    return {
        "issued": rng.random() < 0.9,
        "document": f"{rng.randint(12, 240)}/KH-{unit.code.split('-')[0]}",
        "issued_on": (date(year, 5, 20) + timedelta(days=rng.randint(0, 40))).isoformat(),
        "meetings": rng.randint(1, 6),
        "listeners": sessions * rng.randint(25, 140),
        "ways": sorted(f"lc{place}" for place in rng.sample(range(1, 6), rng.randint(1, 3))),
        "share": str(rng.randint(78, 99)) + rng.choice(("", ".5", ".25")),
        "events": _events(rng, year),
        "sessions": sessions,
        "trips": sessions * 2 + rng.randint(0, 12),
        "visuals": _visuals(rng),
        "area": f"{rng.randint(20, 180)}.{rng.choice('2468')}",
        "articles": rng.choice((rng.randint(6, 90), {"none": True})),
        "reach": rng.choice(("lc1", "lc1", "lc2", "lc2", "lc3", "lc4")),
        "spent": rng.randint(4, 60) * 500_000,
        "columns": rng.randint(6, 24),
        "hours": f"{rng.randint(8, 90)}.5",
        "quarters": _quarters(rng),
        "shows": rng.randint(2, 30),
        "viewers": rng.randint(300, 9000),
        "results": rng.choice(RESULTS),
        "obstacles": rng.choice(OBSTACLES) or None,
        "wishes": rng.choice(WISHES) or None,
        "rating": rng.randint(3, 5),
        "contact": {"name": "Chuyên viên 1", "phone": unit.phone},
        "peak": {"from": f"{year}-09-01", "to": f"{year}-09-{rng.randint(15, 30)}"},
    }


def _events(rng: random.Random, year: int) -> dict[str, Any]:
    return {
        "rows": [
            {
                "id": f"r{place}",
                "cells": {
                    "ten": name,
                    "ngay": (date(year, 6, 1) + timedelta(days=rng.randint(0, 150))).isoformat(),
                    "nguoi": rng.randint(40, 900),
                    "chi": rng.randint(3, 80) * 1_000_000,
                },
            }
            for place, name in enumerate(rng.sample(EVENTS, rng.randint(1, 3)), start=1)
        ]
    }


def _visuals(rng: random.Random) -> dict[str, Any]:
    table: dict[str, dict[str, Any]] = {}
    for row, (most, price) in zip(
        ("d1", "d2", "d3", "d4"), ((12, 3_500_000), (90, 250_000), (200, 15_000), (3000, 1_000)),
        strict=True,
    ):  # fmt: skip
        near, far = rng.randint(1, most), rng.randint(0, most)
        table[row] = {"hsl": near, "hkp": near * price, "xsl": far, "xkp": far * price}
    if rng.random() < 0.3:
        table["d1"]["ghi"] = rng.choice(("Có 2 panô cỡ lớn", "Thay mới trong quý III"))
    return {"rows": table}


def _quarters(rng: random.Random) -> dict[str, Any]:
    return {
        "rows": {
            row: {name: rng.randint(2, 40) for name in ("tin", "bai", "mang")}
            for row in ("d1", "d2", "d3", "d4")
        }
    }
