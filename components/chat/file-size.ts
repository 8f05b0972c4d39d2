/** Bytes as people read them: "48 KB", "2.1 MB". */
export function fileSize(bytes: number, locale?: string): string {
  const kilo = bytes / 1024
  const [value, unit] = kilo < 1000 ? [Math.max(1, Math.round(kilo)), 'KB'] : [Math.round(kilo / 102.4) / 10, 'MB']
  return `${new Intl.NumberFormat(locale).format(value)} ${unit}`
}
