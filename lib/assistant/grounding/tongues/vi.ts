import { type Tongue, words } from './tongue.ts'

export const vietnamese: Partial<Tongue> = {
  phrases: [
    [/\bngay lam viec\b/g, 'ngaylamviec'],
    [/\bkhong mat phi\b|\bkhong tinh phi\b|\bkhong thu phi\b/g, 'mien phi'],
  ],
  light:
    words(`va hoac thi la cua cho co duoc bi se da dang cac nhung mot nay do ban chung toi khach hang quy vi vao tai o voi nhe a vang ma de khi neu
    trong vong mat den tu`),
  negations: ['khong', 'chua', 'chang', 'dung'],
  restrictions: ['chi', 'tru'],
  universals: [['moi', 'tatca', 'tat'], ['luon'], ['ngay lap tuc']],
  hedges: [['khoang'], ['thuong']],
  before: ['truoc'],
  after: ['sau'],
  and: 'va',
  or: 'hoac',
  units: {
    phut: ['minute', 1],
    gio: ['minute', 60],
    ngay: ['day', 1],
    ngaylamviec: ['business day', 1],
    tuan: ['day', 7],
    thang: ['month', 1],
    nam: ['month', 12],
  },
  comparators: [
    ['at most', /\b(?:toi da)$/],
    ['at least', /\b(?:tu|it nhat)$/, /^tro len\b/],
    ['within', /\b(?:trong vong)$/],
    ['by', /\btruoc$/],
    ['after', /\bsau$/],
    ['about', /\bkhoang$/],
  ],
  neutral: [/^(?:xin chao|vang|da|cam on ban|sau day la cac buoc)$/],
  interjections: /^(?:(?:vâng|dạ|có|không|xin chào)[,!:.–—-]+\s*)+/i,
  claims: [
    /\btoi da (?:huy|hoan|gui|xu ly)\b/,
    /\bchung toi da (?:huy|hoan|gui|xu ly)\b/,
    /\bdon hang cua ban da (?:duoc )?(?:huy|hoan)\b/,
  ],
}
