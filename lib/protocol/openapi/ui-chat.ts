import { z } from 'zod'
import { uiBody } from '../http.ts'
import type { Operation } from './operation.ts'

/** The two endpoints that a stock `useChat()` of the AI SDK talks to. */

const chunk = z.looseObject({ type: z.string() }).meta({ id: 'UiMessageChunk' })

const chunks = [
  { type: 'start', messageId: 'answer-1' },
  { type: 'start-step' },
  { type: 'text-start', id: 'm-2' },
  { type: 'text-delta', id: 'm-2', delta: 'Hello! ' },
  { type: 'text-end', id: 'm-2' },
  { type: 'finish-step' },
  { type: 'finish', finishReason: 'stop' },
]
const stream = [...chunks.map((data) => JSON.stringify(data)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')

export const uiChat: Operation = {
  id: 'uiChat',
  method: 'post',
  path: '/api/chat/ui',
  summary: 'Send a message from useChat()',
  description:
    "The AI SDK's UI message stream: `useChat({ transport: new DefaultChatTransport({ api: '/api/chat/ui' }) })` works as it is. " +
    'The chat id is the session, the message id its client_msg_id; of the messages only the last one of the user is taken.',
  access: 'session',
  body: {
    schema: uiBody,
    required: true,
    examples: {
      'what useChat sends': {
        id: 'user-123',
        trigger: 'submit-message',
        messages: [{ id: 'm-1', role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
      },
    },
  },
  answers: {
    200: {
      description: 'The answer as a UI message stream, with the header `x-vercel-ai-ui-message-stream: v1`.',
      stream: { event: chunk, example: stream },
    },
  },
  errors: ['bad_json', 'invalid', 'unknown_command', 'not_found', 'too_large', 'mismatch', 'rate_limited', 'too_many_connections'],
}

export const resumeUiChat: Operation = {
  id: 'resumeUiChat',
  method: 'get',
  path: '/api/chat/ui/{session_id}/stream',
  summary: 'Resume an answer in useChat()',
  access: 'session',
  answers: {
    200: {
      description: 'The answer that is being written, from its beginning.',
      stream: { event: chunk, example: stream },
    },
    204: { description: 'No answer is being written.' },
  },
  errors: ['invalid', 'not_found', 'too_many_connections'],
}
