/** A question, in one or more wordings, and its answer. */
export interface FaqEntry {
  questions: string[]
  answer: string
}

const questionMark = /^(?:\d+[.)]\s+)?(?:Q|F|P|D|H|Question|Frage|Pregunta|Pergunta|Hỏi)\s*\d*\s*[:.]\s*(.+)$/i
const answerMark = /^(?:A|R|Đ|Answer|Antwort|Respuesta|Réponse|Reponse|Resposta|Đáp)\s*\d*\s*[:.]\s*(.*)$/i
/** A line that is a question without saying so: one short sentence, perhaps numbered. */
const bareQuestion = /^(?:\d+[.)]\s+)?(?:[^?？.!]|[.!](?!\s)){3,140}[?？]$/
/** A text without marks is a FAQ when it has so many questions, each with an answer, and starts with one. */
const FEWEST = 2

/**
 * The entries of a plain text that is a FAQ; none when it is another kind of text. Questions and answers are marked
 * (`Q:` and `A:`, or the words for them in the languages of the lexicons), or each question is a line of its own that
 * ends in a question mark, with the answer below it.
 */
export function readFaq(text: string): FaqEntry[] {
  const lines = text.split('\n').map((line) => line.trim())
  const marked = lines.some((line) => questionMark.test(line)) && lines.some((line) => answerMark.test(line))
  const entries = marked ? readMarked(lines) : readBare(lines)
  return marked || entries.length >= FEWEST ? entries : []
}

function readMarked(lines: string[]): FaqEntry[] {
  const entries: FaqEntry[] = []
  let answering = true
  for (const line of lines) {
    const [, question] = questionMark.exec(line) ?? []
    const [, answer] = (question === undefined && answerMark.exec(line)) || []
    if (question !== undefined) {
      if (answering) entries.push({ questions: [], answer: '' })
      entries.at(-1)?.questions.push(question.trim())
      answering = false
    } else {
      answering ||= answer !== undefined
      const last = entries.at(-1)
      if (last && answering) last.answer += `${answer ?? line}\n`
    }
  }
  return complete(entries)
}

function readBare(lines: string[]): FaqEntry[] {
  if (!bareQuestion.test(lines.find((line) => line !== '') ?? '')) return []
  const entries: FaqEntry[] = []
  let open = true
  for (const [at, line] of lines.entries()) {
    // A question within an answer is part of it: one that is asked stands at the beginning or after an empty line.
    const starts = bareQuestion.test(line) && (at === 0 || lines[at - 1] === '' || bareQuestion.test(lines[at - 1] ?? ''))
    if (starts) {
      if (open) entries.push({ questions: [], answer: '' })
      entries.at(-1)?.questions.push(line.replace(/^\d+[.)]\s+/, ''))
      open = false
    } else {
      const last = entries.at(-1)
      if (last) last.answer += `${line}\n`
      open ||= line !== ''
    }
  }
  return complete(entries)
}

function complete(entries: FaqEntry[]): FaqEntry[] {
  return entries.map(({ questions, answer }) => ({ questions, answer: answer.trim() })).filter(({ answer }) => answer !== '')
}
