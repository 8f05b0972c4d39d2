import { type Tongue, words } from './tongue.ts'

export const french: Partial<Tongue> = {
  light:
    words(`le la les l un une des du de d et ou a au aux en dans sur pour par avec est sont etre il elle ils elles vous votre vos nous notre nos
    je que qui ce cette ces se s ne n pas on peut pouvez plus`),
  negations: ['pas', 'jamais', 'sans', 'aucun', 'aucune', 'ni', 'rien'],
  restrictions: ['seulement', 'uniquement', 'sauf'],
  universals: [['tous', 'toutes', 'chaque', 'tout'], ['toujours'], ['immediatement']],
  hedges: [['environ'], ['generalement', 'habituellement'], ['peut', 'peuvent', 'pouvez']],
  and: 'et',
  or: 'ou',
  numbers: { deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, sept: 7, huit: 8, neuf: 9, dix: 10, trente: 30 },
  units: {
    jour: ['day', 1],
    jours: ['day', 1],
    semaine: ['day', 7],
    semaines: ['day', 7],
    heure: ['minute', 60],
    heures: ['minute', 60],
    mois: ['month', 1],
    an: ['month', 12],
    ans: ['month', 12],
    minutes: ['minute', 1],
  },
  claims: [/\bj ai\b/, /\bje vais\b/],
}
