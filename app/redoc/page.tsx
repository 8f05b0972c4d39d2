import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Reference } from '#components/reference/reference.tsx'
import { apiDocument } from '#lib/protocol/openapi.ts'
import { desk } from '#lib/registry.ts'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every endpoint and frame of this desk, for reading and printing.',
}

/** `GET /redoc`: the published description for reading. */
export default async function RedocPage() {
  await connection()
  const { config, version } = desk()
  const base = config.PUBLIC_URL?.origin ?? `http://localhost:${config.PORT}`
  return <Reference document={apiDocument(version)} base={base} />
}
