import type { CommandLine } from '#lib/protocol/command-line.ts'

/** Characters that a command works on, at most. */
const LENGTH = 4000

/** The text that a command is given: its `text="…"`, or what else stands on the line. Or the sentence that says what is wrong. */
export function textArgument({ args, rest }: CommandLine, usage: string): { text: string } | { problem: string } {
  const text = (args.text ?? rest).trim()
  if (text === '') return { problem: `text is missing. Type ${usage}` }
  if (text.length > LENGTH) return { problem: `text is too long: ${text.length} characters, at most ${LENGTH}.` }
  return { text }
}
