// Starts Swagger UI on /docs. It asks nobody but this desk: no validator, no remote badge.
const dark = matchMedia('(prefers-color-scheme: dark)')

/** The theme that was chosen on the chat page, or else the system's. */
function applyTheme() {
  const chosen = localStorage.getItem('theme')
  const isDark = chosen === 'dark' || (chosen !== 'light' && dark.matches)
  document.documentElement.classList.toggle('dark-mode', isDark)
}

applyTheme()
dark.addEventListener('change', applyTheme)

/** What Swagger UI lacks for people who read with a keyboard or a screen reader. */
const accessible = () => ({
  wrapComponents: {
    // A link inside of the button that opens an operation: one of the two has to go. The address still follows.
    DeepLink: (_Original, { React }) => ({ text }) => React.createElement('span', null, text),
    // Between the title (h1) and the tags (h3) a heading is missing.
    operations: (Original, { React }) => (props) =>
      React.createElement('div', null, React.createElement('h2', { className: 'part' }, 'Endpoints'), React.createElement(Original, props)),
    // What stands outside of every landmark is passed over by people who walk from landmark to landmark.
    InfoContainer: (Original, { React }) => (props) =>
      React.createElement('section', { 'aria-label': 'About this API' }, React.createElement(Original, props)),
  },
})

const names = { '.examples-select-element': 'Example', '.body-param__text': 'Request body', '.content-type': 'Content type', '#media-type': 'Media type' }

/** Names the fields that Swagger UI draws without a name, as they come. */
function nameFields() {
  for (const [fields, name] of Object.entries(names)) {
    for (const field of document.querySelectorAll(`${fields}:not([aria-label])`)) field.setAttribute('aria-label', name)
  }
}
new MutationObserver(nameFields).observe(document.getElementById('swagger-ui'), { childList: true, subtree: true })

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [accessible],
  layout: 'BaseLayout',
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: true,
})
