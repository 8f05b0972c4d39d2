import { englishPhrases } from './en-phrases.ts'
import { englishWords } from './en-words.ts'
import { type Tongue, words } from './tongue.ts'

export const english: Tongue = {
  ...englishPhrases,
  ...englishWords,
  negations: ['not', 'no', 'never', 'without', 'nor', 'neither', 'none', 'nothing', 'nobody', 'refuse', 'refuses', 'instead'],
  hedges: [
    ['may', 'might', 'could', 'possibly', 'possible', 'perhaps', 'can'],
    ['usually', 'typically', 'typical', 'normally', 'generally', 'often', 'mostly', 'sometimes', 'commonly', 'most', 'many', 'majority'],
    ['about', 'approximately', 'around', 'roughly', 'almost', 'nearly'],
  ],
  universals: [
    [
      'all',
      'every',
      'each',
      'any',
      'anywhere',
      'anyone',
      'everyone',
      'everything',
      'anything',
      'whatever',
      'whichever',
      'everywhere',
      'entire',
      'per',
    ],
    ['always', 'anytime', 'whenever', 'ever', 'forever'],
    ['immediately', 'instantly', 'straight'],
    ['completely', 'fully', 'full', 'unlimited'],
    ['automatically', 'automatic'],
  ],
  conditions: ['when', 'if', 'while', 'once', 'until', 'whenever'],
  reasons: ['because', 'since', 'instead'],
  where: 'where',
  relatives: ['that', 'which', 'who', 'whose'],
  restrictions: ['only', 'solely', 'exclusively', 'unless', 'except', 'excluding'],
  only: ['only', 'solely', 'exclusively'],
  opposites: [
    [
      ['open', 'opens'],
      ['closed', 'close', 'closes'],
    ],
    [
      ['over', 'above', 'more'],
      ['under', 'below', 'less', 'fewer'],
    ],
    [['before'], ['after']],
    [['inside'], ['outside']],
    [
      ['higher', 'larger', 'bigger', 'longer', 'faster'],
      ['lower', 'smaller', 'shorter', 'slower'],
    ],
    [
      ['cheaper', 'cheap'],
      ['expensive', 'dearer'],
    ],
    [['first'], ['last']],
    [
      ['start', 'starts'],
      ['end', 'ends'],
    ],
    [['same'], ['different', 'other', 'another']],
    [
      ['early', 'earlier'],
      ['late', 'later'],
    ],
    [['bright'], ['dark']],
    [['black'], ['color']],
    [['opened'], ['unopened']],
    [['new'], ['old', 'used', 'refurbished']],
    [['most'], ['least', 'few']],
    [['free'], ['paid']],
  ],
  must: ['must', 'should', 'need', 'needs', 'require', 'requires', 'required', 'mandatory'],
  may: ['may', 'can', 'could', 'might'],
  before: ['before'],
  after: ['after', 'following'],
  and: 'and',
  or: 'or',
  plus: ['plus'],
  partings: ['but', 'while', 'whereas', 'so', 'then', 'because'],
  verbs: words(`is are was were be can could may might must will would do does did has have had
    cost costs take takes ship ships carry carries need needs get gets receive receives cover covers arrive arrives stay stays start starts
    begin begins end ends last lasts apply applies include includes include travel travels accept accepts offer offers offers pay pays
    refund refunds send sends sent charge charges deduct deducts answer answers repair repairs match matches sell sells expire expires
    close closes open opens work works come comes give gives suit suits look looks show shows mean means reacts keep keeps let lets
    connect connects choose bring enter wait pack attach confirm ask call write check place press hold restart switch sit signin setup backup range ranges use leave leaves
    remain remains become becomes allow allows require requires become contain contains support supports add adds replace replaces run
    collect collects inspect inspects decide decides review reviews delete deletes return returns reserve reserves cancel cancels emails
    erase erases recycle recycles transfer transfers repay notify protects protect process processes reads reads saves save saves cuts lower lowers
    put try avoid click turn plug remove install download select create set go visit tell find sign fill provide follow share clean count report upload verify
    apply renew register arrange track scan move copy tap take add adds
    cannot draws lower makes make differ carry carries print prints`),
  company: ['we', 'us'],
  visitor: ['you', 'customer', 'customers', 'visitor', 'buyer'],
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  house: ['store', 'shop', 'team', 'staff'],
  others: ['carrier', 'carriers', 'bank', 'banks', 'provider', 'partner', 'neighbors'],
  pronouns: ['it', 'they', 'this', 'that', 'these', 'those', 'its', 'their', 'them'],
  further: ['also', 'then', 'additionally', 'alternatively', 'afterwards', 'otherwise', 'too'],
  definite: ['the', 'your'],
  theirs: ['your', 'their'],
  deeds: words('buy order purchase live pick shop visit contact'),
  wishes: words('want like prefer decide plan wish choose need see notice find play pay paid already still happen'),
  nouns:
    words(`cost costs charge charges return returns repair repairs match matches offer offers answer answers order orders transfer transfers refund refunds
    cover covers work works print prints run look looks use need needs show shows support supports process processes stay stays start starts end ends
    travel place press hold switch call ask cut lower back mean pay review reviews replace wait sit draws differ add stop last lasts open close test check
    contact recycle recycles carry signin setup backup range ranges set copy share count report track scan move find plug visit`),
  infinitive: 'to',
  things: words('order orders parcel package product item device purchase shipment request return'),
  numbers: {
    zero: 0,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    eighteen: 18,
    twenty: 20,
    'twenty-four': 24,
    thirty: 30,
    forty: 40,
    'forty-five': 45,
    'forty-eight': 48,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
    thousand: 1000,
    dozen: 12,
    half: 0.5,
    twice: 2,
  },
  months: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  units: {
    second: ['second', 1],
    minute: ['minute', 1],
    min: ['minute', 1],
    hour: ['minute', 60],
    day: ['day', 1],
    week: ['day', 7],
    month: ['month', 1],
    year: ['month', 12],
    'business day': ['business day', 1],
    'business hour': ['business hour', 1],
    'calendar day': ['day', 1],
  },
  implied: {
    money: ['cost', 'price', 'pay', 'fee', 'amount', 'charge', 'payment', 'worth', 'value'],
    duration: ['take', 'long', 'last', 'lasts', 'time', 'period', 'valid', 'active', 'stay', 'remain', 'work'],
    time: ['hour', 'hours', 'time', 'open'],
    percent: ['rate', 'percentage'],
    phone: ['phone', 'number', 'call', 'telephone', 'calling'],
    email: ['email', 'write', 'address', 'send', 'contact'],
    quantity: ['size', 'weight'],
  },
}
