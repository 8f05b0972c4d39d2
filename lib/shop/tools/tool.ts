import type { z } from 'zod'
import type { Shop } from '../shop.ts'

/** How a tool of the shop is described: once, here, for every protocol that offers it. */
export interface Tool {
  name: string
  title: string
  description: string
  input: z.ZodObject
  output: z.ZodObject
  /** Whether nothing is another afterwards. */
  readOnly: boolean
  /** Whether it takes something back that was there. */
  destructive: boolean
  /** Whether the same call twice leaves what one leaves. */
  idempotent: boolean
  /** Whether strangers may call it. What shows or changes a customer's things is for who has the key. */
  reach: 'everyone' | 'keyholders'
  run: (means: Means, input: never, call: Call) => Promise<Told>
}

/** What the tools work with. */
export interface Means {
  shop: Shop
  /** The passages of the company's articles that fit a question, best first. */
  searchKnowledge: (query: string) => Promise<Passage[]>
}

export interface Passage {
  title: string
  text: string
  url: string
}

/** What is known of one call besides its arguments. */
export interface Call {
  /** Names the wish of the caller: the same again is the same order. */
  key?: string | undefined
  /** Asked around every check of a PIN; it may refuse to have it checked. */
  guard: PinGuard
  /** The caller's address; undefined for the desk itself. */
  ip?: string | undefined
  /** Has the connection break in the place of the answer (for tests). */
  cut: () => void
}

/** Lets a PIN be checked, or throws when there were too many wrong ones. `check` gives undefined for a wrong one. */
export type PinGuard = <T>(attempt: { email: string; ip?: string }, check: () => Promise<T | undefined>) => Promise<T | undefined>

/** The answer of a tool: for people and models to read, and the same for programs. */
export interface Told {
  text: string
  data: Record<string, unknown>
}

interface Description<I extends z.ZodObject, O extends z.ZodObject> extends Omit<Tool, 'input' | 'output' | 'run'> {
  input: I
  output: O
  run: (means: Means, input: z.output<I>, call: Call) => Promise<{ text: string; data: z.input<O> }>
}

/** Describes a tool, so that what it runs with and answers is what its schemas say. */
export function describeTool<I extends z.ZodObject, O extends z.ZodObject>(description: Description<I, O>): Tool {
  return description as Tool
}
