import type { Command } from './command.ts'

const speakers = { visitor: 'You', assistant: 'Assistant', operator: 'Operator', system: 'System' } as const

/** `/history`: what was said in this session, the last messages first forgotten. */
export const history: Command = {
  name: 'history',
  usage: '/history',
  summary: 'Show the conversation so far',
  run({ history: messages }) {
    const said = messages.filter((message) => !(message.role === 'visitor' && message.content.trimStart().startsWith('/')))
    const lines = said.map(({ role, author, content }) => `${author?.name ?? speakers[role]}: ${content}`)
    const history = said.map(({ role, content, timestamp }) => ({ role, content, timestamp }))
    return { result: { status: 'success', message: lines.join('\n') || 'Nothing has been said yet.', history } }
  },
}
