import { anthropicContent, chatContent, geminiContent, responsesContent } from './content.ts'
import { type Asked, unexpected, type Vendor } from './peer.ts'

/** The vendors' wire formats, from their documentation. Each refuses what it does not know. */

const sse = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`
const named = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`

function line({ method, path }: Asked, expected: string): string[] {
  return `${method} ${path}` === `POST ${expected}` ? [] : [`${method} ${path} is not POST ${expected}`]
}

function header({ headers }: Asked, name: string, expected: string | undefined): string[] {
  return headers[name] === expected ? [] : [`the header ${name} is ${headers[name] === undefined ? 'missing' : 'wrong'}`]
}

interface ChatOptions {
  path?: string
  /** The key that is right; undefined when none may come. */
  key?: string | undefined
}

/** OpenAI chat completions, and what speaks like them: the Hugging Face router, Ollama, vLLM, llama.cpp. */
export function chatCompletions({ path = '/v1/chat/completions', key }: ChatOptions): Vendor {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    sse({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1_760_000_000,
      model: 'a-model',
      choices: [{ index: 0, delta, finish_reason }],
    })
  return {
    faults: (asked) => [
      ...line(asked, path),
      ...header(asked, 'authorization', key && `Bearer ${key}`),
      ...header(asked, 'content-type', 'application/json'),
      ...unexpected(asked.body, ['model', 'messages', 'max_tokens', 'temperature', 'stream', 'stream_options']),
      ...chatContent(asked.body.messages),
    ],
    stream: (tokens, { input, output }) => ({
      before: [chunk({ role: 'assistant', content: '' })],
      tokens: tokens.map((content) => chunk({ content })),
      after: [
        chunk({}, 'stop'),
        sse({
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          created: 1_760_000_000,
          model: 'a-model',
          choices: [],
          usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
        }),
        'data: [DONE]\n\n',
      ],
    }),
  }
}

/** OpenAI responses. */
export function responses(key: string): Vendor {
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const made = { id: 'resp_1', object: 'response', created_at: 1_760_000_000, model: 'gpt-4o-mini', service_tier: 'default' }
  return {
    faults: (asked) => [
      ...line(asked, '/v1/responses'),
      ...header(asked, 'authorization', `Bearer ${key}`),
      ...header(asked, 'content-type', 'application/json'),
      ...unexpected(asked.body, ['model', 'input', 'max_output_tokens', 'temperature', 'stream', 'store']),
      ...responsesContent(asked.body.input),
    ],
    stream(tokens, { input, output }) {
      const text = tokens.join('')
      const usage = {
        input_tokens: input,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: output,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: input + output,
      }
      const item = { id: 'msg_1', type: 'message', role: 'assistant', content: [] }
      const whole = { type: 'output_text', text, annotations: [] }
      return {
        before: [
          named('response.created', { sequence_number: 0, response: { ...made, status: 'in_progress', output: [] } }),
          named('response.in_progress', { sequence_number: 1, response: { ...made, status: 'in_progress', output: [] } }),
          named('response.output_item.added', { sequence_number: 2, output_index: 0, item: { ...item, status: 'in_progress' } }),
          named('response.content_part.added', { sequence_number: 3, ...place, part: { ...whole, text: '' } }),
        ],
        tokens: tokens.map((delta, at) => named('response.output_text.delta', { sequence_number: 4 + at, ...place, delta, logprobs: [] })),
        after: [
          named('response.output_text.done', { sequence_number: 1000, ...place, text, logprobs: [] }),
          named('response.content_part.done', { sequence_number: 1001, ...place, part: whole }),
          named('response.output_item.done', {
            sequence_number: 1002,
            output_index: 0,
            item: { ...item, status: 'completed', content: [whole] },
          }),
          named('response.completed', {
            sequence_number: 1003,
            response: { ...made, status: 'completed', output: [{ ...item, content: [whole] }], usage },
          }),
        ],
      }
    },
  }
}

/** Gemini `streamGenerateContent`. */
export function gemini(model: string, key: string): Vendor {
  const chunk = (text: string, more: object = {}, extra: object = {}) =>
    sse({
      candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...more }],
      modelVersion: model,
      responseId: 'r1',
      ...extra,
    })
  return {
    faults: (asked) => [
      ...line(asked, `/v1beta/models/${model}:streamGenerateContent?alt=sse`),
      ...header(asked, 'x-goog-api-key', key),
      ...header(asked, 'authorization', undefined),
      ...header(asked, 'content-type', 'application/json'),
      ...unexpected(asked.body, ['contents', 'generationConfig', 'systemInstruction']),
      ...geminiContent(asked.body.contents),
    ],
    stream: (tokens, { input, output }) => ({
      before: [],
      tokens: tokens.map((token) => chunk(token)),
      after: [
        chunk(
          '',
          { finishReason: 'STOP' },
          { usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output } },
        ),
      ],
    }),
  }
}

/** Anthropic messages. */
export function messages(key: string): Vendor {
  return {
    faults: (asked) => [
      ...line(asked, '/v1/messages'),
      ...header(asked, 'x-api-key', key),
      ...header(asked, 'anthropic-version', '2023-06-01'),
      ...header(asked, 'content-type', 'application/json'),
      ...unexpected(asked.body, ['model', 'max_tokens', 'temperature', 'system', 'messages', 'stream']),
      ...anthropicContent(asked.body.messages),
    ],
    stream: (tokens, { input, output }) => ({
      before: [
        named('message_start', {
          message: {
            id: 'msg_1',
            type: 'message',
            role: 'assistant',
            model: 'claude-haiku-4-5',
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage: { input_tokens: input, output_tokens: 1 },
          },
        }),
        named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
        named('ping', {}),
      ],
      tokens: tokens.map((text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
      after: [
        named('content_block_stop', { index: 0 }),
        named('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: output } }),
        named('message_stop', {}),
      ],
    }),
  }
}
