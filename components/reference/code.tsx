/** A piece of code or JSON. It can be scrolled by keyboard where it is wider than the page. */
export function Code({ code, label }: { code: string; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="max-h-96 overflow-auto rounded-field border border-line bg-sunken p-3 font-mono text-sm print:max-h-none print:whitespace-pre-wrap"
    >
      <code>{code}</code>
    </pre>
  )
}

/** A value of an example: text as it stands, anything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
