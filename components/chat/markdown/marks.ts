/** A text cut at the marks of citations: words, and the number of each mark. */
export type Cut = string | number

/** Cuts a text at its marks `[n]`. Only numbers that `isCited` knows are marks; all else stays text. */
export function cutAtMarks(text: string, isCited: (n: number) => boolean): Cut[] {
  const cuts: Cut[] = []
  let end = 0
  for (const match of text.matchAll(/\[(\d{1,3})\]/g)) {
    const n = Number(match[1])
    if (!isCited(n)) continue
    if (match.index > end) cuts.push(text.slice(end, match.index))
    cuts.push(n)
    end = match.index + match[0].length
  }
  if (end < text.length) cuts.push(text.slice(end))
  return cuts
}
