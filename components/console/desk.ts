/** The console's way to the desk. */

export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Asks a door of the console; resolves with its JSON. Throws what the desk says, or that it cannot be reached (status 0). */
export async function ask<T>(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const init = body ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : { method }
  const response = await fetch(`/api/console/${path}`, init).catch(() => undefined)
  if (!response) throw new Refused(0, 'The desk cannot be reached.')
  const said = (await response.json().catch(() => ({}))) as T & { detail?: string }
  if (!response.ok) throw new Refused(response.status, said.detail ?? 'This could not be done.')
  return said
}

export interface Me {
  id: string
  name: string
  login: string
  role: 'operator' | 'admin'
}
