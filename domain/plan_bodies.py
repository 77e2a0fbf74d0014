"""How documents name bodies, and where the name ends and what the body has to do begins."""

import re

ORGANISATION = (
    r"(?:(?:các|mỗi|quý|từng|toàn\s+thể)\s+)?(?:sở|ban(?!\s+hành)|ngành|"
    r"phòng(?!,?\s*(?:chống|ngừa|bệnh|dịch))|trung\s+tâm|[ủu]ỷ?y?\s+ban|ubnd|hđnd|công\s+an|"
    r"bộ(?!\s+(?:tiêu\s+chí|tài\s+liệu|dữ\s+liệu|phận))|cục|chi\s+cục|tổng\s+cục|vụ(?!\s+(?:việc|án|"
    r"đông|xuân|mùa|hè))|"
    r"văn\s+phòng|thủ\s+trưởng|giám\s+đốc|chủ\s+tịch|hội(?!\s+(?:nghị|thảo|đồng\s+thi|thi|họp))|"
    r"đoàn(?!\s+kết)|đài(?!\s+(?:tưởng|hoa))|báo(?!\s+cáo)|trường(?!\s+hợp)|doanh\s+nghiệp|cơ\s+quan|"
    r"cơ\s+sở\s+(?:giáo|y|đào|kinh|lưu|sản)|đơn\s+vị|địa\s+phương|thanh\s+tra|viện(?!\s+trợ)|"
    r"bệnh\s+viện|học\s+viện|đại\s+học|bảo\s+hiểm|ngân\s+hàng|mặt\s+trận|chánh|trưởng|phó\s+trưởng|"
    r"hiệu\s+trưởng|"
    r"bảo\s+tàng|thư\s+viện|nhà\s+(?:hát|văn\s+hóa|văn\s+hoá|trường|thiếu\s+nhi|xuất\s+bản)|tỉnh\s+đoàn|"
    r"thành\s+đoàn|liên\s+đoàn|liên\s+hiệp|kho\s+bạc|quỹ|lãnh\s+đạo|thành\s+viên|ủy\s+viên|uỷ\s+viên|"
    r"xã(?!\s+hội)|phường|thị\s+trấn|thị\s+xã|đảng\s+[ủu]ỷ?y?|đảng\s+bộ|chi\s+bộ|"
    r"(?:tỉnh|thành|huyện|thị)\s+(?:ủy|uỷ)|huyện|quận|thành\s+phố|bch|bchqs|"
    r"cấp\s+(?:ủy|uỷ|tỉnh|huyện|xã|cơ|phường|trung)|"
    r"tòa\s+án|toà\s+án|tổ(?!\s+chức)|đội(?!\s+(?:ngũ|hình))|nhóm(?!\s+(?:nhiệm|giải|chỉ))|"
    r"hiệp\s+hội|mttq|công\s+ty|hợp\s+tác\s+xã|tập\s+đoàn|thường\s+trực|trạm|thôn|xóm|"
    r"bản(?!\s+(?:đồ|tin|thân|sắc|quyền|ghi))|"
    r"làng(?!\s+nghề)|khu\s+(?:dân|phố|di|du|bảo|quản)|"
    r"bộ\s+phận|tiểu\s+ban|hạt\s+kiểm|bưu\s+điện|điện\s+lực|"
    r"câu\s+lạc\s+bộ|giáo\s+viên|khoa(?!\s+học)|đồng\s+chí|đ/c|"
    r"người\s+đứng\s+đầu|chủ\s+(?:đầu\s+tư|rừng)|"
    r"hải\s+quan|thuế(?!\s+suất)|kiểm\s+toán\s+nhà|(?<=các\s)tổ\s+chức)\b"
)
GIVEN = re.compile(
    r"^(?:(?:Giao|Đề nghị|Yêu cầu|Đối với|Trách nhiệm(?: của)?|Nhiệm vụ của)\s+)+(?:cho\s+)?",
    re.IGNORECASE,
)
SUBJECT = re.compile(rf"^(?P<who>{ORGANISATION}.*)$", re.IGNORECASE)
#: What a body does begins with one of these, in small letters: names of bodies have capitals.
VERBS = (
    "có trách nhiệm|có nhiệm vụ|có kế hoạch|có văn bản|chủ trì|chủ động|phối hợp|báo cáo(?! viên)|"
    "báo số|"
    "tham mưu|hướng dẫn|"
    "tổ chức (?!xã|chính|đoàn|tín|đảng|thành|phi|trong|ngoài|và|,)|triển khai|chịu trách nhiệm|theo dõi|"
    "chỉ đạo|xây dựng (?!và|đảng|cơ bản)|bố trí|thực hiện|tiếp tục|tăng cường|tăng|căn cứ|đẩy mạnh|"
    "rà soát|"
    "kiểm tra|tuyên truyền|cân đối|trong phạm vi|trên cơ sở|"
    "là (?:cơ quan|đơn vị|đầu mối)|cử|lập|làm|nghiêm túc|khẩn trương|tổng hợp|thẩm định|thẩm tra|"
    "chỉnh trang|chỉnh lý|nắm|thống kê|cung cấp|cập nhật|đăng|đưa|xem xét|quan tâm|quán triệt|phổ biến|"
    "vận động|huy động|thông báo|hoàn thành|hoàn thiện|ban hành|đôn đốc|giám sát|xử lý|đề xuất|"
    "trình|bảo đảm|đảm bảo|duy trì|phát huy|phát động|đánh giá|sơ kết|tổng kết|tiếp nhận|phân công|"
    "chuẩn bị|"
    "ký|gửi|nộp|mở|nâng cao|thành lập|kiện toàn|củng cố|phản ánh|chi trả|hỗ trợ|giúp|thường xuyên|"
    "định kỳ|"
    "kịp thời|tích cực|nghiên cứu|khảo sát|lựa chọn|kêu gọi|lồng ghép|cụ thể hóa|cụ thể hoá|giới thiệu|"
    "trang trí|treo|sẵn sàng|thuyết minh|phát sóng|phát hành|tiến hành|giao(?! thông| dịch| ban|"
    " lưu)|phê duyệt|công bố|công khai|"
    "cần|phải|sẽ|tạo điều kiện|nhắc nhở|đề nghị|yêu cầu|kiểm kê|quản lý chặt|quyết toán|thanh toán|"
    "dàn dựng|biên soạn|vệ sinh|phân bổ|ưu tiên|ứng dụng|khai thác|số hóa|số hoá|tập trung|gắn|"
    "định hướng|điều phối|kết nối|đón tiếp|ghi nhận|giải quyết|rút kinh nghiệm|bàn giao|chấp hành|"
    "cam kết|"
    "tiếp thu|vận hành|đào tạo|tập huấn|bồi dưỡng|nâng cấp|sửa chữa|mua sắm|trang bị|tham dự|tham gia"
)
DOES = re.compile(rf"[\s,]+(?=(?:{VERBS})\b)".replace(" ", r"\s+"))
IN_CHARGE = re.compile(r"\s+(?=có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ)")
#: A name goes on over these: what they say belongs to it.
QUALIFIED = re.compile(
    r"\s(?:(?:chưa|không|đã|đang)(?:\s+thực\s+hiện)?|được|được\s+phân\s+công|được\s+giao|"
    r"lĩnh\s+vực|công\s+tác|hoạt\s+động|nhiệm\s+vụ)$"
)
ASKS = re.compile(
    rf"\b(?:yêu\s+cầu|đề\s+nghị|giao(?!\s+(?:ban|thông|dịch|lưu|tiếp)))\s+(?:cho\s+)?"
    rf"(?P<who>{ORGANISATION}[^.;:]*)",
    re.IGNORECASE,
)
#: What only stands for the bodies that a letter is addressed to.
GENERIC = re.compile(
    r"^(?:(?:các|quý)\s+)?(?:cơ quan|đơn vị|địa phương|bộ|sở|ban|ngành|phòng|đồng chí)"
    r"(?:\s*(?:,|và)\s*(?:cơ quan|đơn vị|địa phương|ngành))*(?:\s+(?:trên|nêu trên|liên quan))?$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"^(?:Ngày\s+\d|Tuy nhiên|Đến nay|Vừa qua|Thời gian qua)|\bđã\s+(?:có|ban\s+hành|đề\s+nghị|"
    r"yêu\s+cầu)|"
    r"\bcó\s+(?:công|văn)\s+(?:văn|bản)\s+số",
    re.IGNORECASE,
)
LONGEST = 260
FEWEST_WORDS = 2


def named(text: str) -> str:
    """Return the name of a body without what asks it and the marks around it."""
    return GIVEN.sub("", text).strip(" ,:;.")


def is_body(text: str) -> bool:
    """Tell whether a text begins with the name of a body."""
    return SUBJECT.match(GIVEN.sub("", text)) is not None


def parted(text: str) -> tuple[str, str]:
    """Return the name that a text begins with, and what follows: the duty, or nothing."""
    plain = GIVEN.sub("", text).strip()
    colon = plain.find(":")
    before = plain[:colon] if 0 < colon <= LONGEST else plain
    place = _end_of_name(before)
    if place is None:
        return before.strip(" ,:;."), plain[len(before) :].strip(" :")
    return before[:place].strip(" ,:;."), plain[place:].strip(" ,")


def asked(text: str) -> str:
    """Return whom a sentence of the present asks to do something; blank for nobody."""
    if PAST.search(text):
        return ""
    found = ASKS.search(text)
    return parted(found["who"])[0] if found else ""


def who_in(text: str) -> str:
    """Return whom any sentence asks to do something; blank for nobody."""
    found = ASKS.search(text)
    return parted(found["who"])[0] if found else ""


def _end_of_name(text: str) -> int | None:
    charged = IN_CHARGE.search(text)
    if charged and not re.search(r"[,;]\s", text[: charged.start()]):
        return charged.start()
    for one in DOES.finditer(text):
        before = text[: one.start()]
        if len(before.split()) >= FEWEST_WORDS and not QUALIFIED.search(before):
            return one.start()
    return None
