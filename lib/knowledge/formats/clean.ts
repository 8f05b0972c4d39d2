/**
 * Characters that nobody sees and that could carry words past whoever reads the file: zero-width ones, controls of
 * direction, tags, fillers, selectors of variants, and all control characters but tab and line feed.
 */
const invisible = /(?![\n\t\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/gu

/** The joiners belong to the spelling of these scripts, between two of their letters; elsewhere they are as invisible as the rest. */
const joined = ['Arabic', 'Bengali', 'Devanagari', 'Malayalam', 'Sinhala', 'Tamil'].map((script) => `\\p{Script=${script}}`).join('')
const joiner = new RegExp(`(?<![${joined}])[\\u200c\\u200d]+|[\\u200c\\u200d]+(?![${joined}])`, 'gu')

/** A text from outside as a reader sees it: composed, without invisible characters, with one kind of line end. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(invisible, '').replace(joiner, '').normalize('NFC')
}

/** A text on one line, cleaned, that says nothing in Markdown that would make it a link, a table or code. */
export function inlineText(text: string): string {
  return cleanText(text)
    .replace(/\s+/g, ' ')
    .replaceAll('|', '¦')
    .replace(/\]\s*\(/g, '] (')
    .replace(/`{2,}|~{3,}/g, '')
    .trim()
}
