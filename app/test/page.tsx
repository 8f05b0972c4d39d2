import type { Metadata } from 'next'
import { DeveloperPage } from '#components/developer/developer-page.tsx'

export const metadata: Metadata = {
  title: 'Developer page',
  description: 'A WebSocket client for this desk: connect, send any frame, see what comes back.',
}

/** `GET /test`: the client demo that the original gateway had on its first page. */
export default function TestPage() {
  return <DeveloperPage />
}
