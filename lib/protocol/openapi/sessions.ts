import { cookieBody, sessionInfo, sessionStatus, sessionsQuery } from '../http.ts'
import { done, newSession, sessions as sessionPage } from './answers.ts'
import type { Chapter } from './operation.ts'
import { act, getEvents } from './session-log.ts'

const session_id = 'user-123'
/** As a token looks; it opens nothing. */
const token = '_.0.Zm9yLXNob3cteW91ci1vd24tdG9rZW4tZ29lcy1oZXJl'

export const sessions: Chapter = {
  tag: 'Sessions',
  description: "A session is one visitor's conversation: a log of numbered events. Begin one, look at it, follow it, act on it, clear it.",
  operations: [
    {
      id: 'newSession',
      method: 'post',
      path: '/api/session/new',
      summary: 'Begin a session',
      description: "For clients that want the session's name and token before the first message.",
      access: 'open',
      answers: {
        200: {
          description: 'The session. The token is also set as a cookie.',
          schema: newSession,
          examples: {
            'a new session': { status: 'success', message: 'New session created', session_id: 'abc-123-def-456', session_token: token },
          },
        },
      },
      errors: [],
    },
    {
      id: 'getSession',
      method: 'get',
      path: '/api/session/{session_id}',
      summary: 'Look at a session',
      description:
        "Its history (at most the last 1,000 messages), how many messages it has, and who is signed in. An operator's words have the role `assistant` and an `author`.",
      access: 'session_or_owner',
      answers: {
        200: {
          description: 'The session.',
          schema: sessionInfo,
          examples: {
            'signed in': {
              session_id,
              message_count: 1,
              history: [{ role: 'user', content: 'Hello', timestamp: '2025-11-02T10:30:00.000Z', message_id: 'm-1' }],
              is_authenticated: true,
              customer_info: { customer_id: '0d9c7f0e-6f0c-4f7e-8f57-2f2d8f7a1c33', name: 'Alice Johnson', email: 'alice@example.com' },
            },
          },
        },
      },
      errors: ['invalid', 'not_found', 'rate_limited'],
    },
    {
      id: 'getSessionStatus',
      method: 'get',
      path: '/api/session/{session_id}/status',
      aliases: ['/session/{session_id}/status'],
      summary: 'Ask how a session stands',
      access: 'session_or_owner',
      answers: {
        200: {
          description: 'How it stands.',
          schema: sessionStatus,
          examples: {
            active: { session_id, status: 'active', mode: 'ai', is_authenticated: false, last_seq: 2, feedback_due: false },
          },
        },
      },
      errors: ['invalid', 'not_found', 'rate_limited'],
    },
    getEvents,
    act,
    {
      id: 'setCookie',
      method: 'post',
      path: '/api/session/{session_id}/cookie',
      summary: 'Swap the token for a cookie',
      description: "Keeps the session's token in an HttpOnly cookie, where no script can read it.",
      access: 'session',
      body: { schema: cookieBody, required: false, examples: { 'the token': { session_token: token } } },
      answers: {
        200: {
          description: 'The cookie is set.',
          schema: done,
          examples: { done: { status: 'success', message: 'Cookie set', session_id } },
        },
      },
      errors: ['bad_json', 'invalid', 'not_found', 'too_large'],
    },
    {
      id: 'resetSession',
      method: 'post',
      path: '/api/reset/{session_id}',
      summary: 'Clear what was said',
      description: 'The session stays; its history is empty from here on, as after `/clear`.',
      access: 'session_or_owner',
      answers: {
        200: { description: 'Cleared.', schema: done, examples: { done: { status: 'success', message: 'Session reset', session_id } } },
      },
      errors: ['invalid', 'not_found', 'rate_limited'],
    },
    {
      id: 'deleteSession',
      method: 'delete',
      path: '/api/reset/{session_id}',
      summary: 'Delete a session',
      description: 'The session and all it holds are gone, and connections to it end.',
      access: 'session_or_owner',
      answers: {
        200: { description: 'Gone.', schema: done, examples: { done: { status: 'success', message: 'Session deleted', session_id } } },
      },
      errors: ['invalid', 'not_found', 'rate_limited'],
    },
    {
      id: 'listSessions',
      method: 'get',
      path: '/api/sessions',
      summary: 'List all sessions',
      description:
        'By latest activity, with how each one stands: who waits for a person and since when, and what it was graded. `key` names a session among all owners: it is the `session_id` to use with the admin key.',
      access: 'owner_or_local',
      query: sessionsQuery,
      queryExample: { limit: 100 },
      answers: {
        200: {
          description: 'Sessions.',
          schema: sessionPage,
          examples: {
            'one session': {
              sessions: [
                {
                  session_id,
                  key: session_id,
                  message_count: 3,
                  last_message: { role: 'assistant', content: 'Hello!', timestamp: '2025-11-02T10:30:01.000Z', message_id: 'm-2' },
                  status: 'waiting',
                  waiting_since: '2025-11-02T10:31:00.000Z',
                  rating: null,
                },
              ],
              count: 1,
              next: null,
            },
          },
        },
      },
      errors: ['invalid', 'unauthorized', 'rate_limited'],
    },
  ],
}
