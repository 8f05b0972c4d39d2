/** The first words of the published description. */
export const introduction = `Frontdesk is the open-source AI front desk for a company's website. A visitor talks in a *session*; all that happens in it is a
log of numbered events. WebSocket, event streams and polling are three windows onto the same log.

**Begin.** \`POST /api/chat\` with \`{"message": "Hello"}\`, or open a socket at \`/ws/chat\` and send text. No key, no registration.

**Sessions and tokens.** A session has a name (\`session_id\`: made by the server, or of your own choosing) and a token (\`session_token\`: in
the answer that made the session). On the desk's own machine the name is enough. Everywhere else every request shows the token: as
\`Authorization: Bearer …\`, as \`X-Session-Token\`, or as the cookie that answers set. A session that is not yours does not exist: 404.

**Errors** have one shape: \`{error: {code, message, retryable, request_id}, detail}\`. Read the \`code\`; show the \`message\`; try again
only when \`retryable\`, after \`Retry-After\` seconds where it is given.

**Names.** Canonical addresses begin with \`/api\`. The addresses of the original services (\`/chat\`, \`/feedback\`, \`/stats\` …) are the same handlers.`
