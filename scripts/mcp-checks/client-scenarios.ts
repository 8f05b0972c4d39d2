/**
 * The client scenarios of the official conformance suite: those that are run against the desk's MCP client, and why the rest does
 * not apply. A name with a star stands for all that begin so.
 */
export const clientScenarios: Record<string, 'run' | { notApplicable: string }> = {
  initialize: 'run',
  tools_call: 'run',
  'sse-retry': 'run',
  'elicitation-sep1034-client-defaults': {
    notApplicable: 'a server asks the desk for nothing: what a visitor confirms, they confirm on an approval card',
  },
  'auth/*': { notApplicable: 'no OAuth: the owner gives a server a key (MCP_SERVER_KEY), and nobody is sent to sign in elsewhere' },
}

/** What the list says of a scenario; undefined for one that it does not know. */
export function planOf(scenario: string): (typeof clientScenarios)[string] | undefined {
  const family = Object.keys(clientScenarios).find((name) => name.endsWith('*') && scenario.startsWith(name.slice(0, -1)))
  return clientScenarios[scenario] ?? (family === undefined ? undefined : clientScenarios[family])
}
