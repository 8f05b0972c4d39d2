/** Portuguese for a help desk: words that mean the same, short forms and function words, in the form of `en.ts`. */
export const groups: readonly string[] = [
  'preço preços custo custar custa custam valor tarifa caro quanto',
  'grátis gratuito gratuita "sem custo"',
  'aberto abre abrem abrir abertura horário horários fechado fecha fecham fechar',
  'pagar pagamento',
  'cartão "cartão de crédito" "cartão de débito"',
  'cancelar cancelamento anular',
  'mudar alterar alteração trocar troca',
  'reservar reserva marcar marcação agendar agendamento',
  'envio enviar entrega entregar frete',
  'encomenda pedido pacote compra comprar',
  'devolver devolução devoluções',
  'reembolso reembolsar dinheiro',
  'avariado quebrado partido estragado defeito "não funciona"',
  'reparar reparação consertar conserto arranjar',
  'endereço morada localização "onde ficam"',
  'telefone ligar telefonar número',
  'estacionamento estacionar parque',
  'carro automóvel veículo',
  'criança crianças filho filha bebé bebê',
  'cão cães cachorro gato animal animais',
  'desconto promoção',
  'fatura recibo',
  'orçamento estimativa',
  'senha palavra-passe pin',
]

export const contractions: Record<string, string> = { vc: 'você', q: 'que', tel: 'telefone' }

export const stopWords: readonly string[] = [
  'o a os as um uma uns umas ao aos à às do da dos das no na nos nas pelo pela num numa',
  'eu tu ele ela nós você vocês eles elas me te se lhe lhes mim',
  'meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas',
  'e ou mas porque se que quem qual quais quando como onde',
  'de em com sem por para sobre entre até desde durante antes depois',
  'é são era eram ser sido sou está estão estou estar foi',
  'tenho tem têm ter temos há haver posso pode podem poder deve devo fazer faz faço quero quer',
  'não sim já mais muito também só aqui ali isto este esta estes estas isso esse essa tudo todos toda todas outro outra nada obrigado obrigada olá',
]
