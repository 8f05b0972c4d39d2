/** A slash command as it was typed: its name, its `key="value"` arguments, and what stood outside of them. */
export interface CommandLine {
  name: string
  args: Record<string, string>
  rest: string
}

// It begins a word: a link's query is no argument, and a long word is looked at once, not once per letter.
const argument = /(?<!\S)([A-Za-z_][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))/gs

/** Whether a message is a command: a slash directly followed by a letter. */
export function isCommand(text: string): boolean {
  return /^\s*\/[A-Za-z]/.test(text)
}

/**
 * Reads `/name key="value" other='value' bare=word rest`. Quoted values keep spaces and punctuation;
 * a backslash makes the next character stand for itself (`\n` for a line break).
 */
export function parseCommandLine(text: string): CommandLine {
  const [, name = '', tail = ''] = /^\s*\/([A-Za-z][\w-]*)\s*(.*)$/s.exec(text) ?? []
  const args: Record<string, string> = Object.create(null)
  const rest = tail.replace(argument, (_, key: string, double?: string, single?: string, bare?: string) => {
    const quoted = double ?? single
    args[key.toLowerCase()] = quoted === undefined ? (bare ?? '') : unquoted(quoted)
    return ' '
  })
  return { name: name.toLowerCase(), args, rest: rest.trim().replace(/\s+/g, ' ') }
}

function unquoted(quoted: string): string {
  return quoted.replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char))
}
