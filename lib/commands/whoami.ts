import type { Command } from './command.ts'

/** `/whoami`: what the desk knows of this session. */
export const whoami: Command = {
  name: 'whoami',
  usage: '/whoami',
  summary: 'Show this session',
  run({ session }) {
    const { name: session_id, status, messageCount: message_count, createdAt } = session
    const since = new Date(createdAt).toISOString()
    const message = `Session ${session_id}: not signed in, ${message_count} messages since ${since}.`
    return { result: { status: 'success', message, session_id, session_status: status, is_authenticated: false, message_count, since } }
  },
}
