import type { Attachment, StoredMessage } from '#lib/protocol/events.ts'
import type { Asked } from '../conclusions.ts'
import { leansOnContext } from '../understand.ts'
import { namesFile } from './wording.ts'

/** Files that one answer looks into, at most; and messages of the past in which one is looked for that the question means. */
const MOST = 3
const REACH = 8

/** The files that go with the open questions, or those sent shortly before that they go on about. */
export function filesOf({ questions, history }: Pick<Asked, 'questions' | 'history'>): Attachment[] {
  const own = attachedTo(questions)
  if (own.length > 0) return own.slice(-MOST)
  const said = history.slice(-REACH).filter(({ role }) => role === 'visitor')
  const text = questions.map(({ content }) => content).join('\n')
  const before = attachedTo(said.slice(-1))
  if (before.length > 0) return before.slice(-MOST)
  if (!namesFile(text) && !leansOnContext(text)) return []
  return attachedTo(said.filter(({ attachments }) => attachments?.length).slice(-1)).slice(-MOST)
}

function attachedTo(messages: StoredMessage[]): Attachment[] {
  return messages.flatMap(({ attachments }) => attachments ?? [])
}
