/** What the assistant says of its own, in the languages it speaks. Everything else it says comes from articles. */
export interface Phrases {
  greeting: (desk: string) => string
  thanks: string
  goodbye: string
  bot: (desk: string) => string
  howAreYou: string
  unknown: string
  unknownPart: (part: string) => string
  clarify: string
  person: string
  declined: string
  sorry: string
  yes: string
  no: string
  yesToPerson: string
}

const en: Phrases = {
  greeting: (desk) => `Hello! I am the assistant of ${desk}. What would you like to know?`,
  thanks: 'You are welcome. Is there anything else I can help you with?',
  goodbye: 'Goodbye, and thank you for stopping by.',
  bot: (desk) => `I am an AI assistant. I answer from the help articles of ${desk}, and I can pass you on to a person.`,
  howAreYou: 'I am well, thank you. What can I do for you?',
  unknown: 'I do not know the answer to that: our articles do not cover it. Shall I pass your question to a person?',
  unknownPart: (part) => `I found nothing about “${part}” in our articles. Shall I pass that to a person?`,
  clarify: 'I am not sure which of these you mean:',
  person: 'I am passing your question to a person.',
  declined: 'All right. You can ask me something else at any time.',
  sorry: 'I am sorry that I was no better help. Shall I pass you on to a person?',
  yes: 'Good. What would you like to know?',
  no: 'All right. You can ask me something else at any time.',
  yesToPerson: 'Yes, a person please',
}

const vi: Phrases = {
  greeting: (desk) => `Xin chào! Tôi là trợ lý của ${desk}. Bạn muốn hỏi điều gì?`,
  thanks: 'Rất vui được giúp bạn. Bạn còn cần gì nữa không?',
  goodbye: 'Tạm biệt, cảm ơn bạn đã ghé thăm.',
  bot: (desk) => `Tôi là trợ lý AI. Tôi trả lời từ các bài hướng dẫn của ${desk} và có thể chuyển bạn tới nhân viên.`,
  howAreYou: 'Tôi khỏe, cảm ơn bạn. Tôi có thể giúp gì cho bạn?',
  unknown:
    'Tôi không biết câu trả lời: các bài hướng dẫn của chúng tôi không nói về điều này. Bạn có muốn tôi chuyển câu hỏi cho nhân viên không?',
  unknownPart: (part) => `Tôi không tìm thấy gì về “${part}” trong các bài hướng dẫn. Bạn có muốn tôi chuyển cho nhân viên không?`,
  clarify: 'Tôi chưa rõ bạn muốn hỏi về điều nào:',
  person: 'Tôi đang chuyển câu hỏi của bạn cho nhân viên.',
  declined: 'Vâng. Bạn có thể hỏi tôi điều khác bất cứ lúc nào.',
  sorry: 'Xin lỗi vì tôi chưa giúp được bạn. Bạn có muốn tôi chuyển bạn tới nhân viên không?',
  yes: 'Vâng. Bạn muốn hỏi điều gì?',
  no: 'Vâng. Bạn có thể hỏi tôi điều khác bất cứ lúc nào.',
  yesToPerson: 'Vâng, cho tôi gặp nhân viên',
}

const byLanguage: Record<string, Phrases> = { en, vi }

/** The phrases of a language, English where it is not spoken. */
export function phrasesIn(language: string): Phrases {
  return byLanguage[language.slice(0, 2)] ?? en
}
