import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Theme } from '#components/ui/theme.tsx'
import { desk } from '#lib/registry.ts'
import './globals.css'

/** Every page is made for its request: its scripts carry the request's nonce. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = {
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafcfe' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1216' },
  ],
}

export function generateMetadata(): Metadata {
  const { deskName } = desk().frontPage()
  return { title: { default: deskName, template: `%s · ${deskName}` }, applicationName: deskName }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <Theme nonce={nonce}>{children}</Theme>
      </body>
    </html>
  )
}
