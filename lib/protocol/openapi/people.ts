import { feedbackBody, handoffBody } from '../http.ts'
import { done, handoffNoted } from './answers.ts'
import type { Chapter } from './operation.ts'

const session_id = 'user-123'

export const people: Chapter = {
  tag: 'People',
  description: 'Ask for a person, and say how it was.',
  operations: [
    {
      id: 'handoff',
      method: 'post',
      path: '/api/handoff',
      summary: 'Ask for a person',
      description: 'The wish is an event of the session. The assistant goes on answering until an operator joins.',
      access: 'session',
      body: { schema: handoffBody, required: true, examples: { 'with a reason': { session_id, reason: 'about an invoice' } } },
      answers: {
        200: {
          description: 'The wish is noted.',
          schema: handoffNoted,
          examples: {
            noted: { status: 'success', message: 'Your request for a person is noted.', session_id, state: 'waiting' },
          },
        },
      },
      errors: ['bad_json', 'invalid', 'not_found', 'too_large'],
    },
    {
      id: 'feedback',
      method: 'post',
      path: '/api/feedback',
      aliases: ['/feedback'],
      summary: 'Rate a conversation or an answer',
      description:
        'A grade from 1 to 5 for the session, or `up` or `down` with the `message_id` of an answer. ' +
        'A grade may be changed until a comment was given with it; after that it is a `conflict`.',
      access: 'session',
      body: {
        schema: feedbackBody,
        required: true,
        examples: {
          'the conversation': { session_id, rating: 5, comment: 'Quick and clear.' },
          'one answer': { session_id, message_id: '0f6f7b52-6e0b-4f0e-9a11-3f0a5d1c2b77', rating: 'up' },
        },
      },
      answers: {
        200: {
          description: 'Noted.',
          schema: done,
          examples: { noted: { status: 'success', message: 'Thank you for your feedback.', session_id } },
        },
      },
      errors: ['bad_json', 'invalid', 'not_found', 'conflict', 'too_large'],
    },
  ],
}
