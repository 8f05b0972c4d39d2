import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { sentenceOf, wording } from '#lib/protocol/wording.ts'
import { readFaq } from './faq.ts'
import { languageOfArticle } from './language.ts'
import { sentencesOf } from './sentences.ts'

/** One topic that the desk can answer about, and the passages it is cited by. */
export interface Article {
  /** Names it: the file's path below the knowledge folder without its ending; entries of a FAQ add an anchor. */
  id: string
  /** The file it stands in, by the same kind of name. */
  file: string
  title: string
  /** A language tag such as `en`. */
  language: string
  /** The day of the last change, YYYY-MM-DD. */
  updated?: string
  /** Where it is public, when it is a page of the web. */
  url?: string
  tags: string[]
  /** Words that visitors use for the topic and that the text does not. */
  synonyms: string[]
  /** Questions it answers, as visitors ask them; its passages have more. */
  questions: string[]
  /** The question to suggest to a new visitor, if this article has one. */
  suggest?: string
  passages: Passage[]
}

/** A section: what one citation opens. */
export interface Passage {
  /** The file and the section's anchor in it, e.g. `shipping-times#standard-shipping`. */
  id: string
  heading: string
  /** The page it stands on, when the file has pages. */
  page?: number
  /** The section as it was written. */
  text: string
  /** Its sentences and list items, in order, as plain text. */
  sentences: string[]
  /** Questions that it answers, as visitors ask them. */
  questions: string[]
}

/** All questions that an article and its passages answer. */
export function questionsOf({ questions, passages }: Article): string[] {
  return [...questions, ...passages.flatMap((passage) => passage.questions)]
}

/** From so many example questions on an article has them: an entry of a FAQ has one or two. */
const MANY = 3

/** Whether an article comes with example questions. */
export function hasQuestions(article: Article): boolean {
  return questionsOf(article).length >= MANY
}

const words = z.array(z.coerce.string()).default([])
const frontMatter = z.looseObject({
  title: z.coerce.string().optional(),
  language: z.string().optional(),
  updated: z.coerce.string().optional(),
  tags: words,
  synonyms: words,
  questions: words,
  suggest: z.coerce.string().optional(),
})

/**
 * Reads one file of the knowledge folder; `path` is relative to it. A `.md` file is one article, with front matter
 * in YAML and sections under headings. A `.txt` file is one article, or, when it is a FAQ, one for each answer;
 * several questions before an answer are ways to ask for it. Without front matter the language is told by the text. `examples` are more example questions, one a
 * line, those of a section under its heading. Throws a sentence that names what is wrong with the front matter.
 */
export function readArticles(path: string, content: string, examples = ''): Article[] {
  const file = path.replace(/\.(md|txt)$/, '')
  const [, head, body = content] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(content) ?? []
  const meta = readFrontMatter(head)
  const text = body.replaceAll('\r\n', '\n').trim()
  const title = meta.title ?? /^# +(.+)$/m.exec(text)?.[1]?.trim() ?? nameOf(file)
  const language = meta.language ?? languageOfArticle(text, 'en')
  const { updated, tags, synonyms, suggest } = meta
  const common = { file, language, tags, ...(updated === undefined ? {} : { updated }) }
  const anchor = createAnchors()
  const asked = readExamples(examples)
  const passage = ({ heading, text }: Section): Passage => {
    const questions = asked.get(heading) ?? []
    return { id: `${file}#${anchor(heading)}`, heading, text, sentences: sentencesOf(text), questions }
  }

  const entries = path.endsWith('.txt') ? readFaq(text) : []
  if (entries.length > 0) {
    return entries.map(({ questions, answer }) => {
      const heading = questions[0] ?? title
      const answered = passage({ heading, text: answer })
      return { ...common, id: answered.id, title: heading, synonyms: [], questions, passages: [answered] }
    })
  }
  const sections = path.endsWith('.txt') ? [{ heading: title, text }] : markdownSections(text, title)
  const questions = [...meta.questions, ...(asked.get('') ?? [])]
  const article = { ...common, id: file, title, synonyms, questions, passages: sections.map(passage) }
  return [suggest === undefined ? article : { ...article, suggest }]
}

function readFrontMatter(head = ''): z.infer<typeof frontMatter> {
  let fields: unknown
  try {
    fields = parseYaml(head, { uniqueKeys: false }) ?? {}
  } catch (error) {
    // The parser shows the place as well, over several lines, and counts them without the line of dashes.
    const [fault = ''] = String((error as Error).message).split(/ at line |\n/)
    const [at] = (error as { linePos?: Array<{ line: number }> }).linePos ?? []
    throw new Error(`its front matter is no YAML: ${fault}${at ? ` (line ${at.line + 1})` : ''}`)
  }
  if (typeof fields !== 'object') throw new Error('its front matter has no fields, as in "title: Opening hours"')
  const result = frontMatter.safeParse(fields, { error: wording })
  if (!result.success) throw new Error(`its front matter is not understood: ${sentenceOf(result.error.issues)}`)
  return result.data
}

interface Section {
  heading: string
  text: string
}

function markdownSections(text: string, title: string): Section[] {
  const sections: Section[] = [{ heading: title, text: '' }]
  let fenced = false
  for (const line of text.split('\n')) {
    if (/^(```|~~~)/.test(line)) fenced = !fenced
    const [, marks, heading] = (!fenced && /^(#{1,6}) +(.+?)#*$/.exec(line)) || []
    const last = sections.at(-1) as Section
    if (heading === undefined) last.text += `${line}\n`
    else if (marks !== '#') sections.push({ heading: heading.trim(), text: '' })
  }
  return sections.map(({ heading, text }) => ({ heading, text: text.trim() })).filter((section) => section.text !== '')
}

/** Example questions by the heading they stand under; those under none are under ''. */
export function readExamples(text: string): Map<string, string[]> {
  const byHeading = new Map<string, string[]>()
  let heading = ''
  for (const line of text
    .split('\n')
    .map((raw) => raw.trim())
    .filter(Boolean)) {
    const [, title] = /^#+ +(.+)$/.exec(line) ?? []
    if (title !== undefined) heading = title.trim()
    else byHeading.set(heading, [...(byHeading.get(heading) ?? []), line])
  }
  return byHeading
}

/** Makes address fragments of headings: letters and digits of any script joined by hyphens, each once. */
export function createAnchors(): (heading: string) => string {
  const taken = new Map<string, number>()
  return (heading) => {
    const plain = heading
      .toLowerCase()
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
    const anchor = plain || 'section'
    const times = (taken.get(anchor) ?? 0) + 1
    taken.set(anchor, times)
    return times === 1 ? anchor : `${anchor}-${times}`
  }
}

function nameOf(file: string): string {
  const words = (file.split('/').at(-1) ?? file).replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
