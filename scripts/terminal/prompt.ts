import { clearLine, createInterface, cursorTo } from 'node:readline'
import { Writable } from 'node:stream'

export interface PromptListener {
  line: (text: string) => void
  /** Ctrl+C. */
  interrupt: () => void
  /** Ctrl+D. */
  end: () => void
}

/**
 * The line that is typed on. It steps aside while something is written: what is typed in the meantime is kept and shown
 * when the prompt comes back.
 */
export function createPrompt(output: NodeJS.WriteStream, listener: PromptListener) {
  let shown = false
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (shown) output.write(chunk)
      done()
    },
  })
  Object.defineProperty(echo, 'columns', { get: () => output.columns })
  const reader = createInterface({ input: process.stdin, output: echo, terminal: true, prompt: '> ' })
  reader.on('line', (text) => {
    // Enter has moved the cursor below the prompt.
    shown = false
    listener.line(text.trim())
  })
  reader.on('SIGINT', listener.interrupt)
  reader.on('close', listener.end)

  function hide(): void {
    if (!shown) return
    shown = false
    cursorTo(output, 0)
    clearLine(output, 0)
  }

  return {
    hide,
    show(): void {
      if (shown) return
      shown = true
      reader.prompt(true)
    },
    write(text: string): void {
      hide()
      output.write(text)
    },
    close(): void {
      hide()
      reader.close()
    },
  }
}
