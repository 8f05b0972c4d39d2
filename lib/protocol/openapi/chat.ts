import { z } from 'zod'
import { chatAnswer, chatBody, streamQuery } from '../http.ts'
import { chatStreamEvent, pending, receipt } from './answers.ts'
import type { Chapter } from './operation.ts'
import { resumeUiChat, uiChat } from './ui-chat.ts'

const message_id = '5b1f8a0e-2d7c-4a55-9d3e-8c1b7f6a9e42'
const idempotencyKey = z.string().regex(/^[\x21-\x7e]{16,128}$/)
const lastEventId = z.string().max(200)

/** An answer in the seed's words, with all that ours carry besides. */
const answer = {
  response: 'Here are the available monitors...',
  reply: 'Here are the available monitors...',
  session_id: 'user-123',
  message_id,
  tool_calls: null,
  confidence: 0.86,
  citations: [],
  handoff: { requested: false, state: 'none' },
  mode: 'ai',
}

const streamed = `: connected

id: e1.0:1:0:

id: e1.0:1:9:${message_id}
data: {"chunk":"Here are "}

id: e1.0:1:34:${message_id}
data: {"chunk":"the available monitors..."}

id: e1.0:1:34:${message_id}
data: {"done":true,"message_id":"${message_id}","session_id":"user-123","citations":[],"confidence":0.86}

`

export const chat: Chapter = {
  tag: 'Chat',
  description: 'Ask and get the answer: as one JSON body, as a stream of chunks, or in the form that `useChat()` of the AI SDK reads.',
  operations: [
    {
      id: 'chat',
      method: 'post',
      path: '/api/chat',
      aliases: ['/chat'],
      summary: 'Send a message and get the answer',
      description:
        'Waits for the answer. Leave `session_id` out and a session is made; send it, and `session_token`, with every further message. ' +
        'A message that begins with `/` is a command. The body is read as JSON under any content type. ' +
        'Temperature and length are set by the server; no field changes them.',
      access: 'session',
      headers: [
        {
          name: 'Idempotency-Key',
          description: 'Without `session_id`: names the new session and its first message, so that a repeated request makes no second one.',
          schema: idempotencyKey,
        },
      ],
      body: {
        schema: chatBody,
        required: true,
        examples: {
          'a first message': { message: 'Hello' },
          'a session of your own naming': { message: 'What monitors do you have?', session_id: 'my-session-123' },
          'with every field of the original': { message: 'Show me all monitors', session_id: 'user-123', stream: false },
          'a command': { message: '/help', session_id: 'user-123' },
        },
      },
      answers: {
        200: {
          description: 'The answer. With `stream: true` it comes as an event stream.',
          schema: chatAnswer,
          examples: {
            'an answer': answer,
            'to a command': {
              ...answer,
              response: 'The conversation was cleared.',
              reply: 'The conversation was cleared.',
              message_id: undefined,
              confidence: null,
              command: 'clear',
              result: { status: 'success', message: 'The conversation was cleared.' },
            },
            'an operator holds the session': {
              ...answer,
              response: '',
              reply: '',
              confidence: null,
              handoff: { requested: true, state: 'human' },
              mode: 'human',
            },
          },
          stream: { event: chatStreamEvent, example: streamed },
        },
        202: {
          description: 'The answer takes longer than this request may wait. It will come as an event of the session.',
          schema: pending,
          examples: { 'still at work': { status: 'pending', session_id: 'user-123', message_id } },
        },
      },
      errors: ['bad_json', 'invalid', 'unknown_command', 'not_found', 'too_large', 'mismatch', 'rate_limited', 'too_many_connections'],
    },
    {
      id: 'chatStream',
      method: 'get',
      path: '/api/chat/stream',
      summary: 'Send a message and read the answer as it is written',
      description:
        'For a bare `EventSource`: every event is a default `message` event whose data is JSON, `{chunk}` … `{done}`. ' +
        'When a browser reconnects it sends `Last-Event-ID`; then nothing is posted again and the rest of the answer follows. ' +
        'Away from the own machine this needs the token in a header, or a page of the same site.',
      access: 'session',
      query: streamQuery,
      queryExample: { message: 'Hello', session_id: 'user-123' },
      headers: [{ name: 'Last-Event-ID', description: 'The id of the last event that was had: resume after it.', schema: lastEventId }],
      answers: { 200: { description: 'The answer, piece by piece.', stream: { event: chatStreamEvent, example: streamed } } },
      errors: ['invalid', 'unknown_command', 'unauthorized', 'not_found', 'mismatch', 'rate_limited', 'too_many_connections'],
    },
    {
      id: 'stopAnswer',
      method: 'post',
      path: '/api/chat/{session_id}/stop',
      summary: 'Stop the running answer',
      description:
        'What was shown of the answer stays, marked `stopped`. When nothing runs, nothing happens. A lost connection is not a stop.',
      access: 'session',
      answers: {
        200: { description: 'Done.', schema: receipt, examples: { stopped: { type: 'ack', message_id, seq: 4 } } },
      },
      errors: ['invalid', 'not_found'],
    },
    uiChat,
    resumeUiChat,
  ],
}
