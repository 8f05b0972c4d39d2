/** A page that is not React's: HTML as it stands, with scripts and styles of this origin. */
export interface BarePage {
  title: string
  description: string
  styles: string[]
  /** Addresses of scripts, with the attributes that configure them. Each gets the page's nonce. */
  scripts: Array<{ src: string; data?: Record<string, string> }>
  /** Trusted HTML: never made of what anybody sent. */
  body: string
}

/** Answers a request with the page. The nonce is the one that the reception put into the policy of this answer. */
export function barePage(request: Request, { title, description, styles, scripts, body }: BarePage): Response {
  const nonce = request.headers.get('x-nonce') ?? ''
  const links = styles.map((href) => `<link rel="stylesheet" href="${href}">`)
  const tags = scripts.map(({ src, data = {} }) => {
    const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${value}"`)
    return `<script src="${src}" nonce="${nonce}" defer${attributes.join('')}></script>`
  })
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${[...links, ...tags].join('\n')}
</head>
<body>
${body}
</body>
</html>
`
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })
}
