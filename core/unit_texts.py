"""How codes, telephone numbers and addresses are written, wherever they come from."""

from core.words import N_

CODE = r"^\w[\w./-]*$"
BAD_CODE = N_("Dùng chữ cái, chữ số, dấu chấm, gạch ngang; không có dấu cách. Ví dụ H25.01.")
EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
BAD_EMAIL = N_("Địa chỉ e-mail chưa đúng, ví dụ vanthu@caobang.gov.vn.")
PHONE = r"^[0-9+(). /;,-]+$"
BAD_PHONE = N_("Chỉ dùng chữ số, dấu cách và các dấu + . - ( ), ví dụ 0206 3852 123.")
LONGEST = {"code": 40, "name": 200, "short_name": 80, "phone": 40, "email": 200}
