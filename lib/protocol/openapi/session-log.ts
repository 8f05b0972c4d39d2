import { z } from 'zod'
import { eventsQuery } from '../http.ts'
import { actionAnswer, event, page } from './answers.ts'
import { actionBody } from './inbound.ts'
import type { Operation } from './operation.ts'
import { samples } from './samples.ts'

/** The two endpoints that are a socket's counterpart: one reads the log, the other acts on the session. */

const { question, events, notices } = samples

const streamed = [
  ['e1.0:0', notices.resumed],
  ['e1.0:1', question],
  ['e1.0:2', events.message],
].map(([id, data]) => `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`)

export const getEvents: Operation = {
  id: 'getEvents',
  method: 'get',
  path: '/api/session/{session_id}/events',
  summary: 'Follow a session: poll, long poll or stream',
  description:
    'The events after a cursor: at once, or after up to `wait` seconds when there are none yet; at most 1,000 events or 1 MiB. ' +
    'With `Accept: text/event-stream` the same events come as a stream that never ends, one event a message; an `EventSource` resumes by itself. ' +
    '`recovered: false` says that the cursor is of another log: forget what you have, the events begin at 1. ' +
    '`log=desk` reads the desk log, with the admin key alone: an `answer_record` for each answer, in the commit that ended it.',
  access: 'session_or_owner',
  query: eventsQuery,
  queryExample: { after: 0, wait: 0 },
  headers: [{ name: 'Last-Event-ID', description: 'Of a stream: `epoch:seq`; goes before the query.', schema: z.string().max(100) }],
  answers: {
    200: {
      description: 'A page of the log, or the log as a stream.',
      schema: page,
      examples: {
        'two events': { events: [question, events.message], last_seq: 2, epoch: 'e1.0', recovered: true, has_more: false },
        'the desk log': { events: [events.answer_record], last_seq: 1, epoch: 'e1.0', recovered: true, has_more: false },
      },
      stream: { event, example: `: connected\n\n${streamed.join('')}` },
    },
  },
  errors: ['invalid', 'unauthorized', 'not_found', 'rate_limited', 'too_many_connections'],
}

export const act: Operation = {
  id: 'act',
  method: 'post',
  path: '/api/session/{session_id}/actions',
  summary: 'Do what a socket can do, without one',
  description:
    'Takes one inbound frame as its body (see WebSocket), except `hello`. A `message` or a `handoff` may begin a session. ' +
    'The answer does not wait for the assistant: read it from `/events`.',
  access: 'session',
  body: {
    schema: actionBody,
    required: true,
    examples: {
      'a message': { type: 'message', content: 'Hello, how are you?', client_msg_id: 'm-1' },
      'as the original gateway has it': { type: 'text', content: 'Hello, how are you?', metadata: {}, timestamp: '2025-11-02T10:30:00' },
      'ask for a person': { type: 'handoff', reason: 'wants to talk about an invoice' },
      typing: { type: 'typing', is_typing: true },
      stop: { type: 'stop' },
    },
  },
  answers: {
    200: {
      description: 'The receipt: a message is on the disk and will be answered.',
      schema: actionAnswer,
      examples: { 'of a message': notices.ack, 'to a ping': notices.pong },
    },
  },
  errors: ['bad_json', 'invalid', 'unknown_type', 'unknown_command', 'not_found', 'conflict', 'too_large', 'mismatch', 'rate_limited'],
}
