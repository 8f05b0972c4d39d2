import { fold } from '#lib/knowledge/words.ts'

/**
 * Finds instructions to the assistant in a text that is data: an article, a file, a tool's result. What is found is kept
 * from the model and supports no sentence. It catches what such texts have in common, not all that can be written: what
 * protects is that a model's every sentence is checked, whatever it was told.
 */
export function isInstruction(text: string): boolean {
  const plain = legible(text)
  return (
    spaced.test(plain) ||
    patterns.some((pattern) => pattern.test(plain)) ||
    decoded(text).some((inner) => patterns.some((pattern) => pattern.test(legible(inner))) || isProse(inner))
  )
}

/** A text without what no reader sees: invisible and direction-changing characters, HTML comments. */
export function visible(text: string): string {
  return text.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ').replace(hidden, '')
}

/** Words whose letters stand apart: nobody writes so for people. */
const spaced = /(?<!\p{L})(?:\p{L} ){7,}\p{L}(?!\p{L})/u

/** Soft hyphens, zero-width characters, direction marks, variation selectors, tags: what no reader sees. */
const hidden = /\p{Default_Ignorable_Code_Point}/gu

/** Letters of other scripts that look like Latin ones. */
const lookalikes: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  ո: 'n',
  ν: 'v',
  ο: 'o',
  α: 'a',
  ρ: 'p',
  ι: 'i',
  κ: 'k',
  τ: 't',
  ε: 'e',
  υ: 'u',
  η: 'n',
  ɡ: 'g',
  ⅼ: 'l',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  γ: 'y',
  χ: 'x',
  β: 'b',
  σ: 'o',
  μ: 'u',
} // prettier-ignore

/** A text as somebody reads it: folded, look-alikes as what they look like, one space between words. */
function legible(text: string): string {
  const seen = fold(text.replace(hidden, '').normalize('NFKC'))
  return [...seen]
    .map((char) => lookalikes[char] ?? char)
    .join('')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** What stands in Base64 in a text. */
function decoded(text: string): string[] {
  return [...text.replace(hidden, '').matchAll(/[A-Za-z0-9+/]{20,}={0,2}/g)].flatMap(([code]) => {
    const inner = Buffer.from(code, 'base64').toString('utf8')
    return /^[\p{L}\p{N}\p{P}\p{Z}\p{S}\s]+$/u.test(inner) ? [inner] : []
  })
}

/** Whether it reads as words: nobody writes prose in Base64 for people. */
function isProse(text: string): boolean {
  return (text.match(/(?<!\p{L})\p{L}{2,}(?= )/gu) ?? []).length >= 3
}

const whom = '(?:the |every |all |any |each |this |our |your )*(?:customer|visitor|user|client|caller|reader)s?'
const machine = '(?:ai|a\\.i\\.|llm|chatbot|language models?|ai models?|ai agents?|ai assistants?|gpt|bot)'
const rules = '(?:instruction|direction|rule|prompt|guideline|guardrail|polic(?:y|ies)|restriction|filter|passage|context|command)s?'

const patterns = [
  // Leave what you were told.
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|overrule|discard|do not (?:follow|obey|use)|stop following)\\b[^.]{0,40}\\b(?:${rules}|everything|previous|above|earlier|prior|question)\\b`,
  ),
  /\b(?:ignore|ignorier\w*|missachte\w*|vergiss)\b.{0,30}\b(?:anweisung|regel|vorherig|bisherig)/,
  /\b(?:ignorez|oubliez|ignore)\b.{0,30}\b(?:instructions|consignes|regles)/,
  /\b(?:ignora|ignore|olvida)\b.{0,30}\b(?:instrucciones|reglas)/,
  /\b(?:bo qua|quen|phot lo)\b.{0,30}\b(?:huong dan|chi dan|quy tac|lenh)/,
  // Be somebody else.
  /\byou are (?:now|no longer|henceforth)\b|\byou have no (?:restrictions|rules|limits)\b|\b(?:act|behave|respond|answer|speak|talk) as (?:a |an |my |if |that |the )|\bpretend\b|\broleplay\b|\bfrom (?:now|here) on\b|\byour new (?:task|role|job|instructions?|goal)\b|\bnew (?:instructions?|system prompt|task)\b|\b(?:developer|debug|admin|god|dan) mode\b|\bjailbreak/,
  // Say this, in this way.
  new RegExp(
    `(?:^|[.!?:;,]\\s*|\\b(?:and|then|please|always|must|to|should|now) )(?:tell|inform|convince|assure|advise|promise|remind|notify) ${whom}\\b`,
  ),
  /(?:^|[.!?:;,]\s*|\b(?:and|then|please|always|must|should) )say (?:so|that|the|it|"|pwned|hacked|yes|no|you|we)\b|(?:^|[.!?:;,]\s*|\b(?:and|then) )say [a-z]{2,}/,
  /\b(?:reply|respond|answer|output|return)\b(?: to \w+ \w+)? (?:only|exactly|with (?:only|just|json|the word)|in (?:pirate|json|all caps|the style))\b|\b(?:answer|reply|respond)(?: to)? (?:only|every|all|any) (?:in|questions?|messages?)\b/,
  /\b(?:begin|start|end|finish|prefix|append)\b[^.]{0,20}\b(?:your|every|each|the|all) (?:reply|replies|answers?|responses?|messages?)\b|\bin (?:your|every|each) (?:answer|reply|response)\b|\balways (?:mention|answer|reply|respond|say|recommend|add|include|state)\b|\bmust not mention\b|\bnever mention\b/,
  /\b(?:output|print|write|type) (?:the )?(?:text|word|words|phrase|following|owned|hacked|pwned)\b|\brepeat (?:after me|the following|this|these)\b|\bprint [a-z]+ed\b/,
  // Give away what is inside.
  /\b(?:reveal|disclose|print|leak|show|repeat|quote|translate|expose|dump|send|output)\b[^.]{0,30}\b(?:prompt|instructions|hidden rules|conversation|api key|secrets?|credentials)\b|\bsystem prompt\b|\bhidden (?:rules|instructions|prompt)\b|\byour (?:full |whole |own |hidden |secret )?(?:prompt|instructions)\b/,
  // Addressed to a machine.
  new RegExp(
    `\\b(?:dear|attention|hey|note (?:to|for)|notice (?:to|for)|message (?:to|for)|instructions? (?:to|for)|important note to)[: ]+(?:the |all |any )?(?:${machine}|assistant)`,
  ),
  new RegExp(
    `\\bif you are (?:an? )?${machine}\\b|\\b${machine}\\b[^.]{0,20}\\b(?:must|should|shall|have to|has to|tell|say|mark|answer)\\b|^${machine} ?[:,-]|\\bas (?:the|your) (?:developer|owner|creator|administrator|manager)\\b`,
  ),
  /\bthe (?:chat )?assistant (?:must|should|shall|has to|needs to|is to|will now)\b|^assistant,|[".:] ?assistant, |\breviewer instruction|\byou must (?:state|say|answer|reply|tell|give|confirm|approve)\b/,
  /^(?:\W*)(?:system|assistant|human|user|developer|ai)(?: message| prompt)? ?[:>]|[.!?>] ?(?:system|assistant|human)(?: message)? ?:|\bsystem message\b|<\|[a-z_]+\|>|\[\/?inst\]|<\/?(?:system|assistant|user|passages?|instructions?|tool_result|context)\b|\{\{ ?\w+ ?\}\}|#{2,} ?(?:instruction|system|response)/,
  // Act.
  /\bcall (?:the )?\w+ tool\b|\bexecute ?:|\b(?:send|delete|create|run|exec|eval|fetch)_?\w*\(|\bgrant (?:the |this )?(?:user|visitor|customer)\b|\bapprove the (?:return|refund|order)\b|\bcancel the customer|\bmark this \w+ as\b|\boffer the (?:visitor|customer|user)\b|\bask (?:the |for the |every )?(?:customer|visitor|user)(?:'?s)?\b[^.]{0,20}\b(?:pin|password|card|passwords)\b|\brefuse to answer\b|\bstop being\b|\bdecode (?:this|it)\b/,
  /\bwhen (?:the |a )?(?:customer|visitor|user) asks?\b|\bwhen asked about\b/,
  /!\[[^\]]*\]\(\s*(?:https?:)?\/\//,
] // prettier-ignore
