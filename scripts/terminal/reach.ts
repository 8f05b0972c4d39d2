/** What is wrong when no desk answers at an address, and what to do about it; undefined when one does. */
export async function whyUnreachable(base: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(5000), redirect: 'manual' })
    const body = (await response.json().catch(() => undefined)) as { status?: string; detail?: string } | undefined
    if (body?.status === 'healthy') return undefined
    return body?.detail ?? `${base} answers, but not as a desk does (HTTP ${response.status}). Is the address right?`
  } catch (error) {
    return `No desk answers at ${base} (${reasonOf(error)}). ${adviceFor(error)}`
  }
}

function codeOf(error: unknown): string | undefined {
  const { cause, name } = error as { cause?: { code?: string }; name?: string }
  return cause?.code ?? name
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { message?: string }; message?: string }
  return codeOf(error) === 'ECONNREFUSED' ? 'connection refused' : cause?.message || message || 'no reason was given'
}

function adviceFor(error: unknown): string {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return 'Start one with "npm start", or say where it is with --url.'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'There is no such host: look for a typing mistake.'
    case 'TimeoutError':
      return 'A firewall may drop the connection; try it from the machine that the desk runs on.'
    default:
      return 'Look at the address: https:// needs a proxy with a certificate before the desk, a bare desk speaks http://.'
  }
}
