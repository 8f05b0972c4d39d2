import type { Before, Fact } from './fact.ts'
import { type Figure, isSameValue } from './figure.ts'
import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import type { Statement, Token } from './token.ts'

/** A record of a shop, such as a product or an order: what it is called, and what each of its fields says. */
interface ShopRecord {
  fact: Fact
  name: Statement
  fields: Field[]
}

interface Field {
  key: Token[]
  value: Statement
}

/**
 * Finds the record that a statement rests on. A record has no sentences, so a statement may say nothing but its fields: every
 * word must be of its name or of a field, every figure of the field that is named with it, and no other record may be meant.
 */
export function createRecords(sources: Fact[], question: Statement, { read, tongue }: Reader) {
  const words = tongue.records
  const list = sources.map((fact) => recordOf(fact, read))

  /** The record that says all that a statement does. */
  function supportOf(statement: Statement, before: Before): Fact | undefined {
    if (list.length === 0 || isBounded(statement)) return undefined
    const named = list.filter((record) => isNamed(statement.tokens, record))
    const isUnnamed = !statement.tokens.some((token) => list.some((record) => isOfName(record, token)))
    return (isUnnamed ? taken(before) : named).find((record) => says(record, statement))?.fact
  }

  /** What a statement without a name is about: the record named last, or in the question, or the only one. */
  function taken({ facts }: Before): ShopRecord[] {
    const last = list.filter(({ fact }) => facts.includes(fact))
    if (last.length > 0) return last
    const isAsked = list.filter((record) => isNamed(question.tokens, record))
    return isAsked.length > 0 ? isAsked : list.length === 1 ? list : []
  }

  /** Whether a statement bounds, softens or denies: a field does none of it, but that something is sold out. */
  function isBounded({ tokens, figures }: Statement): boolean {
    const bounds = [
      ...tongue.conditions,
      ...tongue.restrictions,
      ...tongue.universals.flat(),
      ...(isSoldOut(tokens) ? [] : tongue.negations),
    ]
    return figures.some(({ comparator }) => comparator !== 'exactly') || tokens.some(({ word }) => bounds.includes(word))
  }

  /** Whether words name a record and no other one of the list as well. */
  function isNamed(tokens: Token[], record: ShopRecord): boolean {
    const isOwn = (one: ShopRecord, at: number) =>
      tokens[at]?.figure ? isFigureOfName(one, tokens, at) : isOfName(one, tokens[at] as Token)
    const own = tokens.flatMap((_, at) => (isOwn(record, at) ? [at] : []))
    return own.length > 0 && !list.some((other) => other !== record && own.every((at) => isOwn(other, at)))
  }

  /** Whether a record says all that a statement does. */
  function says(record: ShopRecord, { tokens, figures }: Statement): boolean {
    const keyed = record.fields.filter((field) => tokens.some((token) => isKey(field, token)))
    const isSaid = (token: Token, at: number) =>
      token.figure
        ? isFigureOfName(record, tokens, at) || isFigureOf(token.figure, keyed, record.fields)
        : isFree(token) || isOfName(record, token) || record.fields.some((field) => isKey(field, token) || isOfValue(field, token))
    const isTold = (field: Field) =>
      isStock(field) ? isEmpty(field) === isSoldOut(tokens) : tokens.some((token) => isOfValue(field, token))
    const isAny =
      figures.length > 0 || tokens.some((token) => record.fields.some((field) => isOfValue(field, token))) || keyed.some(isStock)
    return isAny && tokens.every(isSaid) && keyed.every(isTold)
  }

  /** A figure is of the field that is named with it, or of the only one with a figure of its kind. A date is always of a deed. */
  function isFigureOf(figure: Figure, keyed: Field[], fields: Field[]): boolean {
    const alike = (list: Field[]) =>
      list.filter(({ value }) => value.figures.some(({ kind, unit }) => kind === figure.kind && unit === figure.unit))
    const owners = alike(keyed).length > 0 || figure.kind === 'date' ? alike(keyed) : alike(fields)
    const isYear = (other: Figure) => figure.year === undefined || other.year === figure.year
    return owners.length === 1 && owners[0]?.value.figures.some((other) => isSameValue(figure, other) && isYear(other)) === true
  }

  const isKey = ({ key }: Field, token: Token) =>
    key.some((one) => one.word === token.word || words.keys.some((group) => group.includes(one.word) && group.includes(token.word)))
  const isFree = ({ word, isLoose }: Token) => isLoose || words.free.includes(word) || !/[\p{L}\p{N}]/u.test(word)
  const isStock = ({ key }: Field) => key.some(({ word }) => words.stock.includes(word))
  const isEmpty = ({ value }: Field) => value.figures.every(({ high }) => high === 0)
  const isSoldOut = (tokens: Token[]) => tokens.some(({ word }) => words.sold.includes(word))

  return { supportOf }
}

const isOfName = ({ name }: ShopRecord, token: Token) =>
  token.isContent && name.tokens.some((other) => other.isContent && isSameWord(token, other))

/** Whether a figure stands in the name of a record, after the same word: "Lumen 24", "order 1042". */
function isFigureOfName({ name }: ShopRecord, tokens: Token[], at: number): boolean {
  const figure = tokens[at]?.figure
  const last = (list: Token[], end: number) => list.slice(0, end).findLast(({ isContent }) => isContent)
  const before = last(tokens, at)
  return name.figures.some((other) => {
    const theirs = last(name.tokens, other.at)
    return figure !== undefined && isSameValue(figure, other) && before !== undefined && theirs !== undefined && isSameWord(before, theirs)
  })
}

function isOfValue({ value }: Field, { figure, isContent, word, ...token }: Token): boolean {
  if (figure) return value.figures.some((other) => isSameValue(figure, other))
  return isContent && value.tokens.some((other) => other.isContent && isSameWord({ isContent, word, ...token }, other))
}

/** The name of a record and its fields: "[MON-0054] Monitor | Price: $166.85", "Order 1042: submitted, total $333.70". */
function recordOf(fact: Fact, read: Reader['read']): ShopRecord {
  const [first = '', ...rest] = fact.text.split(/\s*\|\s*/)
  const [, name = first, inline = ''] = /^([^:]+?):\s+(.+)$/s.exec(first) ?? []
  const fields = [...inline.split(/[,;]\s+/), ...rest].filter((field) => field !== '')
  return { fact, name: read(name), fields: fields.map((field) => fieldOf(field, read)) }
}

/** "Price: $166.85" has its key before a colon, "total $333.70" before its figure, "submitted" has none. */
function fieldOf(text: string, read: Reader['read']): Field {
  const [, label, value = text] = /^([^:]{1,30}):\s+(.+)$/s.exec(text) ?? []
  if (label !== undefined) return { key: read(label).tokens, value: read(value) }
  const all = read(text)
  const at = all.tokens.findIndex(({ figure }) => figure !== undefined)
  return { key: at > 0 ? all.tokens.slice(0, at) : [], value: all }
}
