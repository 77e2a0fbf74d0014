"""Plans of our own, in the shapes that offices write."""

STATE_PLAN = """
UBND TỈNH HAI SÔNG
SỞ DU LỊCH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-SDL
Hai Sông, ngày 09 tháng 3 năm 2026

KẾ HOẠCH
Tổ chức Tuần lễ đọc sách và giới thiệu
sản phẩm làng nghề năm 2026

Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh về công tác năm;
Căn cứ Nghị quyết số 08-NQ/TU ngày 20 tháng 12 năm 2025 của Ban Thường vụ Tỉnh ủy;
Sở Du lịch xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Giới thiệu sách và sản phẩm của các làng nghề; góp phần nâng cao đời sống
tinh thần của nhân dân các xã, phường trên địa bàn.
2. Yêu cầu
- Thiết thực, tiết kiệm.

II. TỔ CHỨC THỰC HIỆN
1. Thư viện tỉnh
- Trưng bày ít nhất 500 đầu sách.
- Mở cửa phục vụ đến 21 giờ.
2. Phòng Văn hóa - Xã hội các xã, phường:
a) Treo băng rôn tại nhà văn hóa;
b) Tổ chức thi kể chuyện;
c) Phối hợp với các trường học.
3. Văn phòng Sở chủ trì, phối hợp với các phòng chuẩn bị kinh phí.

III. CHẾ ĐỘ BÁO CÁO
Các đơn vị gửi báo cáo kết quả về Sở Du lịch (qua Văn phòng Sở) trước ngày 30/4/2026 để tổng hợp./.

Nơi nhận:
- UBND tỉnh (b/c);
- Như mục II (t/h);
- Đài Truyền hình (để biết);
- Lưu: VT, VP.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Người Ký Thử
"""

PARTY_PLAN = """
TỈNH ỦY HAI SÔNG
BAN TUYÊN GIÁO
*
Số 17-KH/BTG
ĐẢNG CỘNG SẢN VIỆT NAM
Hai Sông, ngày    tháng 6 năm 2026

KẾ HOẠCH
học tập chuyên đề quý III năm 2026

Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị, Ban Tuyên giáo ban hành Kế hoạch như sau:
I- TỔ CHỨC THỰC HIỆN
1. Các chi bộ trực thuộc
- Tổ chức học tập trong tháng 7/2026.
- Định kỳ hằng quý gửi báo cáo kết quả về Ban Tuyên giáo.

Nơi nhận:
- Thường trực Tỉnh ủy (để b/c),
- Các chi bộ,
- Lưu VP.

T/M BAN TUYÊN GIÁO
TRƯỞNG BAN
"""

LETTER = """
UBND HUYỆN NÚI XA
PHÒNG NỘI VỤ
Số:       /NV
V/v rà soát, thống kê đội ngũ
cán bộ không chuyên trách
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Núi Xa, ngày 02 tháng 02 năm 2026

Kính gửi:
- Ủy ban nhân dân các xã;
- Trạm Y tế.

Ngày 05/01/2026, Phòng Nội vụ đã có văn bản đề nghị báo cáo trước ngày 20/01/2026 nhưng đến nay còn thiếu.
Phòng Nội vụ đề nghị Ủy ban nhân dân các xã thực hiện các nội dung sau:
1. Rà soát số lượng, trình độ.
2. Lập danh sách theo mẫu.
Báo cáo gửi về Phòng Nội vụ chậm nhất ngày 15 tháng 02 năm 2026./.

Nơi nhận: Như trên; Thường trực Huyện ủy (b/c); Lưu: VT.
TRƯỞNG PHÒNG
"""

DECISION = """
| ỦY BAN NHÂN DÂN XÃ SUỐI DÀI ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- |
|---|---|
| Số: 07/QĐ-UBND | Suối Dài, ngày 5 tháng 5 năm 2026 |

QUYẾT ĐỊNH
VỀ VIỆC BAN HÀNH KẾ HOẠCH TRỒNG CÂY
CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI DÀI
Căn cứ Luật Lâm nghiệp ngày 15/11/2017;
QUYẾT ĐỊNH:
Điều 1. Ban hành Kế hoạch trồng cây năm 2026.
Điều 2. Giao Trưởng các thôn
1. Vận động nhân dân tham gia.
2. Nghiệm thu, báo cáo Ủy ban nhân dân xã hằng tháng trước ngày 25 hằng tháng.
Điều 3. Quyết định này có hiệu lực từ ngày 10/5/2026.

| Nơi nhận: - Như Điều 2; - Đảng ủy xã; (báo cáo) - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Người Ký Thử |
|---|---|
"""
