import type { z } from 'zod'

/** What is wrong with a value, in our own words: what a schema does not say itself, is said here, for people. */

type Issue = z.core.$ZodRawIssue

/** For `safeParse(input, { error: wording })`: the end of a sentence that begins with the name of the field. */
export function wording(issue: Issue): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? `of the kind ${issue.expected}`}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_small':
      if (issue.minimum === 1 && (issue.origin === 'string' || issue.origin === 'array')) return 'is empty'
      return size(issue.origin, 'least', issue.minimum, issue.inclusive)
    case 'too_big':
      return size(issue.origin, 'most', issue.maximum, issue.inclusive)
    case 'invalid_union':
      return 'is none of what it may be'
    default:
      return 'is not written as it must be'
  }
}

/** The first thing that is wrong, as a sentence that names the field by the name in `names` that its sender gave it, if any. */
export function sentenceOf(issues: readonly z.core.$ZodIssue[], names: Record<string, string> = {}): string {
  const [issue] = issues
  if (!issue) return 'This is not understood.'
  const [first, ...others] = issue.path
  const where = first === undefined ? '' : [names[String(first)] ?? first, ...others].join('.')
  if (where === '') return /^(must|is) /.test(issue.message) ? `What was sent ${issue.message}.` : issue.message
  // Some sentences name their field themselves.
  return issue.message.startsWith(where) ? issue.message : `${where}: ${issue.message}`
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
}

function size(origin: string, end: 'least' | 'most', limit: number | bigint, inclusive = true): string {
  if (origin === 'string') return `must have at ${end} ${limit} characters`
  if (origin === 'array') return `must have at ${end} ${limit} entries`
  if (inclusive) return `must be at ${end} ${limit}`
  return `must be ${end === 'least' ? 'more' : 'less'} than ${limit}`
}
