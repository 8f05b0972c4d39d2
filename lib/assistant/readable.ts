/** Characters that the assistant reads of one message, at most. */
const LENGTH = 1200

/**
 * What the assistant reads of a message: without runs of spaces and empty lines, and of a very long one its beginning
 * and its end, where people say what they want. So the work that a message makes is bounded, whatever is sent.
 */
export function readable(text: string): string {
  const plain = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?: ?\n ?)+/g, '\n')
    .trim()
  return plain.length <= LENGTH ? plain : `${plain.slice(0, LENGTH / 2)}\n${plain.slice(-LENGTH / 2)}`
}
