import { type Tongue, words } from './tongue.ts'

export const portuguese: Partial<Tongue> = {
  light: words(
    `o a os as um uma de do da dos das e ou em no na nos nas por para com e sao ser se seu sua voce nos nosso nossa que pode podem`,
  ),
  negations: ['nao', 'nunca', 'sem', 'nenhum', 'nenhuma', 'nem', 'nada'],
  restrictions: ['so', 'somente', 'apenas', 'exceto'],
  and: 'e',
  or: 'ou',
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
}
