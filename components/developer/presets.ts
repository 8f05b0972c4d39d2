/** Frames to send with one press: every shape that the desk understands, and one that it does not. */

export interface Preset {
  label: string
  frame: string
}

export interface PresetGroup {
  title: string
  presets: Preset[]
}

export const presetGroups: PresetGroup[] = [
  {
    title: 'Messages',
    presets: [
      { label: 'plain text', frame: 'Hello from client' },
      { label: 'JSON string', frame: '"Hello, how are you?"' },
      { label: '{message}', frame: '{"message":"How long does shipping take?"}' },
      {
        label: '{type:"text", content, …}',
        frame: '{"type":"text","content":"Hello, how are you?","metadata":{},"timestamp":"2025-11-02T10:30:00"}',
      },
      { label: 'with client_msg_id', frame: '{"type":"message","content":"What are your opening hours?","client_msg_id":"m-1"}' },
    ],
  },
  {
    title: 'Commands',
    presets: [
      { label: 'ping', frame: 'ping' },
      { label: '/help', frame: '/help' },
      { label: '/history', frame: '/history' },
      { label: '/clear', frame: '/clear' },
      { label: '/whoami', frame: '/whoami' },
      { label: '/summarize', frame: '/summarize' },
      { label: '/analyze', frame: '/analyze text="I love the laptop, but it came late."' },
      { label: '/translate', frame: '/translate text="Where is my order?" target_language="Spanish"' },
      { label: '/setcontext', frame: '/setcontext text="I run a school and buy for 30 pupils."' },
      { label: '/getcontext', frame: '/getcontext' },
      { label: '/clearcontext', frame: '/clearcontext' },
    ],
  },
  {
    title: 'Protocol',
    presets: [
      { label: '{type:"ping"}', frame: '{"type":"ping"}' },
      { label: 'hello', frame: '{"type":"hello"}' },
      { label: 'hello, from the beginning', frame: '{"type":"hello","after":0,"deltas":true}' },
      { label: 'edit', frame: '{"type":"edit","message_id":"the id of your last message","text":"How much is shipping?"}' },
      { label: 'regenerate', frame: '{"type":"regenerate"}' },
      { label: 'typing', frame: '{"type":"typing","is_typing":true}' },
      { label: 'stop', frame: '{"type":"stop"}' },
      { label: 'handoff', frame: '{"type":"handoff","reason":"about an invoice"}' },
      { label: 'sign_in', frame: '{"type":"sign_in","email":"alice@example.com","pin":"1234"}' },
      { label: 'sign_out', frame: '{"type":"sign_out"}' },
      {
        label: 'approval',
        frame: '{"type":"approval","approval_id":"the id of an approval_request","decision":"approve","code":"its code"}',
      },
      { label: 'undo', frame: '{"type":"undo","effect_id":"the id of what was approved"}' },
      { label: 'take', frame: '{"type":"take","name":"Olivia"}' },
      { label: 'note', frame: '{"type":"note","text":"Asked twice before."}' },
      { label: 'release', frame: '{"type":"release"}' },
      { label: 'feedback', frame: '{"type":"feedback","rating":5}' },
      { label: 'close', frame: '{"type":"close"}' },
    ],
  },
  {
    title: 'Faults',
    presets: [
      { label: 'broken JSON', frame: '{"message":' },
      { label: 'unknown type', frame: '{"type":"dance"}' },
      { label: 'unknown command', frame: '/hlep' },
    ],
  },
]
