import { parse } from '#lib/protocol/frames.ts'
import { toolApprovalBody } from '#lib/protocol/http.ts'
import { toolName } from '#lib/protocol/ids.ts'
import { readBody } from './body.ts'
import { admitOwner } from './credentials.ts'
import type { Call } from './door.ts'

/** The doors to the tools: which there are, and the owner's word on one that has changed. */

/** `GET /api/tools`: what the assistant may call; with the admin key also what is off, and why. */
export async function getTools(call: Call): Promise<Response> {
  const { tools } = call.house
  const offered = tools.offered().map(({ name, description, parameters, requiresAuth, sideEffect }) => {
    return { name, description, parameters, requires_auth: requiresAuth, side_effect: sideEffect }
  })
  if (!call.request.headers.has('x-api-key')) return Response.json({ tools: offered })
  await admitOwner(call, { localToo: false })
  const off = tools.off().map(({ name, reason, fingerprint, description, parameters }) => {
    return { name, reason, fingerprint, description, parameters }
  })
  return Response.json({ tools: offered, off })
}

/** `POST /api/tools/{name}/approve` */
export async function postToolApproval(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: false })
  const { fingerprint } = await readBody(call.request, toolApprovalBody)
  const name = parse(toolName, call.params.tool)
  await call.house.tools.approve(name, fingerprint)
  return Response.json({ status: 'success', message: 'The tool is trusted as it is.', name })
}
