/** What a tool server writes is data from outside: what is passed on of it is visible text of a bounded length, and nothing else. */

/** What a terminal takes for commands. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|.)/g
/** Control characters other than line ends and tabs. */
const control = /[\p{Cc}--[\n\t]]/gv
/** Soft hyphens, zero-width characters, direction marks, tags: what no reader sees. */
const hidden = /\p{Default_Ignorable_Code_Point}/gu
/** What could close the brackets in which a prompt hands a result on. */
const tag = /<(\/?[\p{L}_|!][^<>\n]{0,60})>/gu

/** Text as a reader sees it, at most `most` characters; what is cut off is said. */
export function cleanText(text: string, most: number): string {
  // Cut before it is looked at, so that no pattern runs over megabytes.
  const plain = text
    .slice(0, most * 2)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(ansi, '')
    .replace(control, '')
    .replace(hidden, '')
    .replace(tag, '‹$1›')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (plain.length <= most && text.length <= most * 2) return plain
  const note = '\n(The rest was left out.)'
  const cut = plain.slice(0, most - note.length)
  const lineEnd = cut.lastIndexOf('\n')
  return (lineEnd > most / 2 ? cut.slice(0, lineEnd) : cut).toWellFormed() + note
}

/** One line of it. */
export function cleanLine(text: string, most: number): string {
  const line = cleanText(text.slice(0, most * 4), most * 2)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`
}

/** Levels of a structure that are looked into. */
const DEPTH = 32

/** A structure with its texts cleaned; what lies too deep is left out. */
export function cleanJson(value: unknown, mostText = 2000, depth = DEPTH): unknown {
  if (typeof value === 'string') return cleanText(value, mostText)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return value.map((inner) => cleanJson(inner, mostText, depth - 1) ?? null)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [cleanLine(name, 100), cleanJson(inner, mostText, depth - 1)] as const),
  )
}
