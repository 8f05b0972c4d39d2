/** Words around a PIN, without marks and in small letters: English, Vietnamese, German, French, Spanish. */

const words = (list: string) => new Set(list.split(/\s+/).filter(Boolean))

/** What names a PIN, whatever else the message says. */
export const pinWords = words(`pin pincode pinnummer pinnumber passcode geheimzahl
  password passwort kennwort contrasena passwd pwd`)

/** What names a secret in two words. */
export const pinPairs = words(
  `mat_khau mat_ma ma_pin ma_so so_pin code_secret code_confidentiel numero_secreto codigo_secreto clave_secreta
  de_passe mi_clave secret_number security_code access_code`,
)

/** What may name one, when an address stands beside it or one was asked for. */
export const secretWords = words(`
  password passwort kennwort code passe secret clave contrasena codigo ma khau geheimcode zugangscode kennzahl`)

/** Words that lead from one part of "my e-mail is … and my PIN is …" to the next, and say nothing else. */
export const fillers = words(`
  is s it it's its that that's thats this are be was will would ll should the a an my mine our your for you to as and with plus then so here
  here's hier there number no nr num digits digit code follows following ok okay yes yeah yep sure please thanks thank hi hello hey alright
  right well correct i i'm im am me email e mail address adress adresse account user username login log sign signin in by using use try
  nummer zahl ist lautet lautete meine mein meiner die der das es und mit dazu bitte danke ja gern gerne hallo mir ich bin
  est c'est c ce cest le la les l mon ma mes et avec voici oui bonjour merci svp numero voila suis je
  es mi mis y con el los esta este aqui si hola gracias por favor soy yo seria numero son
  la cua toi minh em anh chi va voi day nhe a day: vang da xin chao oke cam on dia chi so thu dien tu ten tai khoan voi dung`)

/** What says that the digits after it are what was named before. */
export const copulas = words(`is be ist lautet est es la : =`)

/** Small words between a name and what it is the name of. */
export const links = words(`of de du des del von in im fur pour para`)

/** What a number in its own right stands before or after. */
export const measures = words(`
  dollar dollars usd eur euro euros cent cents vnd dong k pound pounds gbp percent pct
  order orders invoice invoices ticket model year years items item pieces pcs units unit monitors laptops people days hours minutes
  bestellung bestellungen rechnung jahr jahre jahren tage stuck prozent
  commande commandes facture an ans annee annees jours euros pieces
  pedido pedidos factura ano anos dias piezas
  nam don hang hoa ngay trieu nghin ngan cai chiec
  mhz ghz hz gb tb mb kb w watt watts mah rpm dpi px pixel pixels mm cm m km kg g lb inch inches zoll pouces pulgadas nits fps
  from since in of until till bis seit von vom aus im depuis desde de del du tu until about around uber unter over under than
  calle street st road avenue ave strasse str rue duong postcode zip plz room
  january february march april may june july august september october november december
  januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre thang`)

/** What somebody says who wants to sign in. */
export const signInWords = words(`
  login logon signin sign log credentials authenticate verify anmelden anmeldung einloggen zugangsdaten connexion connecter identifier
  identifiants iniciar sesion credenciales identificarme dang nhap`)
