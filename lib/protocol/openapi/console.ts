import { z } from 'zod'
import {
  changedOperatorBody,
  inbox,
  inboxQuery,
  newOperatorBody,
  operator,
  operatorLogQuery,
  passwordBody,
  signInBody,
} from '../console.ts'
import { actionAnswer, done, event } from './answers.ts'
import { actionBody } from './inbound.ts'
import type { Chapter } from './operation.ts'
import { samples } from './samples.ts'

const support = { id: 'a2b4', login: 'admin', name: 'Support', role: 'admin', disabled: false }
const olivia = { id: 'c6d8', login: 'olivia@example.com', name: 'Olivia', role: 'operator', disabled: false }
const told = done.omit({ session_id: true }).meta({ id: 'ConsoleDone' })
const oneOperator = z.object({ operator }).meta({ id: 'OneOperator' })
const madeOperator = z
  .object({ operator, password: z.string().describe('Told once: the desk keeps only a hash.') })
  .meta({ id: 'MadeOperator' })
const operators = z.object({ operators: z.array(operator) }).meta({ id: 'Operators' })
const newPassword = z.object({ password: z.string() }).meta({ id: 'MadePassword' })
const changed = z.object({ type: z.literal('changed') }).meta({ id: 'InboxChanged' })
const writes = ['bad_json', 'invalid', 'unauthorized', 'forbidden', 'too_large'] as const

export const consoleDoors: Chapter = {
  tag: 'Console',
  description:
    'For the people who answer: their accounts, what waits, and the sessions themselves. A browser shows who is at it by a cookie.',
  operations: [
    {
      id: 'operatorSignIn',
      method: 'post',
      path: '/api/console/sign-in',
      summary: 'Sign in as an operator',
      description:
        'Sets the cookie. After five wrong passwords a login, after twenty an address is not listened to for a quarter of an hour.',
      access: 'open',
      body: { schema: signInBody, required: true, examples: { admin: { login: 'admin', password: 'as the terminal showed it' } } },
      answers: { 200: { description: 'Signed in.', schema: oneOperator, examples: { support: { operator: support } } } },
      errors: [...writes, 'rate_limited'],
    },
    {
      id: 'operatorSignOut',
      method: 'post',
      path: '/api/console/sign-out',
      summary: 'Sign out',
      description: 'Ends every line of this operator.',
      access: 'operator',
      answers: { 200: { description: 'Signed out.', schema: told, examples: { out: { status: 'success', message: 'Signed out.' } } } },
      errors: ['unauthorized', 'forbidden'],
    },
    {
      id: 'operatorMe',
      method: 'get',
      path: '/api/console/me',
      summary: 'Who is signed in',
      access: 'operator',
      answers: { 200: { description: 'The account.', schema: oneOperator, examples: { support: { operator: support } } } },
      errors: ['unauthorized', 'forbidden'],
    },
    {
      id: 'operatorOwnPassword',
      method: 'post',
      path: '/api/console/password',
      summary: 'Change your password',
      description: 'Twelve characters at least. Every other browser you are signed in with is out.',
      access: 'operator',
      body: { schema: passwordBody, required: true, examples: { 'a new one': { password: 'twelve characters or more' } } },
      answers: {
        200: { description: 'Changed.', schema: told, examples: { changed: { status: 'success', message: 'Your password is changed.' } } },
      },
      errors: [...writes, 'rate_limited'],
    },
    {
      id: 'inbox',
      method: 'get',
      path: '/api/console/inbox',
      summary: 'The sessions of a list',
      access: 'operator',
      query: inboxQuery,
      queryExample: { show: 'waiting' },
      answers: {
        200: {
          description: 'At most 200, the most pressing first.',
          schema: inbox,
          examples: {
            'one waits': {
              sessions: [
                {
                  key: 'user-123',
                  session_id: 'user-123',
                  status: 'waiting',
                  operator: null,
                  mine: false,
                  customer: 'Alice',
                  waiting_since: '2025-11-02T10:30:00.000Z',
                  last_at: '2025-11-02T10:30:00.000Z',
                  last_message: { role: 'visitor', content: 'May I speak with a person?' },
                  message_count: 3,
                  rating: null,
                },
              ],
              waiting: 1,
            },
          },
        },
      },
      errors: ['invalid', 'unauthorized', 'forbidden'],
    },
    {
      id: 'inboxChanges',
      method: 'get',
      path: '/api/console/changes',
      summary: 'Hear when something is new',
      description: 'A word whenever something was written in some session; what, the inbox tells. Ends when the operator is signed out.',
      access: 'operator',
      answers: {
        200: { description: 'A stream.', stream: { event: changed, example: ': connected\n\ndata: {"type":"changed"}\n\n' } },
      },
      errors: ['unauthorized', 'forbidden', 'too_many_connections'],
    },
    {
      id: 'operatorAction',
      method: 'post',
      path: '/api/console/sessions/{key}/actions',
      summary: 'Act in a session',
      description: '`take` it, say something (`message`), keep a `note`, `release` it, `close` it; also `typing`, `read` and `stop`.',
      access: 'operator',
      body: {
        schema: actionBody,
        required: true,
        examples: { take: { type: 'take' }, reply: { type: 'message', content: 'Hello, I am here.' } },
      },
      answers: { 200: { description: 'Done.', schema: actionAnswer, examples: { done: { type: 'ack', seq: 5 } } } },
      errors: [...writes, 'unknown_type', 'not_found', 'conflict', 'mismatch'],
    },
    {
      id: 'operatorEvents',
      method: 'get',
      path: '/api/console/sessions/{key}/events',
      summary: 'Follow a session',
      description: 'One of its two logs from a place on, and what comes, as a stream. `Last-Event-ID` goes on where it broke off.',
      access: 'operator',
      query: operatorLogQuery,
      queryExample: { log: 'desk' },
      answers: {
        200: {
          description: 'A stream.',
          stream: {
            event,
            example: `: connected\n\nid: 1\ndata: ${JSON.stringify(samples.events.note)}\n\n`,
          },
        },
      },
      errors: ['invalid', 'unauthorized', 'forbidden', 'not_found', 'too_many_connections'],
    },
    {
      id: 'operators',
      method: 'get',
      path: '/api/console/operators',
      summary: 'The operators',
      description: 'For admins.',
      access: 'operator',
      answers: { 200: { description: 'All accounts.', schema: operators, examples: { two: { operators: [support, olivia] } } } },
      errors: ['unauthorized', 'forbidden'],
    },
    {
      id: 'addOperator',
      method: 'post',
      path: '/api/console/operators',
      summary: 'Make an account',
      description: 'For admins. The password is made by the desk and told once.',
      access: 'operator',
      body: { schema: newOperatorBody, required: true, examples: { olivia: { login: 'olivia@example.com', name: 'Olivia' } } },
      answers: {
        201: { description: 'Made.', schema: madeOperator, examples: { made: { operator: olivia, password: 'abcde-fghjk-mnpqr-stuv' } } },
      },
      errors: [...writes, 'conflict'],
    },
    {
      id: 'changeOperator',
      method: 'patch',
      path: '/api/console/operators/{id}',
      summary: 'Change an account, or switch it off',
      description: 'For admins. Who is switched off, or has another role, is out at once, everywhere.',
      access: 'operator',
      body: { schema: changedOperatorBody, required: true, examples: { off: { disabled: true } } },
      answers: { 200: { description: 'Changed.', schema: oneOperator, examples: { off: { operator: { ...olivia, disabled: true } } } } },
      errors: [...writes, 'not_found', 'conflict'],
    },
    {
      id: 'operatorPassword',
      method: 'post',
      path: '/api/console/operators/{id}/password',
      summary: 'Give an operator a new password',
      description: 'For admins. The old one is void, and the operator is out everywhere.',
      access: 'operator',
      answers: {
        200: { description: 'The new one, told once.', schema: newPassword, examples: { made: { password: 'abcde-fghjk-mnpqr-stuv' } } },
      },
      errors: ['invalid', 'unauthorized', 'forbidden', 'not_found'],
    },
  ],
}
