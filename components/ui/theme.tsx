'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'

/** Light, dark, or as the system is: chosen before anything is drawn, kept in the browser. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
      scriptProps={scriptProps}
    >
      {children}
    </ThemeProvider>
  )
}

// The script has done its work when the page comes to life; there, React would warn of one that never runs.
const scriptProps = typeof window === 'undefined' ? {} : { type: 'application/json' }
