import { z } from 'zod'
import type { Log } from '#lib/session/ports.ts'
import { chatCompletions, gemini, messages, responses } from '../../../e2e/models/peers/vendors.ts'
import { createOfflineModel } from '../offline/model.ts'
import type { ModelChain, SpeakRequest } from './chain.ts'
import type { Clock } from './clock.ts'
import { openModels } from './open.ts'
import { modelSettings } from './settings.ts'

/** A clock that a test moves. */
export function createTestClock(at = Date.UTC(2026, 10, 25, 12)) {
  let now = at
  const timers = new Set<{ at: number; run: () => void }>()
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  return {
    ...clock,
    /** Lets so many milliseconds go by, and what is due happen. */
    advance(ms: number): void {
      now += ms
      for (const timer of [...timers].filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at)) {
        timers.delete(timer)
        timer.run()
      }
    },
    /** When the next thing is due, in milliseconds from now; undefined if nothing is. */
    next: () => (timers.size === 0 ? undefined : Math.min(...[...timers].map((timer) => timer.at)) - now),
  }
}

/** Everything that was logged, for tests that look at it. */
export function createTestLog() {
  const lines: Array<{ message: string; [field: string]: unknown }> = []
  const note = (details: object, message: string) => void lines.push({ message, ...details })
  const log: Log = { debug: note, info: note, warn: note, error: note }
  return { ...log, lines }
}

const OFFLINE_SAYS = 'The offline assistant says this.'

/** A chain over real providers' libraries. `environment` is what a desk's owner sets. */
export async function openTestChain(
  environment: Record<string, string>,
  { clock, log, send }: { clock?: Clock; log: Log; send?: typeof fetch },
) {
  const settings = z.object(modelSettings).parse(environment)
  const surroundings = { offline: createOfflineModel(0), log, ...(clock ? { clock } : {}), ...(send ? { send } : {}) }
  return (await openModels(settings, surroundings)).chain
}

/** What a chain said to one question, as a reader has it: what came before a restart is void. */
export interface TestAnswer {
  text: string
  restarts: number
  assistant: string
  isComplete: boolean
  isStandIn: boolean
  reasons: string[]
}

export interface TestQuestion {
  signal?: AbortSignal
  /** Characters from which on something counts as released; by default nothing is before the end. */
  releasedFrom?: number
  /** Hears every piece. */
  onText?: (text: string) => void
  request?: Partial<SpeakRequest>
}

export async function askChain(
  chain: ModelChain,
  { signal, releasedFrom = Number.POSITIVE_INFINITY, onText, request }: TestQuestion = {},
): Promise<TestAnswer> {
  let text = ''
  let restarts = 0
  const asked: SpeakRequest = {
    instructions: 'You are the assistant.',
    messages: [{ role: 'user', content: 'How long does shipping take?' }],
    offline: { sentences: [OFFLINE_SAYS] },
    isReleased: () => text.length >= releasedFrom,
    answerTo: 'm-1',
    ...request,
  }
  for await (const part of chain.speak(asked, signal ?? new AbortController().signal)) {
    if (part.type === 'text') {
      text += part.text
      onText?.(part.text)
    } else if (part.type === 'restart') {
      text = ''
      restarts += 1
    } else if (part.type === 'end') {
      const { assistant, isComplete, isStandIn, reasons } = part
      return { text, restarts, assistant, isComplete, isStandIn, reasons }
    }
  }
  throw new Error('the chain ended without an end')
}

/** The vendors that a chain may hold: their wire format, the settings that choose them, and the host that a peer stands in for. */
export const vendors = {
  openai: { vendor: responses('k'), settings: { OPENAI_API_KEY: 'k' }, host: 'https://api.openai.com' },
  google: {
    vendor: gemini('gemini-3.5-flash-lite', 'k'),
    settings: { GEMINI_API_KEY: 'k' },
    host: 'https://generativelanguage.googleapis.com',
  },
  huggingface: { vendor: chatCompletions({ key: 'k' }), settings: { HF_API_KEY: 'k' }, host: 'https://router.huggingface.co' },
  anthropic: { vendor: messages('k'), settings: { ANTHROPIC_API_KEY: 'k' }, host: 'https://api.anthropic.com' },
}
export type VendorName = keyof typeof vendors
export const vendorNames = Object.keys(vendors) as VendorName[]
