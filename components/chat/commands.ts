import { texts } from './texts.ts'

/** Something that can be typed instead of a question. */
export interface CommandEntry {
  /** As it is typed. */
  usage: string
  hint: string
  /** What is written for the visitor, who goes on from there; without it the command is sent as it is. */
  begins?: string
}

const commands: readonly CommandEntry[] = [
  { usage: '/help', hint: texts.commandHints.help },
  { usage: '/history', hint: texts.commandHints.history },
  { usage: '/clear', hint: texts.commandHints.clear },
  { usage: '/whoami', hint: texts.commandHints.whoami },
  { usage: '/summarize', hint: texts.commandHints.summarize },
  { usage: '/analyze', hint: texts.commandHints.analyze, begins: '/analyze ' },
  { usage: '/translate', hint: texts.commandHints.translate, begins: '/translate target_language=Spanish ' },
  { usage: '/setcontext', hint: texts.commandHints.setcontext, begins: '/setcontext ' },
  { usage: '/getcontext', hint: texts.commandHints.getcontext },
  { usage: '/clearcontext', hint: texts.commandHints.clearcontext },
  { usage: 'ping', hint: texts.commandHints.ping },
]

/** The commands that what is typed so far may become; none once it is more than the beginning of one. */
export function matchingCommands(typed: string): readonly CommandEntry[] {
  const [, begun] = /^\/(\S*)$/.exec(typed) ?? []
  if (begun === undefined) return []
  return commands.filter(({ usage }) => usage.replace('/', '').startsWith(begun.toLowerCase()))
}

/** Whether a text asks for the connection alone. It is answered beside the conversation and never stored in it. */
export function isPing(text: string): boolean {
  return text.trim().toLowerCase() === 'ping'
}
