import { z } from 'zod'

/** What the console of the operators and the desk say to each other over HTTP. */

const login = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(120)
  .meta({ description: 'An e-mail address or any other name; case makes no difference.' })
const name = z.string().trim().min(1, 'is missing').max(60)
const role = z.enum(['operator', 'admin'])

export const signInBody = z.object({ login, password: z.string().min(1, 'is missing').max(200) }).meta({ id: 'OperatorSignIn' })

export const operator = z
  .object({ id: z.string(), login: z.string(), name: z.string().describe('What visitors read.'), role, disabled: z.boolean() })
  .meta({ id: 'OperatorAccount' })

export const newOperatorBody = z.object({ login, name, role: role.default('operator') }).meta({ id: 'NewOperator' })
export const changedOperatorBody = z
  .object({ name: name.optional(), role: role.optional(), disabled: z.boolean().optional() })
  .meta({ id: 'ChangedOperator' })
export const passwordBody = z
  .object({ password: z.string().max(200).optional().describe('Your own new one; without it one is made.') })
  .meta({ id: 'NewPassword' })

export const inboxQuery = z.object({
  show: z
    .enum(['waiting', 'mine', 'all', 'closed'])
    .default('all')
    .describe('Who waits for a person, longest first · what you hold · every open session · what is over.'),
})

export const operatorLogQuery = z.object({
  log: z.enum(['visitor', 'desk']).default('visitor').describe('What the visitor may see, or what only the company may.'),
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0).describe('The last `seq` that you have.'),
})

export const inboxRow = z
  .object({
    key: z.string().describe('Names the session for operators.'),
    session_id: z.string(),
    status: z.enum(['active', 'waiting', 'human', 'closed']),
    operator: z.string().nullable().describe('Who holds it.'),
    mine: z.boolean(),
    customer: z.string().nullable().describe('Who is signed in.'),
    waiting_since: z.string().nullable(),
    last_at: z.string(),
    last_message: z.object({ role: z.enum(['visitor', 'assistant', 'operator', 'system']), content: z.string() }).nullable(),
    message_count: z.number().int(),
    rating: z.number().nullable(),
  })
  .meta({ id: 'InboxRow' })
export type InboxRow = z.infer<typeof inboxRow>

export const inbox = z
  .object({ sessions: z.array(inboxRow), waiting: z.number().int().describe('How many wait for a person.') })
  .meta({ id: 'Inbox' })
export type Inbox = z.infer<typeof inbox>
