/** What the desk said to one message. */
export interface Said {
  response: string
  confidence: number | null
  kind: string
  /** The files it cites, in the order of their numbers. */
  files: string[]
  options: string[]
  handoff: boolean
}

/** Puts messages to a running desk, all in one session. */
export async function ask(url: string, ...messages: string[]): Promise<Said> {
  let session: { session_id?: string; session_token?: string } = {}
  let said: Said | undefined
  for (const message of messages) {
    const response = await fetch(`${url}/api/chat`, { method: 'POST', body: JSON.stringify({ message, ...session }) })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    const body = await response.json()
    session = { session_id: body.session_id, ...(session.session_token ? session : { session_token: body.session_token }) }
    said = {
      response: body.response,
      confidence: body.confidence,
      kind: body.decision?.kind ?? 'none',
      files: body.citations.map(({ source }: { source: string }) => source.split('#')[0]),
      options: body.options ?? [],
      handoff: body.handoff.requested,
    }
  }
  if (!said) throw new Error('nothing was asked')
  return said
}
