import { z } from 'zod'
import { broadcastBody, health } from '../http.ts'
import { broadcastDone, connections, ready, stats } from './answers.ts'
import type { Chapter } from './operation.ts'

export const desk: Chapter = {
  tag: 'Desk',
  description: 'The desk as a whole: how it is, who is connected, a word to everybody.',
  operations: [
    {
      id: 'health',
      method: 'get',
      path: '/health',
      aliases: ['/api/health'],
      summary: 'Whether the process is alive',
      description: 'Always 200 while it is. Parts that are down are named under `checks` and do not make it unhealthy.',
      access: 'open',
      answers: {
        200: {
          description: 'It is alive.',
          schema: health,
          examples: { healthy: { status: 'healthy', version: '1.0.0', uptime: 42, checks: { store: { status: 'ok', detail: 'sqlite' } } } },
        },
      },
      errors: [],
    },
    {
      id: 'ready',
      method: 'get',
      path: '/ready',
      aliases: ['/api/ready'],
      summary: 'Whether new work may be sent here',
      access: 'open',
      answers: { 200: { description: 'It may.', schema: ready, examples: { ready: { status: 'ready' } } } },
      errors: ['going_away'],
    },
    {
      id: 'stats',
      method: 'get',
      path: '/api/stats',
      aliases: ['/stats'],
      summary: 'How many are connected, and what the models took',
      access: 'owner_or_local',
      answers: {
        200: {
          description: 'Counts. Two tabs of one session are one session and two connections.',
          schema: stats,
          examples: {
            'five visitors, no model': { active_sessions: 5, total_connections: 5, uptime: 42, tokens_today: 0, models: [] },
            'one model': {
              active_sessions: 5,
              total_connections: 5,
              uptime: 42,
              tokens_today: 750,
              models: [
                {
                  model: 'openai/gpt-4o-mini',
                  requests: 4,
                  answers: 3,
                  failures: 1,
                  input_tokens: 600,
                  output_tokens: 150,
                  cost_usd: 0.00018,
                },
              ],
            },
          },
        },
      },
      errors: ['unauthorized', 'rate_limited'],
    },
    {
      id: 'connections',
      method: 'get',
      path: '/api/connections',
      aliases: ['/connections'],
      summary: 'Who is connected',
      access: 'owner_or_local',
      answers: {
        200: {
          description: 'The live sockets of this process.',
          schema: connections,
          examples: {
            'one socket': {
              connections: [
                { connection_id: 'c-1', session_id: 'user-123', transport: 'websocket', connected_at: '2025-11-02T10:30:00.000Z' },
              ],
              count: 1,
              active_connections: 1,
            },
          },
        },
      },
      errors: ['unauthorized', 'rate_limited'],
    },
    {
      id: 'broadcast',
      method: 'post',
      path: '/api/broadcast',
      aliases: ['/broadcast'],
      summary: 'Say something to everybody who is connected',
      description: 'Takes JSON or plain text. Always needs the admin key, also on the own machine.',
      access: 'owner',
      body: {
        schema: broadcastBody,
        required: true,
        examples: { 'a word': { message: 'We close at 6 pm today.' } },
        text: 'We close at 6 pm today.',
      },
      answers: {
        200: { description: 'It was said.', schema: broadcastDone, examples: { said: { status: 'success', delivered: 5 } } },
      },
      errors: ['bad_json', 'invalid', 'unauthorized', 'too_large', 'rate_limited'],
    },
    {
      id: 'openapi',
      method: 'get',
      path: '/openapi.json',
      summary: 'This description',
      description: 'OpenAPI 3.1, made from the schemas that validate. Also to be read at `/redoc` and tried at `/docs`.',
      access: 'open',
      answers: {
        200: {
          description: 'The description. Carries an `ETag`.',
          schema: z.looseObject({ openapi: z.string() }),
          examples: { 'its beginning': { openapi: '3.1.1' } },
        },
        304: { description: 'It is the one that `If-None-Match` names.' },
      },
      errors: [],
    },
  ],
}
