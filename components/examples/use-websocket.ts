import { useCallback, useEffect, useRef, useState } from 'react'

/** A frame of the desk; what bears text carries it as `content`. */
export interface Frame {
  type: string
  content?: string
  [field: string]: unknown
}

interface Session {
  session_id?: string
  session_token?: string
}

/** The pause before a lost socket is opened again, in milliseconds; it doubles with each try, up to the greatest. */
const FIRST_PAUSE_MS = 500
const GREATEST_PAUSE_MS = 4000

/**
 * A chat over one bare socket, to be copied: it needs nothing but React. A lost socket comes back by itself, in the
 * same session. `url` is an address like `ws://localhost:8000/ws/chat`.
 */
export function useWebSocket(url: string) {
  const [messages, setMessages] = useState<Frame[]>([])
  const [connected, setConnected] = useState(false)
  const socket = useRef<WebSocket>(null)

  useEffect(() => {
    let session: Session = {}
    let failures = 0
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined

    function open(): void {
      const address = session.session_id ? new URL(`/ws/${session.session_id}`, url) : url
      const ws = new WebSocket(address, session.session_token ? ['bearer', session.session_token] : [])
      socket.current = ws
      ws.onopen = () => {
        failures = 0
        setConnected(true)
      }
      ws.onmessage = ({ data }) => {
        const frame = JSON.parse(String(data)) as Frame & Session
        if (frame.type === 'system' && frame.session_id) session = { ...session, ...frame }
        setMessages((before) => [...before, frame])
      }
      ws.onclose = () => {
        if (left) return
        setConnected(false)
        timer = setTimeout(open, Math.min(GREATEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++) * (0.5 + Math.random() / 2))
      }
    }

    open()
    return () => {
      left = true
      clearTimeout(timer)
      socket.current?.close()
    }
  }, [url])

  /** Sends a text or a command; false when there is no connection. */
  const sendMessage = useCallback((message: string): boolean => {
    const open = socket.current?.readyState === WebSocket.OPEN
    if (open) socket.current?.send(message)
    return open
  }, [])

  return { messages, connected, sendMessage }
}
