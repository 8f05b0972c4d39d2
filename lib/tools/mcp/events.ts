/** One event of a stream of server-sent events. */
export interface StreamEvent {
  event: string | undefined
  data: string
  id: string | undefined
  /** How long to wait before coming back, in milliseconds. */
  retry: number | undefined
}

/** Reads server-sent events from a body. Throws when an event, or all of them together, grow beyond the limits (in characters). */
export async function* streamEvents(
  body: ReadableStream<Uint8Array>,
  limits: { event: number; all: number },
): AsyncGenerator<StreamEvent, void, undefined> {
  let rest = ''
  let fields: StreamEvent & { lines: string[] } = empty()
  let read = 0
  for await (const text of textOf(body)) {
    read += text.length
    rest += text
    if (read > limits.all || rest.length + size(fields.lines) > limits.event) throw new Error('the server sends more than is read')
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') take(fields, line)
      else {
        const { lines: data, ...event } = fields
        if (data.length > 0 || event.id !== undefined || event.retry !== undefined) yield { ...event, data: data.join('\n') }
        fields = empty()
      }
    }
  }
}

/** A body as text. Node's decoder takes any bytes, which its type does not say. */
export function textOf(body: ReadableStream<Uint8Array>): ReadableStream<string> {
  return body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
}

function empty(): StreamEvent & { lines: string[] } {
  return { event: undefined, data: '', id: undefined, retry: undefined, lines: [] }
}

function size(lines: string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0)
}

function take(fields: ReturnType<typeof empty>, line: string): void {
  const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
  if (name === 'data') fields.lines.push(value)
  else if (name === 'event') fields.event = value
  else if (name === 'id' && !value.includes('\0')) fields.id = value
  else if (name === 'retry' && /^\d{1,9}$/.test(value)) fields.retry = Number(value)
}
