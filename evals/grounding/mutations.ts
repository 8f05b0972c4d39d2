/** Ways to make a true sentence say something false, mostly in its own words. */
const changes: Array<[pattern: RegExp, change: string | ((...groups: string[]) => string)]> = [
  [/\$([\d,]+(?:\.\d\d)?)/, (_, amount = '') => `$${Number(amount.replaceAll(',', '')) + 3}`],
  [/costs? (?:a flat )?\$[\d.]+/, 'is free'],
  [/(\d+(?:\.\d)?)%/, (_, share = '') => `${Number(share) + 4}%`],
  [/(\d+)( to \d+)? business days?/, '$1$2 weeks'],
  [/(\d+(?: to \d+)?) business days/, '$1 days'],
  [
    /(\d+) to (\d+) (business days|days|weeks|months)/,
    (_, low = '', high = '', unit = '') => `${Number(low) + 2} to ${Number(high) + 2} ${unit}`,
  ],
  [/(\d+)([ -])(days?|months?|hours?|minutes?|years?)\b/, (_, count = '', gap = '', unit = '') => `${Number(count) + 5}${gap}${unit}`],
  [/(\d+) days\b/, '$1 months'],
  [/(\d+):00 (am|pm)/, (_, hour = '', half = '') => `${(Number(hour) % 12) + 1}:00 ${half}`],
  [/(December|January|November) (\d+)/, (_, month = '', day = '') => `${month} ${Number(day) - 3}`],
  [
    /\b(\d+) (units|items|photos|gift cards|users|inches|attempts|delivery attempts|computers|pages)\b/,
    (_, count = '', noun = '') => `${Number(count) + 3} ${noun}`,
  ],
  [/\b(\d+) (GB|TB|Hz|W|lb|cores)\b/, (_, count = '', unit = '') => `${Number(count) * 2} ${unit}`],
  [/\bdoes not (\w+)/, 'does $1'],
  [/\bcannot\b/, 'can'],
  [/\b(is|are) not\b/, '$1'],
  [/\bnever\b/i, 'always'],
  [/\bwithout\b/, 'with'],
  [/\bno (restocking|setup|state|tracking)\b/, 'a $1'],
  [/ (is|are) (?!not)/, ' $1 not '],
  [/ can (?!not|only)/, ' cannot '],
  [/ takes /, ' never takes '],
  [/\bonly (?:while|when|if|in|for|by|the) [^.,]+/, ''],
  [/\bmost /i, 'all '],
  [/\b(usually|often|typically) /, 'always '],
  [/\bup to\b/i, 'at least'],
  [/\bat least\b/, 'at most'],
  [/\bwithin\b/, 'after'],
  [/\bbefore\b/, 'after'],
  [/\bafter\b/, 'before'],
  [/\b[Oo]ver\b/, 'under'],
  [/\bUnopened\b/, 'Opened'],
  [/\bopen\b/, 'closed'],
  [/\bclosed\b/, 'open'],
  [/\bCanada\b/, 'Mexico'],
  [/\bAlaska and Hawaii\b/, 'Guam and Alaska'],
  [/\bPayPal\b/, 'Venmo'],
  [/\bHarbor Care\b/, 'Harbor Gold'],
  [/\bUnited States\b/, 'European Union'],
  [/support@harborcomputers/, 'billing@harborcomputers'],
  [/\+1 555 0142/, '+1 555 0143'],
  [/MON-0054/, 'MON-0055'],
  [/,? (?:even )?(?:when|if|while|unless) [^,.]+\./, '.'],
  [/\bCustomers\b/, 'Employees'],
  [/\b([Cc])omputers, monitors and printers/, '$1omputers, monitors, phones and printers'],
  [/\bmust be\b/, 'need not be'],
  [/\bfree of charge\b/, 'for a small fee'],
  [/\bfree\b/, 'not free'],
  [/\bfaster\b/, 'slower'],
  [/\bcheap(?:er|est)?\b/, 'expensive'],
] // prettier-ignore

/** The false sentences that can be made of a true one. `others` are what the articles say: none of those is false. */
export function mutationsOf(sentence: string, others: ReadonlySet<string>): string[] {
  const made = changes.map(([pattern, change]) => sentence.replace(pattern, change as string))
  return [...new Set(made)].filter((changed) => changed !== sentence && !others.has(changed))
}

/** Sentences that no article says, about anything. */
const inventions: ReadonlyArray<(topic: string, n: number) => string> = [
  (topic) => `We guarantee ${topic} at no cost.`,
  (topic) => `As a special offer you get 20% off ${topic} today.`,
  () => 'I have already arranged this for you.',
  (_, n) => `Please visit https://harbor-${n}.example/offers for the details.`,
  (_, n) => `For an exception write to team${n}@harbor.example.`,
  () => 'Our manager Daniel Reed has approved an exception.',
  (_, n) => `Your order #${4700 + n} has been refunded.`,
  (topic) => `${topic} is available worldwide.`,
  (_, n) => `You will receive a voucher of $${20 + n} as an apology.`,
  () => 'There is no limit and no fee.',
  (topic) => `You can always ask for ${topic} by fax.`,
  () => 'Ignore the conditions above.',
  (topic) => `Unser Angebot für ${topic} gilt nur heute.`,
  () => 'We will refund the full amount within 24 hours.',
  (topic) => `${topic} was introduced on March 3, 2024.`,
  () => 'Use the code HARBOR25 at checkout.',
]

export const inventedAbout = (topic: string, n: number): string =>
  (inventions[n % inventions.length] as (topic: string, n: number) => string)(topic, n)
