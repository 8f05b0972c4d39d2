import type { BarePage } from '#components/reference/bare-page.ts'

/** The small chat pages of the original services: one script, set differently. */

interface SeedPage {
  title: string
  lead: string
  settings: Record<string, string>
  /** Commands that a press puts into the field. */
  hints: string[]
  /** The few lines that make a connection of one's own. */
  code: string
}

const socketCode = `const ws = new WebSocket(\`ws://your-server:8000/ws/\${sessionId}\`)
ws.onmessage = ({ data }) => console.log(JSON.parse(data))
ws.onopen = () => ws.send('Hello from client')`

const pages: Record<string, SeedPage> = {
  'websocket-fixed': {
    title: 'Chat widget with WebSocket',
    lead: 'A session is made first, then its own socket is opened. When sockets do not get through, the page polls instead.',
    settings: { transport: 'websocket', address: '/ws/{session_id}' },
    hints: ['How long does shipping take?', 'I want to talk to a person'],
    code: socketCode,
  },
  websocket: {
    title: 'Enhanced widget: WebSocket with fallback',
    lead: 'Tries the socket first, reconnects three times, then polls every three seconds and looks for the socket again. The browser console tells what happens.',
    settings: { transport: 'websocket', address: '/ws/{session_id}' },
    hints: ['What are your opening hours?', 'I want to talk to a person'],
    code: socketCode,
  },
  integration: {
    title: 'Original widget: polling only',
    lead: 'Sends with POST /chat and asks for news every three seconds. Works wherever a web page works.',
    settings: { transport: 'polling' },
    hints: ['How long does shipping take?', 'I want to talk to a person'],
    code: `const { session_id } = await (await fetch('/api/session/new', { method: 'POST' })).json()
await fetch('/chat', { method: 'POST', body: JSON.stringify({ message: 'Hello', session_id }) })
const news = await fetch(\`/api/session/\${session_id}/events?after=0\`)`,
  },
  client: {
    title: 'Test client for /ws/chat',
    lead: 'One anonymous socket. Type a message, or a command.',
    settings: { transport: 'websocket', address: '/ws/chat' },
    hints: ['/help', '/history', '/whoami', '/clear', 'ping'],
    code: `const ws = new WebSocket('ws://localhost:8000/ws/chat')
ws.onmessage = ({ data }) => console.log(JSON.parse(data))
ws.onopen = () => ws.send(JSON.stringify({ message: '/help' }))`,
  },
}

/** The page of that name; undefined if there is none. */
export function seedPage(name: string): BarePage | undefined {
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined
  return (
    page && {
      title: page.title,
      description: page.lead,
      styles: ['/static/seed-widget.css'],
      scripts: [{ src: '/static/seed-widget.js', data: page.settings }],
      body: bodyOf(page),
    }
  )
}

function bodyOf({ title, lead, settings, hints, code }: SeedPage): string {
  const buttons = hints.map((hint) => `<li><button type="button" data-fill="${escapeHtml(hint)}">${escapeHtml(hint)}</button></li>`)
  const attributes = Object.entries(settings).map(([name, value]) => ` data-${name}="${value}"`)
  const embed = `<script src="https://your-desk/static/seed-widget.js" data-desk="https://your-desk"${attributes.join('')} defer></script>`
  return `<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
<section class="chat" aria-label="Chat">
  <p class="status" role="status" data-part="status"><span class="dot" aria-hidden="true"></span><span>Connecting …</span></p>
  <div class="log" role="log" aria-label="Conversation" tabindex="0" data-part="log"></div>
  <form data-part="form">
    <label class="visually-hidden" for="text">Your message</label>
    <input id="text" name="text" autocomplete="off" placeholder="Your message" maxlength="16000">
    <button>Send</button>
  </form>
</section>
<h2 class="visually-hidden">Things to try</h2>
<ul class="hints">${buttons.join('')}</ul>
<h2>On your own page</h2>
<p>Copy the markup of this page with its script:</p>
<pre tabindex="0" role="group" aria-label="Script tag"><code>${escapeHtml(embed)}</code></pre>
<p>Or speak to the desk yourself:</p>
<pre tabindex="0" role="group" aria-label="Code"><code>${escapeHtml(code)}</code></pre>
<p><a href="/redoc#websocket">All frames</a> · <a href="/test">Developer page</a> · <a href="/">The chat page</a></p>
<noscript><p>This page needs JavaScript.</p></noscript>
</main>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
