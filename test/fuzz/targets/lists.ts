import { collectNumbers } from '../../../src/lists/collect-numbers.ts'
import { hasNumber, sizeOf } from '../../../src/lists/number-set.ts'
import { packNumbers, unpackNumbers } from '../../../src/lists/pack-numbers.ts'
import { readDocument } from '../../../src/lists/read-document.ts'
import { AnswerphoneError } from '../../../src/shared/errors.ts'
import { holds, type Target } from '../target.ts'

/** Block lists, as servers send them: read as numbers, or refused with a reason. */
export const lists: Target = {
  name: 'lists',
  shape: 'text',
  seeds: [
    '# unwanted\r\n030 1234567 # prizes\r\n+49401234567\r\n0900*\n',
    'Name;Nummer\n"Gewinn; ""Spiel""";0301234567\nUmfrage;040 1234567\n',
    '{"numbers":[{"phone":"+49301234567","rating":"G_FRAUD","votes":20},{"phone":"030*","votes":"x"}],"version":7}',
    '["0301234567", {"number": 4940123}, null]',
    'BEGIN:VCARD\r\nTEL;TYPE="a:b":030 12\r\n 34567\r\nitem1.TEL;VALUE=uri:tel:+49401234567;ext=1\r\nEND:VCARD\r\n',
    '<?xml version="1.0"?><phonebooks><phonebook><number type="home">0301234567</number></phonebook></phonebooks>',
    '<!doctype html><title>Log in</title>',
  ].map((text) => Buffer.from(text)),
  open: async () => ({
    take(bytes) {
      const text = bytes.toString()
      const into = collectNumbers('DE')
      try {
        readDocument(text, into)
      } catch (error) {
        holds(error instanceof AnswerphoneError && error.code === 'AP_LIST_NO_NUMBERS', `${error}`)
      }
      const set = into.collect()
      holds(sizeOf(set) <= into.taken, 'has more numbers than it took in')
      const again = unpackNumbers(packNumbers(set))
      holds(sizeOf(again) === sizeOf(set), 'loses numbers in the database')
      for (const number of set.world) holds(hasNumber(again, '', `+${number}`), `loses ${number}`)
      holds(sizeOf(unpackNumbers(bytes)) <= bytes.length * 3, 'takes memory that there is not')
    },
  }),
}
