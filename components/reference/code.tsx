import { ScrollBox } from '#components/ui/scroll-box.tsx'

/** A piece of code or JSON. */
export function Code({ code, label }: { code: string; label: string }) {
  return (
    <ScrollBox label={label} className="max-h-96 print:max-h-none print:whitespace-pre-wrap">
      <pre className="font-mono">
        <code>{code}</code>
      </pre>
    </ScrollBox>
  )
}

/** A value of an example: text as it stands, anything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
