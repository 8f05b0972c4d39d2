/**
 * The server scenarios of the official conformance suite, and how each is run. A scenario that needs nothing of its own runs
 * against the desk; one that wants the suite's demo tools, resources or prompts runs against a server that has them, made with
 * the desk's own code (`fixture-server.ts`); a reason says why the rest does not apply.
 */
export type Run = 'desk' | 'fixture' | { notApplicable: string }

const asksNothing: Run = {
  notApplicable: 'the server asks its client for nothing: what an order needs, its customer confirms at the desk',
}
const noSession: Run = {
  notApplicable: 'needs a session of the protocol: the server keeps none, so that any process can answer any request',
}

export const scenarios: Record<string, Run> = {
  'server-initialize': 'desk',
  ping: 'desk',
  'tools-list': 'desk',
  'dns-rebinding-protection': 'desk',
  'logging-set-level': 'fixture',
  'completion-complete': 'fixture',
  'tools-call-simple-text': 'fixture',
  'tools-call-image': 'fixture',
  'tools-call-audio': 'fixture',
  'tools-call-embedded-resource': 'fixture',
  'tools-call-mixed-content': 'fixture',
  'tools-call-with-logging': 'fixture',
  'tools-call-error': 'fixture',
  'tools-call-with-progress': 'fixture',
  'json-schema-2020-12': 'fixture',
  'resources-list': 'fixture',
  'resources-read-text': 'fixture',
  'resources-read-binary': 'fixture',
  'resources-templates-read': 'fixture',
  'prompts-list': 'fixture',
  'prompts-get-simple': 'fixture',
  'prompts-get-with-args': 'fixture',
  'prompts-get-embedded-resource': 'fixture',
  'prompts-get-with-image': 'fixture',
  'tools-call-sampling': asksNothing,
  'tools-call-elicitation': asksNothing,
  'elicitation-sep1034-defaults': asksNothing,
  'elicitation-sep1330-enums': asksNothing,
  'resources-subscribe': noSession,
  'resources-unsubscribe': noSession,
  'server-sse-polling': noSession,
  'server-sse-multiple-streams': noSession,
}
