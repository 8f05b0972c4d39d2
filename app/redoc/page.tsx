import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Reference } from '#components/reference/reference.tsx'
import { apiDocument } from '#lib/protocol/openapi.ts'
import { desk } from '#lib/registry.ts'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every endpoint and frame of this desk, for reading and printing.',
}

let written: Promise<string> | undefined

/** `GET /redoc`: the published description for reading. It is the same for everybody, and large: it is written once. */
export default async function RedocPage() {
  await connection()
  written ??= write()
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it was made here, of our own components
  return <div dangerouslySetInnerHTML={{ __html: await written }} />
}

async function write(): Promise<string> {
  // Not known to the compiler, which takes it for a mistake in a page that the server makes.
  const { renderToStaticMarkup } = await import('react-dom/server')
  const { config, version } = desk()
  const base = config.PUBLIC_URL?.origin ?? `http://localhost:${config.PORT}`
  return renderToStaticMarkup(<Reference document={apiDocument(version)} base={base} />)
}
