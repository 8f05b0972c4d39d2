import type { Voice } from './grounding.ts'

/** What the assistant says of its own, in the languages it speaks. Everything else it says comes from articles. */
export interface Phrases {
  greeting: (desk: string) => string
  thanks: string
  goodbye: string
  bot: (desk: string) => string
  howAreYou: string
  unknown: string
  unsure: string
  unknownPart: (part: string) => string
  offer: string
  personAsked: string
  clarify: string
  clarifyOne: string
  person: string
  declined: string
  sorry: string
  yes: string
  no: string
  yesToPerson: string
  cutOff: string
  standIn: string
  fileReceived: string
  fileUnread: string
  fileCut: string
  /** With the number of its pages, if it has pages. */
  fileRead: (pages: number | undefined) => string
  fileAsk: string
  /** Above what a file of the visitor says, and above what a model read in a picture. */
  voices: Record<Voice, string>
}

const en: Phrases = {
  greeting: (desk) => `Hello! I am the assistant of ${desk}. What would you like to know?`,
  thanks: 'You are welcome. Is there anything else I can help you with?',
  goodbye: 'Goodbye, and thank you for stopping by.',
  bot: (desk) => `I am an AI assistant. I answer from the help articles of ${desk}, and I can pass you on to a person.`,
  howAreYou: 'I am well, thank you. What can I do for you?',
  unknown: 'I do not know the answer to that: I found nothing about it in our articles.',
  unsure: 'I am not sure about the answer to that.',
  unknownPart: (part) => `I found nothing about “${part}” in our articles.`,
  offer: 'Shall I pass your question to a person?',
  personAsked: 'A person has been asked already and will answer here.',
  clarify: 'I am not sure which of these you mean:',
  clarifyOne: 'I am not sure that I understood you. Do you mean this?',
  person: 'I am passing your question to a person.',
  declined: 'All right. You can ask me something else at any time.',
  sorry: 'I am sorry that I was no better help.',
  yes: 'Good. What would you like to know?',
  no: 'All right. You can ask me something else at any time.',
  yesToPerson: 'Yes, a person please',
  cutOff: 'My answer was cut off here.',
  standIn: 'Our AI model is not available at the moment, so these are the words of our articles.',
  fileReceived: 'Thank you, I have your file. I cannot look into it myself: what would you like to know about it?',
  fileUnread: 'I cannot look into your file myself; a person can.',
  fileCut: 'I have read the beginning of your file only.',
  fileRead: (pages) =>
    `Thank you, I have read your file${pages === undefined ? '' : pages === 1 ? ', a PDF of one page' : `, a PDF of ${pages} pages`}.`,
  fileAsk: 'What would you like to know about it?',
  voices: { file: 'Your file says:', picture: 'I read in your picture:' },
}

const vi: Phrases = {
  greeting: (desk) => `Xin chào! Tôi là trợ lý của ${desk}. Bạn muốn hỏi điều gì?`,
  thanks: 'Rất vui được giúp bạn. Bạn còn cần gì nữa không?',
  goodbye: 'Tạm biệt, cảm ơn bạn đã ghé thăm.',
  bot: (desk) => `Tôi là trợ lý AI. Tôi trả lời từ các bài hướng dẫn của ${desk} và có thể chuyển bạn tới nhân viên.`,
  howAreYou: 'Tôi khỏe, cảm ơn bạn. Tôi có thể giúp gì cho bạn?',
  unknown: 'Tôi không biết câu trả lời: tôi không tìm thấy gì về điều này trong các bài hướng dẫn.',
  unsure: 'Tôi không chắc về câu trả lời cho điều này.',
  unknownPart: (part) => `Tôi không tìm thấy gì về “${part}” trong các bài hướng dẫn.`,
  offer: 'Bạn có muốn tôi chuyển câu hỏi cho nhân viên không?',
  personAsked: 'Tôi đã chuyển câu hỏi cho nhân viên, họ sẽ trả lời tại đây.',
  clarify: 'Tôi chưa rõ bạn muốn hỏi về điều nào:',
  clarifyOne: 'Tôi chưa chắc đã hiểu đúng. Có phải bạn muốn hỏi về điều này không?',
  person: 'Tôi đang chuyển câu hỏi của bạn cho nhân viên.',
  declined: 'Vâng. Bạn có thể hỏi tôi điều khác bất cứ lúc nào.',
  sorry: 'Xin lỗi vì tôi chưa giúp được bạn.',
  yes: 'Vâng. Bạn muốn hỏi điều gì?',
  no: 'Vâng. Bạn có thể hỏi tôi điều khác bất cứ lúc nào.',
  yesToPerson: 'Vâng, cho tôi gặp nhân viên',
  cutOff: 'Câu trả lời của tôi bị ngắt ở đây.',
  standIn: 'Mô hình AI của chúng tôi hiện không hoạt động, nên đây là nguyên văn trong các bài hướng dẫn.',
  fileReceived: 'Cảm ơn bạn, tôi đã nhận được tệp. Tôi không tự xem được tệp: bạn muốn hỏi gì về nó?',
  fileUnread: 'Tôi không tự xem được tệp của bạn; nhân viên thì có thể.',
  fileCut: 'Tôi chỉ đọc phần đầu tệp của bạn.',
  fileRead: (pages) => `Cảm ơn bạn, tôi đã đọc tệp của bạn${pages === undefined ? '' : `, một tệp PDF có ${pages} trang`}.`,
  fileAsk: 'Bạn muốn hỏi gì về tệp này?',
  voices: { file: 'Tệp của bạn ghi:', picture: 'Tôi đọc được trong hình của bạn:' },
}

const de: Phrases = {
  greeting: (desk) => `Hallo! Ich bin der Assistent von ${desk}. Was möchten Sie wissen?`,
  thanks: 'Gern geschehen. Kann ich sonst noch helfen?',
  goodbye: 'Auf Wiedersehen und danke für Ihren Besuch.',
  bot: (desk) => `Ich bin ein KI-Assistent. Ich antworte aus den Hilfetexten von ${desk} und kann Sie an einen Menschen weitergeben.`,
  howAreYou: 'Danke, gut. Was kann ich für Sie tun?',
  unknown: 'Das weiß ich nicht: In unseren Texten habe ich nichts dazu gefunden.',
  unsure: 'Bei dieser Frage bin ich mir nicht sicher.',
  unknownPart: (part) => `Zu „${part}“ habe ich in unseren Texten nichts gefunden.`,
  offer: 'Soll ich Ihre Frage an einen Menschen weitergeben?',
  personAsked: 'Ihre Frage wurde schon weitergegeben, ein Mensch antwortet hier.',
  clarify: 'Ich bin nicht sicher, was Sie meinen:',
  clarifyOne: 'Ich bin nicht sicher, ob ich Sie verstanden habe. Meinen Sie das?',
  person: 'Ich gebe Ihre Frage an einen Menschen weiter.',
  declined: 'In Ordnung. Sie können mich jederzeit etwas anderes fragen.',
  sorry: 'Es tut mir leid, dass ich nicht besser helfen konnte.',
  yes: 'Gut. Was möchten Sie wissen?',
  no: 'In Ordnung. Sie können mich jederzeit etwas anderes fragen.',
  yesToPerson: 'Ja, bitte an einen Menschen',
  cutOff: 'Hier bricht meine Antwort ab.',
  standIn: 'Unser KI-Modell steht gerade nicht zur Verfügung, daher sind dies die Worte unserer Hilfetexte.',
  fileReceived: 'Danke, Ihre Datei ist da. Ich kann sie nicht selbst ansehen: Was möchten Sie dazu wissen?',
  fileUnread: 'Ihre Datei kann ich nicht selbst ansehen; ein Mensch kann es.',
  fileCut: 'Ich habe nur den Anfang Ihrer Datei gelesen.',
  fileRead: (pages) =>
    `Danke, ich habe Ihre Datei gelesen${pages === undefined ? '' : pages === 1 ? ', ein PDF mit einer Seite' : `, ein PDF mit ${pages} Seiten`}.`,
  fileAsk: 'Was möchten Sie dazu wissen?',
  voices: { file: 'In Ihrer Datei steht:', picture: 'In Ihrem Bild lese ich:' },
}

const fr: Phrases = {
  greeting: (desk) => `Bonjour ! Je suis l’assistant de ${desk}. Que souhaitez-vous savoir ?`,
  thanks: 'Avec plaisir. Puis-je encore vous aider ?',
  goodbye: 'Au revoir et merci de votre visite.',
  bot: (desk) => `Je suis un assistant IA. Je réponds à partir des textes d’aide de ${desk} et je peux vous passer une personne.`,
  howAreYou: 'Bien, merci. Que puis-je faire pour vous ?',
  unknown: 'Je ne sais pas : je n’ai rien trouvé à ce sujet dans nos textes.',
  unsure: 'Je ne suis pas sûr de la réponse.',
  unknownPart: (part) => `Je n’ai rien trouvé sur « ${part} » dans nos textes.`,
  offer: 'Voulez-vous que je transmette votre question à une personne ?',
  personAsked: 'Votre question a déjà été transmise, une personne répondra ici.',
  clarify: 'Je ne suis pas sûr de ce que vous cherchez :',
  clarifyOne: 'Je ne suis pas sûr d’avoir compris. Est-ce bien cela ?',
  person: 'Je transmets votre question à une personne.',
  declined: 'D’accord. Vous pouvez me poser une autre question à tout moment.',
  sorry: 'Je regrette de ne pas avoir mieux aidé.',
  yes: 'Bien. Que souhaitez-vous savoir ?',
  no: 'D’accord. Vous pouvez me poser une autre question à tout moment.',
  yesToPerson: 'Oui, une personne s’il vous plaît',
  cutOff: 'Ma réponse s’interrompt ici.',
  standIn: 'Notre modèle d’IA n’est pas disponible pour le moment ; ce sont donc les mots de nos textes.',
  fileReceived: 'Merci, j’ai votre fichier. Je ne peux pas le consulter moi-même : que souhaitez-vous savoir ?',
  fileUnread: 'Je ne peux pas consulter votre fichier moi-même ; une personne le peut.',
  fileCut: 'Je n’ai lu que le début de votre fichier.',
  fileRead: (pages) =>
    `Merci, j’ai lu votre fichier${pages === undefined ? '' : pages === 1 ? ', un PDF d’une page' : `, un PDF de ${pages} pages`}.`,
  fileAsk: 'Que souhaitez-vous savoir à son sujet ?',
  voices: { file: 'Votre fichier dit :', picture: 'Je lis dans votre image :' },
}

const es: Phrases = {
  greeting: (desk) => `¡Hola! Soy el asistente de ${desk}. ¿Qué desea saber?`,
  thanks: 'De nada. ¿Puedo ayudarle en algo más?',
  goodbye: 'Adiós y gracias por su visita.',
  bot: (desk) => `Soy un asistente de IA. Respondo con los textos de ayuda de ${desk} y puedo pasarle con una persona.`,
  howAreYou: 'Bien, gracias. ¿Qué puedo hacer por usted?',
  unknown: 'No lo sé: no he encontrado nada sobre eso en nuestros textos.',
  unsure: 'No estoy seguro de la respuesta.',
  unknownPart: (part) => `No he encontrado nada sobre «${part}» en nuestros textos.`,
  offer: '¿Quiere que pase su pregunta a una persona?',
  personAsked: 'Su pregunta ya se ha pasado, una persona responderá aquí.',
  clarify: 'No estoy seguro de a qué se refiere:',
  clarifyOne: 'No estoy seguro de haber entendido. ¿Se refiere a esto?',
  person: 'Paso su pregunta a una persona.',
  declined: 'De acuerdo. Puede preguntarme otra cosa cuando quiera.',
  sorry: 'Siento no haber ayudado mejor.',
  yes: 'Bien. ¿Qué desea saber?',
  no: 'De acuerdo. Puede preguntarme otra cosa cuando quiera.',
  yesToPerson: 'Sí, una persona por favor',
  cutOff: 'Mi respuesta se interrumpe aquí.',
  standIn: 'Nuestro modelo de IA no está disponible en este momento, así que estas son las palabras de nuestros textos.',
  fileReceived: 'Gracias, tengo su archivo. No puedo verlo yo mismo: ¿qué le gustaría saber?',
  fileUnread: 'No puedo ver su archivo yo mismo; una persona sí puede.',
  fileCut: 'Solo he leído el principio de su archivo.',
  fileRead: (pages) =>
    `Gracias, he leído su archivo${pages === undefined ? '' : pages === 1 ? ', un PDF de una página' : `, un PDF de ${pages} páginas`}.`,
  fileAsk: '¿Qué le gustaría saber sobre él?',
  voices: { file: 'Su archivo dice:', picture: 'Leo en su imagen:' },
}

const byLanguage: Record<string, Phrases> = { de, en, es, fr, vi }

/** The phrases of a language, English where it is not spoken. */
export function phrasesIn(language: string): Phrases {
  return byLanguage[language.slice(0, 2)] ?? en
}
