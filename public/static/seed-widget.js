// A chat over a bare browser WebSocket, without any library: read it, copy what you need.
//
//   <script src="/static/seed-widget.js" data-transport="websocket" defer></script>
//
//   data-transport   websocket (tried first, polling when it fails) or polling (only)
//   data-address     /ws/{session_id} (the session is made first) or /ws/chat (the socket makes it)
//   data-desk        where the desk is, when the page is on another site (see CORS_ORIGINS)
//
// It binds to the parts of the page that carry data-part: status, log, form.
;(() => {
  const { transport = 'websocket', address = '/ws/{session_id}', desk = location.origin } = document.currentScript.dataset
  const PING_MS = 30_000
  const POLL_MS = 3000
  const CONNECT_MS = 5000
  const PROBE_MS = 30_000
  const RECONNECTS = 3

  const part = (name) => document.querySelector(`[data-part="${name}"]`)
  const [status, log, form] = [part('status'), part('log'), part('form')]
  const shelf = `seed-widget ${desk} ${transport} ${address}`
  /** {session_id, session_token}, kept for as long as the tab lives. */
  let session = JSON.parse(sessionStorage.getItem(shelf) ?? 'null')
  let socket, probe, epoch
  let reconnects = 0
  let polling = false
  /** The last event that is here, and all of them: what comes twice is shown once. */
  let seq = 0
  const seen = new Set()
  /** What was written and is not known to have arrived, by its id: sent again under the same id it does no harm. */
  const unsent = new Map()

  function keep({ session_id, session_token = session?.session_token }) {
    session = { session_id, session_token }
    sessionStorage.setItem(shelf, JSON.stringify(session))
  }

  function request(path, options = {}) {
    const token = session?.session_token && { authorization: `Bearer ${session.session_token}` }
    return fetch(desk + path, { ...options, headers: { 'content-type': 'application/json', ...token } })
  }

  async function beginSession() {
    const response = await request('/api/session/new', { method: 'POST' })
    if (!response.ok) throw new Error(`no session: ${response.status}`)
    keep(await response.json())
  }

  async function connect() {
    try {
      if (!session && address !== '/ws/chat') await beginSession()
    } catch (error) {
      console.error('No session could be made', error)
      return reconnect()
    }
    const path = session ? `/ws/${encodeURIComponent(session.session_id)}` : '/ws/chat'
    const ws = new WebSocket(desk.replace(/^http/, 'ws') + path, session?.session_token ? ['bearer', session.session_token] : [])
    const deadline = setTimeout(() => ws.close(), CONNECT_MS)
    let keepAlive
    ws.onopen = () => {
      console.log('WebSocket connected', path)
      keepAlive = setInterval(() => ws.send(JSON.stringify({ type: 'ping' })), PING_MS)
    }
    ws.onmessage = ({ data }) => {
      const frame = JSON.parse(data)
      const greeting = frame.type === 'system' && frame.seq === undefined
      if (!greeting) return receive(frame)
      clearTimeout(deadline)
      clearInterval(probe)
      socket = ws
      polling = false
      reconnects = 0
      keep(frame)
      show('connected', 'Real-time connected')
      // What was said while nobody listened; what comes from now on comes by itself.
      poll().then(flush)
    }
    ws.onerror = () => console.error('WebSocket error')
    ws.onclose = ({ code, reason }) => {
      console.log('WebSocket closed', code, reason)
      clearTimeout(deadline)
      clearInterval(keepAlive)
      if (socket === ws) socket = undefined
      if (code === 4003) show('error', 'Connection error')
      else reconnect()
    }
  }

  /** Three more tries, each after twice the time of the one before and a little chance; then polling. */
  function reconnect() {
    if (polling) return
    reconnects += 1
    if (reconnects > RECONNECTS) return startPolling()
    show('error', 'Connection error')
    const delay = 1000 * 2 ** (reconnects - 1) * (0.75 + Math.random() / 2)
    console.log(`Reconnecting in ${Math.round(delay)} ms (${reconnects} of ${RECONNECTS})`)
    setTimeout(connect, delay)
  }

  async function startPolling() {
    console.log(transport === 'polling' ? 'Polling, as this page is set to' : 'WebSocket failed, falling back to polling')
    polling = true
    clearInterval(probe)
    if (transport === 'websocket') probe = setInterval(connect, PROBE_MS)
    while (polling) {
      const answered = await poll()
      if (!polling) return
      if (answered) flush()
      show(answered ? 'polling' : 'error', answered ? 'Using polling mode' : 'Connection error')
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** Asks for what was written after the last event that is here. Resolves to whether the desk answered. */
  async function poll() {
    try {
      if (!session) await beginSession()
      const query = new URLSearchParams({ after: seq, ...(epoch && { epoch }) })
      const response = await request(`/api/session/${encodeURIComponent(session.session_id)}/events?${query}`)
      if (response.status === 404) session = null // The desk has forgotten it: the next try begins another one.
      if (!response.ok) return false
      const page = await response.json()
      if (!page.recovered) forget()
      epoch = page.epoch
      page.events.forEach(receive)
      return page.has_more ? poll() : true
    } catch {
      return false
    }
  }

  /** Frames and events look alike; those that stand in the log have a seq. */
  function receive(frame) {
    const { type, role, content, command } = frame
    const wasUnsent = unsent.delete(frame.client_msg_id)
    // A ping that was typed stands in no log: its answer is told here. Those of the keep-alive have no id.
    if (type === 'pong') return wasUnsent && say('note', 'pong')
    if (type === 'ack' || seen.has(frame.seq)) return
    if (frame.seq !== undefined) {
      seen.add(frame.seq)
      seq = Math.max(seq, frame.seq)
    }
    if (type === 'session_reset' || command === 'clear') log.replaceChildren()
    if (content) say(type === 'message' ? role : type === 'command_response' ? 'assistant' : 'note', content, frame)
  }

  function send(text) {
    const client_msg_id = `${Date.now()}-${Math.random().toString(36).slice(2)}`
    unsent.set(client_msg_id, text)
    say('visitor', text, { client_msg_id })
    log.setAttribute('aria-busy', 'true')
    flush()
  }

  /** Sends what is not known to have arrived: by the socket, or as a POST where there is none. */
  function flush() {
    for (const [client_msg_id, text] of unsent) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ message: text, client_msg_id }))
      else if (session) post(client_msg_id, text)
    }
  }

  async function post(client_msg_id, message) {
    try {
      const body = JSON.stringify({ message, client_msg_id, session_id: session.session_id })
      const response = await request('/chat', { method: 'POST', body })
      if (!response.ok) say('note', (await response.json()).detail)
      else if (/^ping$/i.test(message)) say('note', 'pong')
      else await poll()
      if (response.status < 500) unsent.delete(client_msg_id)
    } catch {
      console.log('Not sent yet; it will be tried again')
    }
  }

  function show(state, text) {
    if (status.dataset.state === state) return
    status.dataset.state = state
    status.lastElementChild.textContent = text
  }

  const names = { visitor: 'You', assistant: 'Assistant', operator: 'Operator', system: 'Desk', note: 'Note' }

  /** Shows what somebody said, where its seq belongs. A message of one's own is there already and only gets its number. */
  function say(role, text, { seq, client_msg_id, author, citations = [] } = {}) {
    if (role !== 'visitor') log.removeAttribute('aria-busy')
    const mine = role === 'visitor' && [...log.children].find(({ dataset }) => dataset.id === client_msg_id)
    const entry = mine || document.createElement('p')
    entry.className = role
    Object.assign(entry.dataset, role === 'visitor' && { id: client_msg_id }, seq !== undefined && { seq })
    const sources = citations.map(({ n, title }) => `[${n}] ${title}`).join(' · ')
    const pieces = Object.entries({ strong: author?.name ?? names[role], span: text, small: sources }).filter(([, words]) => words)
    entry.replaceChildren(...pieces.map(([tag, words]) => Object.assign(document.createElement(tag), { textContent: words })))
    const later = [...log.children].find(({ dataset }) => Number(dataset.seq) > seq)
    if (!mine) log.insertBefore(entry, later ?? null)
    log.scrollTop = log.scrollHeight
  }

  function forget() {
    seen.clear()
    seq = 0
    log.replaceChildren()
  }

  const input = form.querySelector('input')
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = input.value.trim()
    input.value = ''
    if (text) send(text)
  })
  for (const hint of document.querySelectorAll('[data-fill]')) {
    hint.addEventListener('click', () => {
      input.value = hint.dataset.fill
      input.focus()
    })
  }

  if (transport === 'polling') startPolling()
  else connect()
})()
