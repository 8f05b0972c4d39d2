import type { Citation, StoredEvent } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/state.ts'
import type { Style } from './style.ts'

export interface TranscriptOptions {
  write: (text: string) => void
  style: Style
  /** The desk's address, for the links of citations. */
  base: string
  /** Whether a visitor's message is written: those that were typed here stand on the screen already. */
  shows: (message: Extract<StoredEvent, { type: 'message' }>) => boolean
}

/**
 * Writes a session on paper, which takes nothing back: each event once, and a running answer as it grows. An answer that
 * breaks off is marked, and the next one begins on a line of its own.
 */
export function createTranscript({ write, style, base, shows }: TranscriptOptions) {
  let written = 0
  let epoch: string | undefined
  let running: { id: string; length: number } | undefined

  /** Writes what is new in a session's state. */
  function show(log: SessionState): void {
    if (log.seq < written || (epoch !== undefined && log.epoch !== epoch)) startOver()
    epoch = log.epoch
    for (const event of log.items) if (event.seq > written) showEvent(event)
    written = log.seq
    if (log.running) grow(log.running.message_id, log.running.text)
  }

  function startOver(): void {
    endRunning()
    if (written > 0) write(style.dim('The session begins anew.\n'))
    written = 0
  }

  /** Writes the part of an answer that is not on paper yet. */
  function grow(id: string, text: string): void {
    if (running && running.id !== id) endRunning()
    running ??= { id, length: 0 }
    write(plain(text.slice(running.length)))
    running.length = text.length
  }

  function endRunning(): void {
    if (running && running.length > 0) write('\n')
    running = undefined
  }

  function showEvent(event: StoredEvent): void {
    switch (event.type) {
      case 'message':
        showMessage(event)
        break
      case 'command_response':
      case 'system':
      case 'handoff':
      case 'feedback_request':
        line(plain(event.content))
        break
      case 'broadcast':
        line(`${style.bold('To everybody:')} ${plain(event.content)}`)
        break
      case 'error':
        line(style.red(plain(event.content)))
        break
      case 'session_reset':
        line(style.dim('――――'))
        break
      case 'session_closed':
        line(style.dim('The session is closed. Write again to reopen it.'))
    }
  }

  function line(text: string): void {
    endRunning()
    write(`${text}\n`)
  }

  function showMessage(message: Extract<StoredEvent, { type: 'message' }>): void {
    if (message.role === 'visitor') {
      if (shows(message)) line(`${style.bold('>')} ${plain(message.content)}`)
      return
    }
    grow(message.message_id, message.content)
    endRunning()
    if (message.status !== 'complete') write(style.dim(`(${message.status})\n`))
    for (const citation of message.citations ?? []) write(style.dim(`  ${plain(reference(citation, base))}\n`))
    const options = message.options?.filter((option) => !message.content.includes(option)) ?? []
    for (const option of options) write(`  - ${plain(option)}\n`)
    if (message.confidence !== undefined) write(style.dim(`  confidence ${message.confidence.toFixed(2)}\n`))
  }

  return { show }
}

/** A source as one line: its number, its title and where to read it. */
function reference({ n, title, url, source }: Citation, base: string): string {
  return `[${n}] ${title}  ${url === undefined ? source : new URL(url, base).href}`
}

/** Text without control characters: what somebody wrote must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '')
}
