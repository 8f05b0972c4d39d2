import { anthropicContent, chatContent, geminiContent, responsesContent } from './content.ts'
import { type Asked, unexpected, type Vendor } from './peer.ts'

/** The vendors' wire formats, from their documentation. Each refuses what it does not know. */

const sse = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`

const callId = (name: string, at: number) => `call_${name}_${at}`
const halves = (text: string) => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)]
/** What Gemini signs a call with, and asks for again. */
const SIGNATURE = 'c2lnbmVk'

// biome-ignore lint/suspicious/noExplicitAny: a request is whatever was sent; each rule reads what it is about.
type Sent = any
const list = (value: unknown): Sent[] => (Array.isArray(value) ? value : [])
const blocks = (messages: unknown): Sent[] => list(messages).flatMap(({ content }) => list(content))

/** What is wrong with the tools' names. */
function named(tools: unknown, nameOf: (tool: Sent) => unknown): string[] {
  const names = list(tools).map(nameOf)
  return names.every((name) => typeof name === 'string' && /^[a-zA-Z0-9_-]{1,64}$/.test(name)) ? [] : ['a tool has no name that is allowed']
}

/** Each call needs its result, and each result its call. */
function unanswered(calls: unknown[], results: unknown[]): string[] {
  const isSame = calls.length === results.length && calls.every((id) => results.includes(id))
  return isSame ? [] : ['calls and results do not belong together']
}

function unsigned(contents: unknown): string[] {
  const calls = list(contents).flatMap(({ role, parts }) =>
    role === 'model' ? [list(parts).filter(({ functionCall }) => functionCall)] : [],
  )
  return calls.every(([first]) => first === undefined || first.thoughtSignature === SIGNATURE) ? [] : ['a call is not signed']
}

export function line({ method, path }: Asked, expected: string): string[] {
  return `${method} ${path}` === `POST ${expected}` ? [] : [`${method} ${path} is not POST ${expected}`]
}

export function header({ headers }: Asked, name: string, expected: string | undefined): string[] {
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
      ...unexpected(asked.body, ['model', 'messages', 'max_tokens', 'temperature', 'stream', 'stream_options'], ['tools', 'tool_choice']),
      ...named(asked.body.tools, ({ type, function: tool }) => (type === 'function' ? tool?.name : undefined)),
      ...unanswered(
        list(asked.body.messages).flatMap(({ tool_calls }) => list(tool_calls).map(({ id }) => id)),
        list(asked.body.messages).flatMap(({ role, tool_call_id }) => (role === 'tool' ? [tool_call_id] : [])),
      ),
      ...chatContent(asked.body.messages),
    ],
    stream: (tokens, { input, output }, calls) => ({
      before: [chunk({ role: 'assistant', content: '' })],
      tokens: tokens.map((content) => chunk({ content })),
      after: [
        // As they come: the name first, then the arguments in pieces.
        ...calls.flatMap(({ name, args }, index) => [
          chunk({ tool_calls: [{ index, id: callId(name, index), type: 'function', function: { name, arguments: '' } }] }),
          ...halves(args).map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
        ]),
        chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
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
      ...unexpected(
        asked.body,
        ['model', 'input', 'max_output_tokens', 'temperature', 'stream', 'store'],
        ['tools', 'tool_choice', 'include'],
      ),
      ...named(asked.body.tools, ({ type, name }) => (type === 'function' ? name : undefined)),
      ...unanswered(
        list(asked.body.input).flatMap(({ type, call_id }) => (type === 'function_call' ? [call_id] : [])),
        list(asked.body.input).flatMap(({ type, call_id }) => (type === 'function_call_output' ? [call_id] : [])),
      ),
      ...responsesContent(asked.body.input),
    ],
    stream(tokens, { input, output }, calls) {
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
      const asks = calls.map(({ name, args }, at) => ({
        item: { id: `fc_${at}`, type: 'function_call', call_id: callId(name, at), name, arguments: args, status: 'completed' },
        output_index: at + 1,
      }))
      return {
        before: [
          event('response.created', { sequence_number: 0, response: { ...made, status: 'in_progress', output: [] } }),
          event('response.in_progress', { sequence_number: 1, response: { ...made, status: 'in_progress', output: [] } }),
          event('response.output_item.added', { sequence_number: 2, output_index: 0, item: { ...item, status: 'in_progress' } }),
          event('response.content_part.added', { sequence_number: 3, ...place, part: { ...whole, text: '' } }),
        ],
        tokens: tokens.map((delta, at) => event('response.output_text.delta', { sequence_number: 4 + at, ...place, delta, logprobs: [] })),
        after: [
          event('response.output_text.done', { sequence_number: 1000, ...place, text, logprobs: [] }),
          event('response.content_part.done', { sequence_number: 1001, ...place, part: whole }),
          event('response.output_item.done', {
            sequence_number: 1002,
            output_index: 0,
            item: { ...item, status: 'completed', content: [whole] },
          }),
          ...asks.flatMap(({ item, output_index }) => [
            event('response.output_item.added', {
              sequence_number: 1003,
              output_index,
              item: { ...item, arguments: '', status: 'in_progress' },
            }),
            ...halves(item.arguments).map((delta) =>
              event('response.function_call_arguments.delta', { sequence_number: 1003, item_id: item.id, output_index, delta }),
            ),
            event('response.output_item.done', { sequence_number: 1003, output_index, item }),
          ]),
          event('response.completed', {
            sequence_number: 1003,
            response: { ...made, status: 'completed', output: [{ ...item, content: [whole] }, ...asks.map(({ item }) => item)], usage },
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
      ...unexpected(asked.body, ['contents', 'generationConfig', 'systemInstruction'], ['tools', 'toolConfig']),
      ...named(
        list(asked.body.tools).flatMap(({ functionDeclarations }) => list(functionDeclarations)),
        ({ name }) => name,
      ),
      ...unsigned(asked.body.contents),
      ...geminiContent(asked.body.contents),
    ],
    stream: (tokens, { input, output }, calls) => ({
      before: [],
      tokens: tokens.map((token) => chunk(token)),
      after: [
        ...calls.map(({ name, args }, at) =>
          sse({
            candidates: [
              // The first call of a step is signed, and must come back so.
              {
                content: {
                  parts: [{ functionCall: { name, args: JSON.parse(args) }, ...(at === 0 ? { thoughtSignature: SIGNATURE } : {}) }],
                  role: 'model',
                },
                index: 0,
              },
            ],
            modelVersion: model,
            responseId: 'r1',
          }),
        ),
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
      ...unexpected(asked.body, ['model', 'max_tokens', 'temperature', 'system', 'messages', 'stream'], ['tools', 'tool_choice']),
      ...named(asked.body.tools, ({ name }) => name),
      ...unanswered(
        blocks(asked.body.messages).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : [])),
        blocks(asked.body.messages).flatMap(({ type, tool_use_id }) => (type === 'tool_result' ? [tool_use_id] : [])),
      ),
      ...anthropicContent(asked.body.messages),
    ],
    stream: (tokens, { input, output }, calls) => ({
      before: [
        event('message_start', {
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
        event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
        event('ping', {}),
      ],
      tokens: tokens.map((text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
      after: [
        event('content_block_stop', { index: 0 }),
        ...calls.flatMap(({ name, args }, at) => [
          event('content_block_start', {
            index: at + 1,
            content_block: { type: 'tool_use', id: callId(name, at), name, input: {} },
          }),
          ...halves(args).map((partial_json) =>
            event('content_block_delta', { index: at + 1, delta: { type: 'input_json_delta', partial_json } }),
          ),
          event('content_block_stop', { index: at + 1 }),
        ]),
        event('message_delta', {
          delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
          usage: { output_tokens: output },
        }),
        event('message_stop', {}),
      ],
    }),
  }
}
