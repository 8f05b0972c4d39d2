import type { Metadata } from 'next'
import { ConsolePage } from '#components/console/console-page.tsx'
import { desk } from '#lib/registry.ts'

export const metadata: Metadata = { title: 'Console', robots: { index: false } }

/** `GET /console`: where the people of the company answer. */
export default function Page() {
  return <ConsolePage deskName={desk().frontPage().deskName} />
}
