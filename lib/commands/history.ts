import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Command } from './command.ts'

const speakers = { visitor: 'You', assistant: 'Assistant', operator: 'Operator', system: 'System' } as const

/** Characters of one message and of all together: a response is one frame, and must fit what a slow line can take. */
const MESSAGE_LENGTH = 1000
const LENGTH = 8000

/** `/history`: what was said in this session; of a long one, its end. */
export const history: Command = {
  name: 'history',
  usage: '/history',
  summary: 'Show the conversation so far',
  run({ history: messages }) {
    const said = latest(messages.filter((message) => !(message.role === 'visitor' && message.content.trimStart().startsWith('/'))))
    const lines = said.map(({ role, author, content }) => `${author?.name ?? speakers[role]}: ${content}`)
    const history = said.map(({ role, content, timestamp }) => ({ role, content, timestamp }))
    return { result: { status: 'success', message: lines.join('\n') || 'Nothing has been said yet.', history } }
  },
}

/** The last messages that fit, each cut where it is too long. */
function latest(messages: StoredMessage[]): StoredMessage[] {
  let room = LENGTH
  const cut = messages.map((message) => {
    const { content } = message
    return content.length > MESSAGE_LENGTH ? { ...message, content: `${content.slice(0, MESSAGE_LENGTH)} …` } : message
  })
  const from = cut.findLastIndex(({ content }) => {
    room -= content.length
    return room < 0
  })
  return cut.slice(from + 1)
}
