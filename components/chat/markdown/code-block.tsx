'use client'

import { CopyButton } from '#components/ui/copy-button.tsx'
import { texts } from '../texts.ts'

/** Code as it was written, to be copied whole. */
export function CodeBlock({ code, language }: { code: string; language?: string | undefined }) {
  return (
    <div className="code-block">
      <div className="code-head">
        <span>{language?.split(/\s/)[0]}</span>
        <CopyButton text={code} label={texts.copyCode} done={texts.copied} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0} dir="ltr">
        <code>{code}</code>
      </pre>
    </div>
  )
}
