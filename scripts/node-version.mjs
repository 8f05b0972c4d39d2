// Refuses an older Node with a sentence. npm scripts run the Node that the project brings, where there is one for
// the platform; elsewhere, and outside of npm scripts, it is the system's.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 16)) {
  console.error(`Frontdesk needs Node 24.16 or newer; this is ${process.versions.node}. Run it through npm: npm start`)
  process.exit(78)
}
