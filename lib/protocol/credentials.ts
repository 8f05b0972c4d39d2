/** What a message may hold that is used at once and never kept: an e-mail address with a PIN, a card number, the code of an approval. */

export interface Heard {
  /** The message as it may be stored, shown and given to a model. */
  text: string
  credentials?: { email: string; pin: string }
  /** The code of an approval: the message was `confirm CODE`. */
  confirms?: string
}

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/u
const pin = /\bpin\b(?:[\s:=#-]|code|number|is|my){0,12}(\d{4})\b/i
const confirm = /^\s*confirm\s+([A-Z2-9]{6})\s*[.!]?\s*$/i

/** Reads a message; `awaitsPin`: an address is known, and its PIN may come alone. */
export function hear(text: string, awaitsPin?: { email: string }): Heard {
  const [, code] = confirm.exec(text) ?? []
  if (code !== undefined) return { text: 'confirm ••••••', confirms: code.toUpperCase() }
  const [address] = email.exec(text) ?? []
  const [, digits] = pin.exec(text) ?? (awaitsPin || address ? (/(?:^|\D)(\d{4})(?!\d)/.exec(text) ?? []) : [])
  const known = address ?? awaitsPin?.email
  const safe = digits === undefined ? text : text.replaceAll(digits, '••••')
  return digits !== undefined && known !== undefined ? { text: safe, credentials: { email: known, pin: digits } } : { text: safe }
}
