/** Text in colour where there is a terminal that shows it; NO_COLOR (https://no-color.org) switches it off. */
export type Style = ReturnType<typeof createStyle>

export function createStyle(colour: boolean) {
  const paint = (open: number, close: number) => (text: string) => (colour ? `\x1b[${open}m${text}\x1b[${close}m` : text)
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), green: paint(32, 39), yellow: paint(33, 39) }
}

/** Whether a stream shows colours. */
export function showsColour({ isTTY }: { isTTY?: boolean }, { NO_COLOR, TERM }: Record<string, string | undefined> = process.env): boolean {
  return isTTY === true && !NO_COLOR && TERM !== 'dumb'
}
