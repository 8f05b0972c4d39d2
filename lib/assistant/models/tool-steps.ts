import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4ToolCall,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider'
import type { Heard } from './listen.ts'

/** What a model may have called for one answer, and what becomes of it. */

/** Tools as a model is offered them, and how one is called. */
export interface Toolbox {
  offered: Array<{ name: string; description: string; parameters: Record<string, unknown> }>
  call: (name: string, args: unknown, signal: AbortSignal) => Promise<ToolResult>
}

export interface ToolResult {
  /** What the model reads. */
  text: string
  isError?: boolean
  /** Nothing is left to be said by a model. */
  ends?: boolean
}

/** Requests and calls that one answer may take. In the last request no tool is offered any more. */
const STEPS = 8
const CALLS = 8
/** Characters of the arguments of one call. */
const ARGUMENTS = 8000

export type Steps = ReturnType<typeof createSteps>

/** The steps of one answer, over every model that is asked: who takes over goes on with what was found. */
export function createSteps(toolbox: Toolbox | undefined) {
  const said: Array<{ by: string; message: LanguageModelV4Message }> = []
  let taken = 0
  let calls = 0

  /** Adds the tools, and the steps so far. What only its own provider understands is kept from another one. */
  function into(call: LanguageModelV4CallOptions, model: string): LanguageModelV4CallOptions {
    if (!toolbox || toolbox.offered.length === 0) return call
    const prompt = [...call.prompt, ...said.map(({ by, message }) => (by === model ? message : neutral(message)))]
    const isLast = taken >= STEPS - 1 || calls >= CALLS
    return { ...call, prompt, tools: toolbox.offered.map(functionTool), toolChoice: { type: isLast ? 'none' : 'auto' } }
  }

  /** Runs what a model asked for. Returns whether the answer ends with it. */
  async function run(model: string, text: string, heard: Heard, signal: AbortSignal): Promise<boolean> {
    taken += 1
    const asked = heard.calls ?? []
    const results: LanguageModelV4ToolResultPart[] = []
    let ends = false
    for (const one of asked) {
      const result: ToolResult = ends ? { text: 'This was not called: the answer ends here.', isError: true } : await runOne(one, signal)
      ends ||= result.ends === true
      const output = { type: result.isError ? ('error-text' as const) : ('text' as const), value: result.text }
      results.push({ type: 'tool-result', toolCallId: one.toolCallId, toolName: one.toolName, output })
    }
    said.push({ by: model, message: { role: 'assistant', content: partsOf(text, heard, asked) } })
    said.push({ by: model, message: { role: 'tool', content: results } })
    return ends
  }

  async function runOne({ toolName, input }: LanguageModelV4ToolCall, signal: AbortSignal): Promise<ToolResult> {
    calls += 1
    if (calls > CALLS) return { text: 'No more tools can be called. Answer with what is known.', isError: true }
    const args = argumentsOf(input)
    if (args === undefined) return { text: 'The arguments are no JSON object.', isError: true }
    return (toolbox as Toolbox).call(toolName, args, signal)
  }

  return {
    into,
    run,
    /** Characters that they add to what a model is told. */
    length: () => (said.length === 0 ? 0 : JSON.stringify(said).length),
  }
}

function functionTool({ name, description, parameters }: Toolbox['offered'][number]): LanguageModelV4FunctionTool {
  return { type: 'function', name, description, inputSchema: parameters }
}

/** Undefined when they are no object in JSON. No arguments at all are none. */
function argumentsOf(input: string): Record<string, unknown> | undefined {
  if (input.trim() === '') return {}
  if (input.length > ARGUMENTS) return undefined
  try {
    const args: unknown = JSON.parse(input)
    return typeof args === 'object' && args !== null && !Array.isArray(args) ? (args as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

type AssistantMessage = Extract<LanguageModelV4Message, { role: 'assistant' }>

function partsOf(text: string, { thoughts = [] }: Heard, calls: LanguageModelV4ToolCall[]): AssistantMessage['content'] {
  return [
    ...thoughts.map(({ text, providerMetadata }) => ({ type: 'reasoning' as const, text, ...options(providerMetadata) })),
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ toolCallId, toolName, input, providerMetadata }) => ({
      type: 'tool-call' as const,
      toolCallId,
      toolName,
      input: argumentsOf(input) ?? {},
      ...options(providerMetadata),
    })),
  ]
}

function options(metadata: LanguageModelV4ToolCall['providerMetadata']) {
  return metadata === undefined ? {} : { providerOptions: metadata }
}

function neutral(message: LanguageModelV4Message): LanguageModelV4Message {
  if (message.role !== 'assistant') return message
  const content = message.content.flatMap((part) => {
    if (part.type === 'reasoning') return []
    const { providerOptions: _, ...rest } = part
    return [rest as typeof part]
  })
  return { ...message, content }
}
