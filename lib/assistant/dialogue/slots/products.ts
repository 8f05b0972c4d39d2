import { fold } from '#lib/knowledge/words.ts'

/** Which products a message names: by their number, or by what they are. */

/** A product number as it was written, where it stands, and as it was probably meant. */
export interface SkuMention {
  written: string
  meant: string
  at: number
}

/** Three letters and up to six digits, with or without a dash; letters that look like digits are read as such. */
const sku = /(?<![\p{L}\p{N}-])([A-Za-z]{3})([ \t]?[-–_][ \t]?|[ \t]?)([0-9OoIl]{1,6})(?![\p{L}\p{N}]|-\d)/gu
/** A number of the shop has four digits. */
const DIGITS = 4
/** Words of three letters before a number that are no product numbers: "for 300", "the 27". */
const words = new Set(
  'for the and are was can has had usd eur max min top all any not but get buy see two six ten one how may our use van les des una los las pin der die das und bis mit les con por cho gia vnd'.split(
    ' ',
  ),
) // prettier-ignore

/** The product numbers in a text. "MON-54", "mon0054" and "MON-0O54" are taken for MON-0054. */
export function skusIn(text: string): SkuMention[] {
  return [...text.matchAll(sku)].flatMap((found) => {
    const [written, letters = '', joint = '', number = ''] = found
    const hasDigit = /\d/.test(number)
    if (!hasDigit || (joint.trim() === '' && (words.has(letters.toLowerCase()) || (joint !== '' && number.length < DIGITS)))) return []
    const digits = number.replace(/[Oo]/g, '0').replace(/[Il]/g, '1')
    return [{ written, meant: `${letters.toUpperCase()}-${digits.padStart(DIGITS, '0')}`, at: found.index }]
  })
}

/** What a visitor calls a kind of product: the shop's category, and the word that narrows it down. */
export interface Kind {
  category: string
  /** What products of this kind have in their name or details; absent for the whole category. */
  narrowing?: string[]
}

interface Named extends Kind {
  names: string
}

/** Names of kinds, in the desk's languages, folded. A longer name goes before a shorter one that it contains. */
const kinds: Named[] = [
  { category: 'Monitors', narrowing: ['gaming', 'riptide'], names: 'gaming monitors?|gaming screens?|gaming displays?' },
  { category: 'Computers', narrowing: ['gaming'], names: 'gaming (?:laptops?|computers?|pcs?|desktops?)' },
  {
    category: 'Computers',
    narrowing: ['laptop', 'notebook'],
    names: 'laptops?|lap tops?|notebooks?|portables?|ordinateurs? portables?|portatil(?:es)?|may tinh xach tay|may xach tay',
  },
  { category: 'Computers', narrowing: ['desktop', 'tower'], names: 'desktops?|desktop (?:pcs?|computers?)|towers?|may tinh de ban' },
  { category: 'Computers', narrowing: ['mini pc'], names: 'mini pcs?' },
  { category: 'Computers', narrowing: ['all-in-one', 'all in one'], names: 'all[- ]in[- ]ones?' },
  { category: 'Computers', narrowing: ['workstation'], names: 'workstations?' },
  { category: 'Computers', narrowing: ['tablet'], names: 'tablets?' },
  { category: 'Accessories', narrowing: ['monitor arm', 'monitor stand'], names: 'monitor (?:arms?|stands?|mounts?)' },
  { category: 'Accessories', narrowing: ['keyboard'], names: 'keyboards?|tastatur(?:en)?|claviers?|teclados?|ban phim' },
  { category: 'Accessories', narrowing: ['mouse'], names: 'mouse|mice|mause?|maus|souris|raton(?:es)?|chuot' },
  {
    category: 'Accessories',
    narrowing: ['headset', 'headphone'],
    names: 'head ?sets?|headphones?|kopfhorer|casques?|auriculares|tai nghe',
  },
  { category: 'Accessories', narrowing: ['webcam'], names: 'web ?cams?|webcams' },
  { category: 'Accessories', narrowing: ['dock', 'hub'], names: 'docks?|docking stations?|usb[- ]c hubs?|hubs?' },
  { category: 'Accessories', narrowing: ['cable'], names: '(?:hdmi |usb(?:-c)? |displayport )?cables?|kabel|cap noi' },
  { category: 'Accessories', narrowing: ['speaker'], names: 'speakers?|lautsprecher|enceintes?|altavoces|loa' },
  { category: 'Printers', narrowing: ['scanner'], names: 'scanners?' },
  { category: 'Printers', narrowing: ['ink', 'toner', 'cartridge'], names: 'ink cartridges?|toners?|cartridges?|printer ink' },
  { category: 'Networking', narrowing: ['router'], names: 'routers?|bo dinh tuyen' },
  { category: 'Networking', narrowing: ['switch'], names: 'network switch(?:es)?|ethernet switch(?:es)?|switches' },
  { category: 'Networking', narrowing: ['access point'], names: 'access points?' },
  { category: 'Networking', narrowing: ['extender', 'mesh'], names: 'extenders?|repeaters?|mesh(?: systems?)?' },
  { category: 'Monitors', names: 'monitors?|monitore|moniteurs?|monitores|screens?|displays?|bildschirme?n?|ecrans?|pantallas?|man hinh' },
  { category: 'Printers', names: 'printers?|drucker|imprimantes?|impresoras?|may in' },
  {
    category: 'Networking',
    names:
      'networking(?: gear| products?| equipment)?|network(?:ing)? (?:gear|products?|equipment|devices?)|netzwerk(?:gerate|technik)?|reseau|redes|thiet bi mang',
  },
  { category: 'Accessories', names: 'accessor(?:y|ies)|peripherals?|zubehor|accessoires?|accesorios?|phu kien' },
  { category: 'Computers', names: 'computers?|computern?|pcs?|rechner|ordinateurs?|ordenador(?:es)?|computadoras?|may tinh' },
] // prettier-ignore

/** The categories that people have names for here. */
export const knownCategories: readonly string[] = [...new Set(kinds.map(({ category }) => category))]

const readers = kinds.map(({ names, ...kind }) => ({ kind, name: new RegExp(`(?<![\\p{L}\\p{N}])(?:${names})(?![\\p{L}\\p{N}])`, 'u') }))

/** The kind of product that a text names, and what was read as its name (folded). */
export function kindIn(text: string): (Kind & { name: string }) | undefined {
  const plain = fold(text)
  for (const { kind, name } of readers) {
    const [found] = name.exec(plain) ?? []
    if (found !== undefined) return { ...kind, name: found }
  }
  return undefined
}

/** A text without the names of kinds of products. */
export function withoutKinds(text: string, instead: string): string {
  return readers.reduce((rest, { name }) => rest.replace(new RegExp(name, 'gu'), instead), fold(text))
}
