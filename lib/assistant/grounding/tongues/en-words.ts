import { type Tongue, words } from './tongue.ts'

/** English, as far as it is judged word by word. */
export const englishWords: Pick<Tongue, 'synonyms' | 'light' | 'harmless' | 'records'> = {
  synonyms: [
    'order purchase buy bought buying',
    'submit place placed submitted placing',
    'item items product products article goods',
    'parcel package',
    'store shop',
    'refund reimburse reimbursement',
    'cost price charge charged fee',
    'pay payment paid',
    'charge pay charges charged pays',
    'discount off reduction',
    'faulty defective',
    'repair fix',
    'phone telephone call',
    'contact write',
    'collect pickup',
    'start begin',
    'finish complete done finished',
    'choose select click tap pick opt',
    'exchange swap',
    'earlier sooner',
    'sell sold',
    'keep kept',
    'break broken',
    'lose lost',
    'leave left',
    'steal stolen',
    'write wrote written',
    'find found',
    'pay paid',
    'show shown',
    'know known',
    'erase wipe',
    'assist help',
    'new brand',
    'close shut',
    'remove delete deleted',
    'buyer purchaser',
    'reserve hold reserved',
    'unused remaining',
    'limit maximum',
    'error mistake',
    'allow permit',
    'arrange organize',
    'use redeem',
    'renew extend',
    'ask request',
    'answer reply respond response',
    'inspect check',
    'shipping delivery shipment',
    'ship travel send sent dispatch dispatched dispatching sending',
    'arrive arrival deliver delivered delivery delivering reach',
    'keep hold held',
    'fast quick',
    'big large',
    'right correct',
    'spread split',
    'outside outer',
    'middle center centre',
    'put place',
    'expensive costly',
    'cheap inexpensive affordable',
    'attempt try tries',
    'person human',
    'theft stolen',
    'address addresses',
    'valid lasts last lasting',
    'stay remain',
    'approve approval approved',
    'receive receives received',
    'locked blocked',
    'monthly month',
    'yearly annual',
    'older old',
    'provider isp',
    'warranty guarantee',
    'combine combined together',
    'ready available',
    'hand give',
    'own itself',
    'extra additional',
    'also too',
    'help assist',
    'show shows shown see appear appears',
    'automatic automatically',
  ],
  light: words(`a an the this that these those there here it its they them their he she one ones such
    is are was were be been being am do does did has have had having will would shall
    of to in on at for from by with as into onto upon via per than about regarding during
    and or but so yet both either then also too as well however though although unfortunately fortunately luckily
    you your yours yourself we us our ours i me my who which what whose where why how whether
    please simply just actually basically note know known remember worth mean means say says tell
    coming going giving making taking using bringing plus get gets getting got give gives given receive receives provide provides offer offers come comes go goes make makes made let lets
    carry carries apply applies use uses used take takes taking taken bring work works want wants like need needs
    able possible allowed accepted accept accepts can could may might must should
    option options way ways thing things case cases situation kind kinds sort type types available eligible
    allow allows enable enables
    up out off down over under within before after until since when if while once unless only because
    each every some same other another more most less very quite really really even still already yet now currently
    not no nor neither never without
    located situated live lives based turn turns happen happens depend depending total regard
    own simple easy easily example order-wise policy policies accordance according
    customer customers visitor visitors buyer people someone somebody anyone
    recommend recommended suggest suggested best need mention run runs exactly yes sir
    time times period day days where whenever else including include includes such directly whole included considered counts count regarded become becomes something anything together ordering buying find look handle handled good fine`),
  harmless:
    words(`additionally alternatively therefore thus hence otherwise meanwhile moreover furthermore likewise similarly accordingly consequently
    afterwards afterward beforehand subsequently firstly secondly finally lastly next overall particular specifically specific especially respective respectively
    remember aware ensure sure certain careful carefully conveniently essentially
    back along together following follow summary overview comparison short brief detail details info information step steps process procedure guide guidelines
    question questions concern concerns reason reasons topic amount purpose purposes relevant corresponding related`),
  records: {
    free: words(`a an the this that it its they you your we our us there here is are was were be been has have had do does will at for of in with and on as to by
      now currently still also please which contain contains include includes come comes item items product products unit units piece pieces
      code number called named`),
    keys: [
      ['price', 'cost', 'costs', 'priced'],
      ['stock', 'available', 'left', 'remaining', 'outofstock'],
      ['total', 'amount', 'sum'],
      ['placed', 'ordered', 'submitted', 'made', 'created'],
      ['status', 'state'],
      ['category', 'kind', 'type'],
    ],
    stock: ['stock'],
    sold: ['outofstock'],
  },
}
