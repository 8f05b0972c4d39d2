import type { Metadata } from 'next'
import { ExamplePage } from '#components/examples/example-page.tsx'

export const metadata: Metadata = { title: 'A chat in React' }

export default function Page() {
  return <ExamplePage />
}
