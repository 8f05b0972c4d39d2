import { expect, test } from 'vitest'
import { readArticles } from './article.ts'

test.each([
  ['de', '# Öffnungszeiten\n\nWir haben von Montag bis Freitag für Sie geöffnet. Die Werkstatt ist am Samstag zu.'],
  ['fr', '# Horaires\n\nNous sommes ouverts du lundi au vendredi. Le magasin est fermé le dimanche.'],
  ['es', '# Horario\n\nEstamos abiertos de lunes a viernes. La tienda está cerrada los domingos.'],
  ['vi', '# Giờ mở cửa\n\nCửa hàng của chúng tôi mở cửa từ thứ hai đến thứ sáu. Bạn có thể gọi cho chúng tôi bất cứ lúc nào.'],
  ['en', '# Hours\n\nWe are open from Monday to Friday. The Café Zürich is at the back.'],
])('the language of an article without front matter is told by its text: %s', (language, text) => {
  expect(readArticles('hours.md', text)[0]?.language).toBe(language)
})

test('a row of a table is said with the names of its columns', () => {
  const [article] = readArticles(
    'prices.md',
    '# Prices\n\n| Service | Mainland | Islands |\n|---|---|---|\n| Express | $14.95 | not available |\n',
  )
  expect(article?.passages[0]?.sentences).toEqual(['Express: Mainland $14.95; Islands not available.'])
})

test.each([
  ['---\ntitle: "Hours" and more\n---\nText', 'its front matter is no YAML: Unexpected scalar at node end (line 2)'],
  ['---\ntitle: Hours\ntags: 5\n---\nText', 'its front matter is not understood: tags: must be a list'],
  ['---\njust text\n---\nText', 'its front matter has no fields, as in "title: Opening hours"'],
])('what is wrong with front matter is said in one line: %j', (content, sentence) => {
  expect(() => readArticles('hours.md', content)).toThrow(new Error(sentence))
})

test('two tables, one after the other, each have their own columns', () => {
  const table = (...cells: string[]) => `| Day | ${cells[0]} | ${cells[1]} |\n|---|---|---|\n| Monday | 9 | 18 |\n`
  const [article] = readArticles('hours.md', `# Hours\n\n${table('Opens', 'Closes')}\n${table('First call', 'Last call')}`)
  expect(article?.passages[0]?.sentences).toEqual(['Monday: Opens 9; Closes 18.', 'Monday: First call 9; Last call 18.'])
})
