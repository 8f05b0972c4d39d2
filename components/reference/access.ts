import type { OperationObject } from '#lib/protocol/openapi/document.ts'

/** Who may call an operation, as a sentence. */
export function accessOf({ security }: OperationObject): string {
  const schemes = security.flatMap((requirement) => Object.keys(requirement))
  const openHere = security.some((requirement) => Object.keys(requirement).length === 0)
  if (security.length === 0) return 'Open to everybody.'
  if (schemes.includes('operatorCookie')) return 'Needs an operator who is signed in at the console.'
  const token = schemes.includes('sessionToken') && 'the session token'
  const key = schemes.includes('adminKey') && 'the admin key (X-API-Key)'
  const needed = [token, key].filter(Boolean).join(' or ')
  return openHere ? `Needs ${needed}; on the desk's own machine nothing.` : `Always needs ${needed}.`
}
