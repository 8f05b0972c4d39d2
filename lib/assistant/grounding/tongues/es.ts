import { type Tongue, words } from './tongue.ts'

export const spanish: Partial<Tongue> = {
  light:
    words(`el la los las un una unos unas de del y o a al en por para con es son ser se su sus usted le les nosotros nuestro nuestra que lo
    puede pueden no mas`),
  negations: ['no', 'nunca', 'sin', 'ningun', 'ninguna', 'ni', 'nada'],
  restrictions: ['solo', 'solamente', 'unicamente', 'salvo', 'excepto'],
  universals: [['todos', 'todas', 'cada', 'todo'], ['siempre']],
  hedges: [['aproximadamente'], ['normalmente', 'generalmente'], ['puede', 'pueden']],
  and: 'y',
  or: 'o',
  numbers: { dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, treinta: 30 },
  units: {
    dia: ['day', 1],
    dias: ['day', 1],
    semana: ['day', 7],
    semanas: ['day', 7],
    hora: ['minute', 60],
    horas: ['minute', 60],
    mes: ['month', 1],
    meses: ['month', 1],
    ano: ['month', 12],
    anos: ['month', 12],
  },
  claims: [/\bhe (?:cancelado|reembolsado|enviado|hecho)\b/],
}
