/**
 * Vietnamese words and phrases that mean the same to a help desk; used and extended like `en.ts`. The index folds
 * strokes and tones away, so "vận chuyển" also finds "van chuyen" and need not be listed without them. Folding makes
 * many single syllables ambiguous (bán, bàn, bạn: ban): write two to four syllables in double quotes.
 */
export const groups: readonly string[] = [
  // Ordering
  '"đặt hàng" "mua hàng" order "đặt mua" "chốt đơn" "lên đơn" mua "đặt đơn"',
  '"đơn hàng" "mã đơn" "số đơn hàng" "mã đơn hàng" "mã vận đơn" "đơn của tôi" "đơn của mình"',
  '"hủy đơn" "hủy đơn hàng" "hủy đặt hàng" cancel "không mua nữa" "không muốn mua" "đổi ý" hủy',
  '"thay đổi đơn" "sửa đơn" "chỉnh đơn" "sửa đơn hàng" "thay đổi đơn hàng" "đổi đơn hàng"',
  '"theo dõi đơn" "theo dõi đơn hàng" "kiểm tra đơn hàng" tracking "tra cứu đơn" "hàng đang ở đâu" "đơn đến đâu rồi" "hàng đến đâu rồi" "hàng tới đâu rồi"',
  '"quà tặng" gift "tặng quà" "món quà"',
  '"cửa hàng" "cửa tiệm" shop "chi nhánh" showroom store tiệm',

  // Paying
  '"thanh toán" "trả tiền" "chi trả" pay payment "trả phí"',
  '"chuyển khoản" "chuyển tiền" "ngân hàng" banking bank "số tài khoản" "internet banking"',
  '"thẻ tín dụng" "thẻ ghi nợ" "thẻ ngân hàng" visa mastercard "thẻ atm" "quẹt thẻ" "cà thẻ"',
  '"tiền mặt" cash "trả tiền mặt" "thanh toán tiền mặt"',
  'cod "thanh toán khi nhận" "trả tiền khi nhận" "nhận hàng trả tiền" "ship cod" "thu hộ"',
  '"ví điện tử" momo zalopay vnpay "quét mã qr" "mã qr" shopeepay',
  '"trả góp" "mua góp" "góp hàng tháng" "trả dần" "mua trước trả sau" "lãi suất"',
  '"đặt cọc" "tiền cọc" "trả trước" cọc "thanh toán trước"',
  '"thanh toán lỗi" "thanh toán thất bại" "không thanh toán được" "thẻ bị từ chối" "giao dịch thất bại" "thẻ không được chấp"',
  '"trừ tiền hai lần" "bị trừ tiền" "trừ tiền" "trừ hai lần" "tính tiền hai lần" "thu tiền hai lần"',
  '"hóa đơn" invoice "hóa đơn vat" "xuất hóa đơn" "hóa đơn điện tử" bill "hóa đơn đỏ"',
  '"biên lai" "biên nhận" "phiếu thu" receipt "chứng từ mua hàng" "phiếu mua hàng"',
  'vat "thuế giá trị" gtgt "mã số thuế" mst "tiền thuế" "thuế vat"',

  // Prices and saving money
  '"giá cả" "giá bán" "bao nhiêu tiền" price "giá bao nhiêu" "mức giá" "báo giá" "chi phí" "giá tiền"',
  '"giá rẻ" "rẻ hơn" "tiết kiệm" "bớt tiền" "giá tốt" "giá mềm" "đỡ tốn" "bình dân"',
  '"đắt quá" "giá cao" "mắc quá" "đắt tiền" "quá đắt" "mắc tiền"',
  '"giảm giá" "khuyến mãi" "ưu đãi" sale "chiết khấu" discount "hạ giá" promotion "bớt giá"',
  '"mã giảm giá" voucher coupon "mã khuyến mãi" "phiếu giảm giá" "nhập mã" "mã ưu đãi" "phiếu mua hàng"',
  '"thẻ quà tặng" "gift card" "phiếu quà tặng" giftcard',
  '"miễn phí" free "không mất phí" "không tốn phí" "không tính phí" "không mất tiền" "không thu phí"',
  '"tích điểm" "điểm thưởng" "khách hàng thân thiết" "thẻ thành viên" "đổi điểm" "hội viên"',
  '"sinh viên" "học sinh" student "giáo viên" "thẻ sinh viên" "giảng viên"',

  // Delivery
  '"giao hàng" ship "vận chuyển" giao shipping delivery "gửi hàng" "chuyển hàng"',
  '"phí ship" "phí giao hàng" "phí vận chuyển" "tiền ship" "cước vận chuyển" "tiền giao hàng" "phí gửi hàng" "cước ship"',
  '"miễn phí ship" freeship "free ship" "miễn phí giao hàng" "miễn phí vận chuyển" "không mất phí ship"',
  '"thời gian giao hàng" "bao lâu nhận được" "mấy ngày nhận" "khi nào nhận" "bao giờ nhận" "bao giờ giao" "khi nào giao" "mấy ngày giao" "ngày giao hàng" "bao lâu giao"',
  '"giao nhanh" "hỏa tốc" "giao hỏa tốc" express "giao gấp" "trong ngày" "ship nhanh" "ship hỏa tốc"',
  '"giao trễ" "giao chậm" "giao muộn" "trễ hẹn" "chậm trễ" "lâu quá" "chưa giao" "đợi lâu" "chờ lâu"',
  '"chưa nhận được" "không nhận được" "chưa thấy hàng" "chưa tới" "chưa có hàng" "hàng chưa đến" "hàng chưa về"',
  '"thất lạc" "bị mất" "lạc mất" "mất đơn" "mất kiện hàng" "hàng bị mất"',
  'shipper "nhân viên giao hàng" "người giao hàng" "bưu tá" "tài xế" "anh giao hàng"',
  '"không có nhà" "không có ở nhà" "vắng nhà" "không ai ở nhà" "giao không thành công" "giao lại" "đi vắng"',
  '"tự đến lấy" "nhận tại cửa hàng" "qua lấy" "ghé lấy" "lấy tại shop" "đến lấy hàng" "lấy hàng"',
  '"địa chỉ giao hàng" "địa chỉ nhận hàng" "nơi nhận" "chỗ nhận" "địa chỉ nhận"',
  '"đổi địa chỉ" "sửa địa chỉ" "thay đổi địa chỉ" "sai địa chỉ" "nhầm địa chỉ" "địa chỉ mới"',
  '"nước ngoài" "quốc tế" international "hải quan" "xuất khẩu" "nhập khẩu"',
  '"giao thiếu" "thiếu hàng" "bị thiếu" "thiếu món" "không đủ hàng" "thiếu phụ kiện"',
  '"giao sai" "giao nhầm" "sai hàng" "nhầm hàng" "sai sản phẩm" "sai mẫu"',

  // Time
  '"bao lâu" "mấy ngày" "thời gian" "mất mấy ngày" "bao nhiêu ngày" "mấy tuần"',
  '"thời hạn" "hạn chót" deadline "hết hạn" "hạn cuối" "quá hạn" "trễ hạn"',
  '"khẩn cấp" "càng sớm càng tốt" "ngay lập tức" "cần gấp" asap "hơi gấp"',
  '"cuối tuần" "thứ bảy" "chủ nhật" weekend "thứ 7"',
  '"ngày lễ" "nghỉ lễ" tết "nghỉ tết" "dịp lễ"',

  // Returns, refunds, exchanges
  '"trả hàng" "hoàn hàng" "gửi trả" "trả lại" return "gửi lại" "đem trả" "mang trả" "trả lại hàng"',
  '"đổi hàng" "đổi trả" "đổi sang" "đổi mới" exchange "đổi cái khác" "đổi sản phẩm" "thay cái khác" "đổi lại"',
  '"hoàn tiền" "trả lại tiền" refund "lấy lại tiền" "hoàn trả tiền" "đòi lại tiền" "trả tiền lại"',
  '"không vừa" "quá nhỏ" "quá to" "đổi size" "sai size" "quá rộng" "quá chật" "đổi cỡ"',
  '"không hài lòng" "không thích" "thất vọng" "không ưng" "không như quảng cáo" "không giống hình" "không đúng mô tả"',
  '"đã mở hộp" "khui hộp" "bóc seal" "mất hộp" "đã bóc" "mở hộp rồi" "không còn hộp"',

  // Damage, repair, warranty
  '"hư hỏng" "bị hỏng" "bị hư" "bị bể" "bị vỡ" "hỏng hóc" "bị gãy" "bị nứt" "máy hỏng" "máy hư"',
  '"bị lỗi" "trục trặc" "không hoạt động" "không chạy" "hàng lỗi" "lỗi kỹ thuật" "không dùng được" "không sử dụng được"',
  '"vỡ màn hình" "nứt màn hình" "bể màn hình" "hỏng màn hình" "hư màn hình"',
  '"vào nước" "đổ nước" "dính nước" "bị ướt" "đổ cà phê" "ngấm nước" "rơi xuống nước"',
  '"đánh rơi" "rớt xuống" "bị rớt" "va đập" "làm rơi máy" "rơi máy" "bị rơi vỡ" "rơi xuống đất"',
  '"sửa chữa" "sửa máy" repair "khắc phục" "đem sửa" "mang đi sửa" "đi sửa"',
  '"bảo hành" warranty "thời gian bảo hành" "còn bảo hành" "hết bảo hành" "phiếu bảo hành" "bảo hiểm"',
  '"kỹ thuật viên" "thợ sửa" "nhân viên kỹ thuật" "kỹ thuật"',

  // Accounts and data
  '"tài khoản" account acc nick "hồ sơ cá nhân"',
  '"đăng nhập" login "vào tài khoản" "log in" "sign in"',
  '"đăng ký" "tạo tài khoản" "mở tài khoản" "lập tài khoản" register "sign up"',
  '"mật khẩu" password pass "mật mã" "mã pin"',
  '"quên mật khẩu" "quên pass" "mất mật khẩu" "lấy lại mật khẩu" "đặt lại mật khẩu" "đổi mật khẩu" "không nhớ mật khẩu"',
  '"không đăng nhập được" "không vào được" "bị khóa tài khoản" "tài khoản bị khóa" "khóa tài khoản"',
  '"mã xác nhận" otp "mã xác thực" "mã otp" "xác minh" "xác thực"',
  '"xóa tài khoản" "đóng tài khoản" "hủy tài khoản" "bỏ tài khoản"',
  '"thông tin cá nhân" "dữ liệu cá nhân" "bảo mật" "riêng tư" privacy "quyền riêng tư" "lộ thông tin"',
  '"mất dữ liệu" "sao lưu" backup "khôi phục dữ liệu" "cứu dữ liệu" "chuyển dữ liệu" "dữ liệu"',
  '"lừa đảo" "giả mạo" "hàng giả" scam fake "hàng nhái" "bị lừa"',

  // Contact, opening hours, location
  '"liên hệ" "liên lạc" contact "gọi điện" "trao đổi"',
  '"số điện thoại" hotline "tổng đài" "đường dây nóng" "số liên hệ" phone',
  '"chăm sóc khách hàng" cskh "hỗ trợ khách hàng" "bộ phận hỗ trợ" "dịch vụ khách hàng" support "hỗ trợ"',
  '"nhân viên" "người thật" "tư vấn viên" "nói chuyện với người" "gặp nhân viên" "gặp người"',
  '"nhắn tin" "tin nhắn" chat zalo messenger inbox sms',
  '"giờ mở cửa" "giờ làm việc" "mấy giờ mở cửa" "mở cửa" "đóng cửa" "mấy giờ đóng cửa" "giờ hoạt động"',
  '"địa chỉ" "ở đâu" "chỗ nào" "nằm ở đâu" "vị trí" "đường đi" "chỉ đường" "địa điểm"',
  '"đậu xe" "gửi xe" "bãi xe" "đỗ xe" "chỗ để xe" "giữ xe" "bãi đỗ xe"',
  '"đặt lịch" "lịch hẹn" "cuộc hẹn" "đặt hẹn" booking "đặt chỗ" "hẹn lịch" "đổi lịch"',
  '"tư vấn" "gợi ý" "nên mua" "nên chọn" "cái nào tốt" "loại nào tốt" "giới thiệu"',

  // Business customers
  '"công ty" "doanh nghiệp" "tổ chức" "cơ quan" "văn phòng"',
  '"mua sỉ" "số lượng lớn" "bán buôn" "giá sỉ" "mua nhiều" "bán sỉ" "lấy sỉ" "mua số lượng"',
  '"tuyển dụng" "việc làm" "ứng tuyển" "xin việc" "thực tập"',

  // Availability and choosing
  '"còn hàng" "có sẵn" "có hàng" "sẵn hàng" "còn không" "tồn kho" stock',
  '"hết hàng" "cháy hàng" "tạm hết" "không còn hàng" "bán hết"',
  '"đặt trước" preorder "pre order" "khi nào có hàng" "hàng về khi nào" "bao giờ có hàng" "sắp ra mắt"',
  '"hàng cũ" "đã qua sử dụng" "second hand" "like new" "đồ cũ" "hàng lướt"',
  '"chính hãng" "hàng thật" auth "hàng chính hãng" "xuất xứ" "nguồn gốc"',
  '"kích thước" "kích cỡ" size "cân nặng" "trọng lượng"',

  // Devices and their troubles
  '"máy tính" pc computer "máy vi tính" "máy tính để bàn"',
  'laptop "máy tính xách tay" notebook macbook "máy xách tay"',
  '"điện thoại" smartphone iphone "di động" samsung',
  '"màn hình" monitor screen "hiển thị"',
  '"máy in" printer "mực in" "hộp mực" "in ấn" "hết mực"',
  '"kẹt giấy" "mắc giấy" "giấy bị kẹt" "nuốt giấy"',
  'wifi "mạng không dây" internet "kết nối mạng" "mạng internet" router modem',
  '"mất mạng" "mất kết nối" "không có mạng" "rớt mạng" "mạng yếu" "mạng chậm" "wifi yếu" "không kết nối được" "không vào mạng được"',
  'pin battery "hết pin" "chai pin" "tụt pin" "thay pin" "phồng pin" "pin yếu"',
  '"sạc pin" "cục sạc" "củ sạc" charger "bộ sạc" "dây sạc" "không sạc được" adapter "sạc laptop" "không sạc"',
  '"ổ cứng" ssd hdd "bộ nhớ" "dung lượng" "lưu trữ" "đầy bộ nhớ" "hết dung lượng"',
  '"chạy chậm" "bị lag" "giật lag" lag "máy chậm" "chậm chạp" "ì ạch"',
  '"bị treo" "treo máy" "đơ máy" "bị đơ" "đứng máy" "không phản hồi" "màn hình xanh"',
  '"không lên nguồn" "không mở được" "không bật được" "không khởi động" "sập nguồn" "mở không lên" "tự tắt"',
  '"màn hình đen" "không lên hình" "nhấp nháy" "chớp tắt" "sọc màn hình" "điểm chết"',
  '"nóng máy" "quá nóng" "máy nóng" "tỏa nhiệt" "bốc khói" "cháy khét"',
  '"ồn ào" "tiếng ồn" "kêu to" "quạt kêu" "tiếng kêu"',
  '"cài đặt" "thiết lập" setup install "lắp đặt" "lắp ráp" "cài win"',
  '"hướng dẫn" "cách dùng" "cách sử dụng" "sử dụng thế nào" "chỉ cách" "hướng dẫn sử dụng"',
  '"thu cũ đổi mới" "lên đời" "thu mua" "thu lại máy" "trade in" "thu máy cũ"',
  '"tái chế" "vứt bỏ" "bỏ đi" "rác điện tử" "tiêu hủy"',

  // Persons and complaints
  '"khiếu nại" "phàn nàn" "bức xúc" "than phiền" "tố cáo" "góp ý"',
  '"tức giận" "bực mình" "quá tệ" "khó chịu" "thái độ" "phục vụ kém" "dịch vụ kém"',
  '"bồi thường" "đền bù" "đền tiền"',
  '"quản lý" "giám đốc" sếp "cấp trên" "người phụ trách"',
]

/** Texting forms and the plain words they stand for; looked up without strokes and tones. */
export const contractions: Record<string, string> = {
  ko: 'không',
  k: 'không',
  khg: 'không',
  hok: 'không',
  hem: 'không',
  dc: 'được',
  dk: 'đăng ký',
  bn: 'bao nhiêu',
  bnhiu: 'bao nhiêu',
  nhiu: 'nhiêu',
  sp: 'sản phẩm',
  sdt: 'số điện thoại',
  dt: 'điện thoại',
  mk: 'mật khẩu',
  tk: 'tài khoản',
  stk: 'số tài khoản',
  ck: 'chuyển khoản',
  nh: 'ngân hàng',
  gh: 'giao hàng',
  dh: 'đơn hàng',
  km: 'khuyến mãi',
  bh: 'bảo hành',
  nv: 'nhân viên',
  kt: 'kiểm tra',
  tt: 'thanh toán',
  hdsd: 'hướng dẫn sử dụng',
  sv: 'sinh viên',
  hs: 'học sinh',
  gv: 'giáo viên',
  cty: 'công ty',
  vp: 'văn phòng',
  mt: 'máy tính',
  mh: 'màn hình',
  ib: 'inbox',
  fb: 'facebook',
  j: 'gì',
  z: 'vậy',
  v: 'vậy',
  r: 'rồi',
  ntn: 'như thế nào',
  lm: 'làm',
  ng: 'người',
  ngta: 'người ta',
  nx: 'nữa',
  trc: 'trước',
  bt: 'bình thường',
  bjo: 'bây giờ',
  bjh: 'bây giờ',
  vs: 'với',
  cx: 'cũng',
  cug: 'cũng',
  thik: 'thích',
  mn: 'mọi người',
  mng: 'mọi người',
}

/** Function words, which say nothing about the topic. Words of negation and of before and after are not here. */
export const stopWords: readonly string[] = [
  // Persons
  'tôi', 'mình', 'em', 'anh', 'chị', 'bạn', 'tớ', 'nó', 'họ', 'ta', 'chúng',
  // Pointing and asking
  'này', 'đó', 'kia', 'ấy', 'đây', 'gì', 'nào', 'ai', 'đâu', 'sao', 'bao', 'nhiêu', 'thế', 'vậy',
  // Links and prepositions
  'và', 'hay', 'hoặc', 'nhưng', 'thì', 'là', 'nếu', 'vì', 'nên', 'để', 'của', 'cho', 'với', 'ở', 'tại', 'từ', 'đến', 'tới',
  'trong', 'ngoài', 'trên', 'dưới', 'về', 'vào', 'ra', 'lên', 'xuống', 'theo', 'bằng', 'như', 'khi', 'lúc', 'do', 'bởi', 'qua',
  // Amounts and classifiers
  'các', 'những', 'một', 'cái', 'chiếc',
  // Verbs of grammar
  'có', 'bị', 'được', 'sẽ', 'đã', 'đang', 'vừa', 'phải', 'muốn', 'thể', 'cần', 'xin', 'làm', 'nhờ',
  // Particles and adverbs
  'ạ', 'ơi', 'nhé', 'nha', 'dạ', 'vâng', 'ừ', 'à', 'nhỉ', 'đi', 'rồi', 'nữa', 'cũng', 'rất', 'quá', 'lắm', 'chỉ', 'vẫn', 'còn',
  'thôi', 'luôn', 'lại', 'hả', 'hở', 'vui', 'lòng',
]
