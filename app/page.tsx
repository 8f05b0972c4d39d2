import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { ChatPage } from '#components/chat/chat-page.tsx'
import { texts } from '#components/chat/texts.ts'
import { desk } from '#lib/registry.ts'
import { SESSION_COOKIE } from '#lib/transport/server/credentials.ts'

export function generateMetadata(): Metadata {
  const { deskName } = desk().frontPage()
  return { title: { absolute: texts.chatTitle(deskName) }, description: texts.chatDescription(deskName) }
}

export default async function Page() {
  const returning = (await cookies()).has(SESSION_COOKIE)
  return <ChatPage {...desk().frontPage()} returning={returning} />
}
